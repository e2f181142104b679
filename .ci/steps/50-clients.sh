#!/bin/bash
# Real clients against every model: each script of clients/ in its short form.

set -euo pipefail

for script in mirror load slow browser tftp restart soak; do
  printf '%s\n' "-- clients/$script --short"
  begun=$SECONDS
  "clients/$script" --short
  printf '%s\n' "-- clients/$script passed in $((SECONDS - begun)) s"
done
