#!/bin/bash
# Real clients against every model: each script of clients/ in its short form. Those that look at times run alone; of the
# others, which mostly wait, two go side by side, and what they say is shown when they have ended.

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

beside() {
  local first code=0
  run "$1" &
  first=$!
  run "$2" || code=1
  wait "$first" || code=1
  return "$code"
}

run slow
run load
beside mirror browser
beside door tftp
beside restart soak
