#!/bin/bash
# systemd's part, played by perl and socat: a listening socket as descriptor 3 (socket activation), and the datagrams by which
# the service says that it is ready, that another run has taken over, and that it stops.

set -euo pipefail
. .ci/lib.sh

./usher --version >/dev/null # built before, so that nothing below waits for it

socat -u "UNIX-RECV:$work/notify" "OPEN:$work/told,creat,append" &
listener=$!
trap 'kill "$listener" 2>/dev/null || true; clean_up' EXIT
until [ -S "$work/notify" ]; do sleep 0.05; done

# told WORDS: waits until the manager has been told so.
told() {
  local deadline=$((SECONDS + 120))
  until grep -qx "$1" "$work/told" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the service manager was not told $1 but: $(cat "$work/told" 2>/dev/null)"
    sleep 0.05
  done
}

# Binds, and becomes the service: descriptor 3 stays open, and the process number is the service's.
cat >"$work/manager.pl" <<'PERL'
use Socket;
use POSIX qw(dup2);
$^F = 9;
my ($file, @command) = @ARGV;
socket(my $server, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
bind($server, sockaddr_in(0, INADDR_LOOPBACK)) or die "bind: $!";
listen($server, 64) or die "listen: $!";
my ($port) = sockaddr_in(getsockname($server));
open(my $out, '>', $file) or die "$file: $!";
print $out "$port\n";
close($out);
dup2(fileno($server), 3) == 3 or die "dup2: $!" if fileno($server) != 3;
$ENV{LISTEN_PID} = $$;
$ENV{LISTEN_FDS} = 1;
exec @command or die "exec: $!";
PERL

NOTIFY_SOCKET=$work/notify perl "$work/manager.pl" "$work/port" ./usher serve --control "$work/control" >"$work/usher.log" 2>&1 &
usher_pid=$!
told READY=1
told "MAINPID=$usher_pid"
port=$(cat "$work/port")
curl --silent --show-error --fail --output /dev/null "http://127.0.0.1:$port/"
[ "$(served_url)" = "http://127.0.0.1:$port/" ] || fail "it serves elsewhere: $(served_url)"
echo "a socket that was given is served, and the manager is told"

old=$usher_pid
./usher restart --control "$work/control" >"$work/restarted"
usher_pid=$(./usher ctl --control "$work/control" status --json | jq .pid)
[ "$usher_pid" != "$old" ] || fail "the same process serves: $(cat "$work/restarted")"
told "MAINPID=$usher_pid"
wait "$old" || fail "the old run ended with exit code $?"
curl --silent --show-error --fail --output /dev/null "http://127.0.0.1:$port/"
echo "another run takes over, and the manager is told which"

kill -TERM "$usher_pid"
told STOPPING=1
while [ -e "/proc/$usher_pid" ] && ! grep -q '^State:.Z' "/proc/$usher_pid/status" 2>/dev/null; do sleep 0.05; done
usher_pid=
echo "and when it stops"

# What was promised must be there.
if LISTEN_FDS=1 bash -c 'export LISTEN_PID=$$; exec ./usher serve --listen tcp:0' >"$work/usher.log" 2>&1 3</dev/null; then
  fail "a descriptor that is no socket was taken for one"
fi
grep -q 'descriptor 3 was to be a socket' "$work/usher.log" || fail "no word of descriptor 3"
: >"$work/usher.log"
echo "a descriptor that is no socket is refused"
