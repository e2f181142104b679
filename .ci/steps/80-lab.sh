#!/bin/bash
# The lab, quick: a whole run, and the orderings that must hold on any machine. No figure is judged by itself.

set -euo pipefail
. .ci/lib.sh

./usher lab --quick --quiet --out "$work/lab" >"$work/table" || fail "usher lab ended with exit code $?"
result=$work/lab/result.json
for file in report.html report.md result.csv; do
  [ -s "$work/lab/$file" ] || fail "no $file was written"
done

# figure MODEL WORKLOAD METRIC: the median; nothing where it was not measured.
figure() {
  jq -r --arg model "$1" --arg workload "$2" --arg metric "$3" \
    '.cells[] | select((.subject | startswith($model)) and (.subject | test("^" + $model + "($|\\()")) and .workload == $workload) | .figures[$metric].median // empty' "$result"
}

# holds WHAT LEFT FACTOR RIGHT: LEFT is at least FACTOR times RIGHT.
holds() {
  if [ -z "$2" ] || [ -z "$4" ]; then
    fail "$1: not measured ($2, $4)"
  fi
  awk -v left="$2" -v factor="$3" -v right="$4" 'BEGIN { exit !(left >= factor * right) }' ||
    fail "$1: $2 is not at least $3 times $4"
  printf '%-90s %s, %s\n' "$1" "$2" "$4"
}

holds "claim 1: iterative: who waits 50 ms for each serves at most 20 a second" 20 1 "$(figure iterative wait CAPACITY)"
holds "claim 2: iterative has fewer threads than a thread for each connection" \
  "$(figure thread-per-connection hello THREADS)" 1 "$(figure iterative hello THREADS)"
holds "claim 5: a thread each: those who wait do not hold up others" \
  "$(figure thread-per-connection wait CAPACITY)" 5 "$(figure iterative wait CAPACITY)"
holds "claim 6: a connection costs more memory with a thread than on a loop" \
  "$(figure thread-per-connection idle CONNECTION_MEMORY)" 1.5 "$(figure event-loop idle CONNECTION_MEMORY)"
holds "claim 8: processes cost the most: process-per-connection has more of them" \
  "$(figure process-per-connection short PROCESSES)" 2 "$(figure event-loop short PROCESSES)"
holds "claim 8: and the fewest connections a second" \
  "$(figure event-loop short CLOSED_RATE)" 5 "$(figure process-per-connection short CLOSED_RATE)"
holds "claim 9: one thread holds hundreds of connections" "$(figure event-loop idle CLIENTS)" 1 400
holds "claim 10: a handler that waits on the loop stalls everybody" \
  "$(figure event-loop-workers wait CAPACITY)" 5 "$(figure event-loop wait CAPACITY)"
holds "claim 11: a pool keeps the loop responsive beside heavy requests" \
  "$(figure event-loop mixed LIGHT_P99)" 5 "$(figure event-loop-workers mixed LIGHT_P99)"
holds "claim 12: virtual threads cost less memory a connection than threads" \
  "$(figure thread-per-connection idle CONNECTION_MEMORY)" 1.5 "$(figure virtual-threads idle CONNECTION_MEMORY)"
cat "$work/table"
