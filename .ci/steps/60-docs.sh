#!/bin/bash
# Every command of the README and of the guide, as it stands there, in a folder of its own. A command that serves has to say
# where, stays up for the lines below it that are no usher command, and ends politely; any other has to end with 0.
# `mvn verify` is a step of its own. What needs a network or another file's text is not in the blocks that this reads.
#
# The lab's page, whose commands take the longest and use no port of the others, goes beside them: this script once more, with the
# page as its argument.

set -euo pipefail
. .ci/lib.sh

# Commands of the blocks marked sh, without what stands behind a lone #.
commands() {
  awk '/^```/ { inside = ($0 == "```sh"); next } inside' "$1" | sed -E 's/(^|[[:space:]])#([[:space:]].*)?$//; s/[[:space:]]+$//' |
    grep -v -e '^$' -e '^mvn verify$'
}

launcher=$PWD/usher
if [ $# -gt 0 ]; then
  pages=("$@")
else
  pages=("$PWD/README.md" "$PWD/docs/guide/command.md" "$PWD/docs/guide/administration.md" "$PWD/docs/guide/observability.md" "$PWD/docs/guide/files.md")
  ./usher --version >/dev/null # built before, so that only one of the two might build
  bash "$0" "$PWD/docs/guide/lab.md" >"$work/beside" 2>&1 &
  beside=$!
  trap 'wait "$beside" || true; clean_up' EXIT # it leaves nothing behind by itself
fi
mkdir -p "$work/home/site" "$work/home/public" "$work/home/inbox" "$work/home/.local/share/bash-completion/completions" "$work/bin"
echo '<p>A page.</p>' | tee "$work/home/site/index.html" >"$work/home/public/index.html"
echo notes >"$work/home/notes.txt"
ln -s "$launcher" "$work/home/usher"
ln -s "$launcher" "$work/bin/usher"
# Control sockets of its own, so that just one server is found.
mkdir -m 700 "$work/run"
export HOME=$work/home PATH=$work/bin:$PATH XDG_RUNTIME_DIR=$work/run
cd "$work/home"

# True once the server serves: its start line ends with how to stop it; a testee says READY.
serves() {
  grep -q -e '^  stop ' -e '^READY ' "$work/usher.log"
}

# Whether the server is a child of this shell: not after a restart.
mine=true

# Another process serves from now on.
succeeded() {
  ended
  mine=false
  usher_pid=$(sed -n 's/^process \([0-9]*\) serves in place of .*/\1/p' "$work/out")
}

# Waits until the server, which was asked to, has gone.
ended() {
  local deadline=$((SECONDS + 60)) code=0
  if $mine; then
    wait "$usher_pid" || code=$?
    [ "$code" -eq 0 ] || fail "process $usher_pid ended with exit code $code"
  else
    while [ -e "/proc/$usher_pid" ] && ! grep -q '^State:.Z' "/proc/$usher_pid/status" 2>/dev/null; do
      [ "$SECONDS" -lt "$deadline" ] || fail "process $usher_pid does not end"
      sleep 0.05
    done
  fi
  usher_pid=
}

end_politely() {
  [ -n "$usher_pid" ] || return 0
  kill -TERM "$usher_pid"
  ended
}

count=0
for page in "${pages[@]}"; do
  while IFS= read -r line; do
    count=$((count + 1))
    case $line in
      './usher '*'|'* | 'echo '*) bash -euo pipefail -c "$line" >"$work/out" || fail "$line: exit code $?" ;;
      './usher ctl '* | './usher restart'*)
        bash -euo pipefail -c "$line" >"$work/out" || fail "$line: exit code $?"
        case $line in
          *restart*) succeeded ;;
          *' stop') ended ;;
        esac
        ;;
      './usher ls '* | './usher get '* | './usher put '* | './usher tftp '* | './usher lab '*)
        bash -euo pipefail -c "$line" >"$work/out" || fail "$line: exit code $?"
        ;;
      './usher '* | 'usher '*)
        end_politely
        : >"$work/usher.log" # at once: it may still hold the start line of the one before
        bash -c "exec $line" >"$work/usher.log" 2>&1 </dev/null &
        usher_pid=$!
        mine=true
        deadline=$((SECONDS + 60))
        until serves; do
          if ! kill -0 "$usher_pid" 2>/dev/null; then
            wait "$usher_pid" || fail "$line: exit code $?"
            usher_pid=
            break
          fi
          [ "$SECONDS" -lt "$deadline" ] || fail "$line: neither serves nor ends"
          sleep 0.05
        done
        ;;
      *) bash -euo pipefail -c "$line" >"$work/out" || fail "$line: exit code $?" ;;
    esac
    printf '%s\n' "$line"
  done < <(commands "$page")
  end_politely
done
least=3
if [ $# -eq 0 ]; then
  least=15
  code=0
  wait "$beside" || code=$?
  cat "$work/beside"
  [ "$code" -eq 0 ] || fail "docs/guide/lab.md: exit code $code"
fi
[ "$count" -ge "$least" ] || fail "only $count commands were found"
echo "$count commands of the docs do what they are there for"
