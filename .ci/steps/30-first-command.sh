#!/bin/bash
# The README's first command, as a newcomer types it: it serves the welcome page and ends politely.

set -euo pipefail
. .ci/lib.sh

start_usher serve
url=$(served_url)
page=$(curl --silent --show-error --fail --max-time 10 "$url")
case $page in
  *[Ww]elcome*) echo "the welcome page is served at $url" ;;
  *) fail "no welcome page at $url but: $page" ;;
esac
stop_usher
