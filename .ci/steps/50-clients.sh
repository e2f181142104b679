#!/bin/bash
# Real clients against every model: each script of clients/ in its short form. `slow` looks at times and `load` makes one: alone; the
# others, which mostly wait, go in two rows side by side, and what each says is shown when it has ended.

set -euo pipefail
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

run() {
  local script=$1 begun=$SECONDS code=0
  "clients/$script" --short >"$out/$script" 2>&1 || code=$?
  cat "$out/$script"
  printf '%s\n' "-- clients/$script --short ended with $code after $((SECONDS - begun)) s"
  return "$code"
}

# row SCRIPT...: one after the other, up to the first that fails.
row() {
  local script
  for script; do run "$script" || return 1; done
}

run slow
run load
row mirror tftp soak &
first=$!
code=0
row browser door restart || code=1 # browser and door install the same driver
wait "$first" || code=1
exit "$code"
