#!/bin/bash
# Do the measurements still work? A short round of a few servers and workloads; figures are not judged here.

set -euo pipefail
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
bench/run --quick --models event-loop --out "$out"
[ -s "$out/side-by-side.md" ] || { echo "no report was written" >&2; exit 1; }
bench/overload --quick event-loop-workers
bench/datagrams --quick | tee "$out/datagrams"
grep -q '^| `event-loop` ' "$out/datagrams" || { echo "no figure of datagrams" >&2; exit 1; }
bench/children 5 1
bench/files --quick --models event-loop-workers
