# For steps: a server in the background. Source it; what it started ends with the step.

work=$(mktemp -d)
usher_pid=

fail() {
  printf '%s\n' "$*" >&2
  [ ! -s "$work/usher.log" ] || sed 's/^/  usher: /' "$work/usher.log" >&2
  exit 1
}

clean_up() {
  [ -z "$usher_pid" ] || kill -KILL "$usher_pid" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

# start_usher ARGUMENTS...
start_usher() {
  : >"$work/usher.log" # at once: it may still name the address of the one before
  ./usher "$@" >"$work/usher.log" 2>&1 &
  usher_pid=$!
}

# The address of the start line, once it is there.
served_url() {
  local deadline=$((SECONDS + 120)) url
  while [ "$SECONDS" -lt "$deadline" ]; do
    # On a line of its own; the messages of a build that fails name addresses, too.
    url=$(sed -n '\|^ *http://[^ ]*$| { s/ //g; p; q }' "$work/usher.log")
    if [ -n "$url" ]; then
      printf '%s\n' "$url"
      return
    fi
    kill -0 "$usher_pid" 2>/dev/null || fail "usher ended before it served"
    sleep 0.05
  done
  fail "usher did not say where it serves"
}

# SIGTERM; the exit code must be that of a polite end.
stop_usher() {
  local code=0
  kill -TERM "$usher_pid"
  wait "$usher_pid" || code=$?
  usher_pid=
  case $code in
    0 | 143) echo "SIGTERM: ended with exit code $code" ;;
    *) fail "SIGTERM: exit code $code" ;;
  esac
}
