# For the scripts of this folder: what they are asked for, a server a model, and a table of what held.
#
# A script names its columns (`columns`), says what happens under one model (a function) and runs it under each
# (`each_model`). A model has a process of its own with a server of its own, so nothing is left over for the next one;
# a check has one too, so a check that ends early spoils no other. Both tell what they saw through files in $results.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
. .ci/lib.sh

all_models="iterative thread-per-connection thread-pool virtual-threads event-loop event-loops event-loop-workers"
process_models="prefork process-per-connection"
loop_models="event-loop event-loops event-loop-workers"

results=$work/results
mkdir "$results"
run_work=$work
kept=$here/target
short=false
models=
abreast=1
arguments=()

# --- what is asked for

# The comment at the top of the script.
usage() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
}

# options ARGUMENTS...: sets short, models and arguments (those that are the script's own).
options() {
  local model
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h)
        usage
        exit 0
        ;;
      --short) short=true ;;
      --model | --model=*)
        if [ "$1" = --model ]; then
          [ $# -gt 1 ] || misused "--model needs a name"
          shift
        fi
        model=${1#--model=}
        case " $all_models $process_models " in
          *" $model "*) ;;
          *) misused "no such model: $model ($all_models $process_models)" ;;
        esac
        models="$models $model"
        ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
}

misused() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 64
}

# needs COMMAND...: says which tools are missing, before anything has been started.
needs() {
  local tool missing=
  for tool; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
  [ -z "$missing" ] || { printf '%s: not installed:%s\n' "$(basename "$0")" "$missing" >&2; exit 69; }
}

# --- processes

# Ends a process and all that it started, youngest first.
end_tree() {
  local child
  for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do end_tree "$child"; done
  [ "$1" = "$BASHPID" ] || kill -KILL "$1" 2>/dev/null || true
}

leave_nothing() {
  [ -z "${KEEP:-}" ] || cp -r "$run_work" "$KEEP"
  trap '' INT TERM
  end_tree "$BASHPID"
  rm -rf "$run_work"
}
exec 3>&2 # what a check tells while it runs
trap leave_nothing EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- a server for each model

# Built once and before, so that no check waits for it or meets a build that fails.
built() {
  ./usher --version >"$run_work/build.log" 2>&1 || { cat "$run_work/build.log" >&2; exit 70; }
}

# each_model FUNCTION: so many at a time as $abreast says; FUNCTION finds the name in $model and a folder of its own in $work.
each_model() {
  local one running=0
  built
  for one in ${models:-$all_models}; do
    if [ "$running" = "$abreast" ]; then
      wait -n || true
      running=$((running - 1))
    fi
    under_model "$one" "$1" &
    running=$((running + 1))
  done
  wait
}

under_model() {
  model=$1
  work=$run_work/$model
  mkdir "$work" "$results/$model"
  trap 'end_tree "$BASHPID"' EXIT
  local begun=$SECONDS
  printf '  %s …\n' "$model" >&2
  "$2"
  echo $((SECONDS - begun)) >"$results/$model/seconds"
}

# Threads for the model that has one for each client: a client that has none waits, which is that model's nature.
threads_for() {
  [ "$model" != thread-pool ] || printf -- '--threads=%s' "$1"
}

# serve FOLDER ARGUMENTS...: sets url, without a slash at its end.
serve() {
  # shellcheck disable=SC2046 # no word where the model takes no number
  start_usher serve "$@" --model "$model" --listen tcp:127.0.0.1:0 $(threads_for "${threads:-64}")
  url=$(served_url)
  url=${url%/}
}

# testee FOLDER ARGUMENTS...: sets url.
testee() {
  # shellcheck disable=SC2046
  start_usher testee --root "$@" --model "$model" --listen tcp:127.0.0.1:0 $(threads_for "${threads:-64}")
  url=$(ready_url)
}

ready_url() {
  local deadline=$((SECONDS + 60)) at
  while [ "$SECONDS" -lt "$deadline" ]; do
    at=$(sed -n '/^READY tcp:/ { s/^READY tcp://; p; q }' "$work/usher.log")
    if [ -n "$at" ]; then
      printf 'http://%s\n' "$at"
      return
    fi
    kill -0 "$usher_pid" 2>/dev/null || fail "usher ended before it was ready"
    sleep 0.05
  done
  fail "usher was never ready"
}

# A check of every script's end: alive, answering, nothing thrown in its log, a polite end.
ends_well() {
  kill -0 "$usher_pid" 2>/dev/null || { wrong "the server is gone"; return; }
  curl --silent --show-error --fail --max-time 20 --output /dev/null "$url${1:-/}" 2>"$work/curl.err" ||
    wrong "not answered: $(cat "$work/curl.err")"
  local thrown
  # What a check has asked for does not count.
  thrown=$(grep -E '(Exception|Error)\b' "$work/usher.log" | grep -v -m 1 'asked to fail' || true)
  [ -z "$thrown" ] || wrong "the log has: $thrown"
  kill -TERM "$usher_pid"
  local waited=0
  # Not this shell's child: it cannot be waited for.
  while [ -e "/proc/$usher_pid" ] && ! grep -q '^State:.Z' "/proc/$usher_pid/status" 2>/dev/null; do
    [ "$waited" -lt 300 ] || { wrong "not ended 30 s after SIGTERM"; return; }
    sleep 0.1
    waited=$((waited + 1))
  done
}

# --- the table

# columns NAME...: the checks, in the order of the table.
columns() {
  columns=("$@")
}

# check NAME COMMAND...: holds if the command ends with 0 and nothing was `wrong` on the way.
check() {
  local name=$1 code=0
  shift
  cell=$results/$model/$name
  touch "$cell.wrong"
  set +e
  (
    set -e
    "$@"
  ) >"$work/$name.out" 2>&1
  code=$?
  set -e
  if [ "$code" != 0 ] && [ ! -s "$cell.wrong" ]; then
    wrong "ended with exit code $code: $(tail -n 3 "$work/$name.out" | tr '\n' ' ')"
  fi
  touch "$cell.done"
}

# wrong TEXT: the check does not hold; more may be told.
wrong() {
  printf '%s\n' "$*" >>"$cell.wrong"
}

# note TEXT: what stands beside the mark, such as a count.
note() {
  printf '%s' "$*" >"$cell.note"
}

# left_out: this model is not asked for it; the script's head says why.
left_out() {
  touch "$cell.left"
}

# Prints models × checks, below it what was wrong. True if all held.
table() {
  local -A text
  local -a widths
  local model name width index=0 cell bad=0 all=0
  for name in "${columns[@]}"; do
    width=${#name}
    for model in ${models:-$all_models}; do
      cell=$results/$model/$name
      text[$model,$name]=
      if [ ! -e "$cell.done" ]; then
        text[$model,$name]="not run"
      elif [ -e "$cell.note" ]; then
        text[$model,$name]=$(cat "$cell.note")
      fi
      [ ${#text[$model,$name]} -le $((width - 2)) ] || width=$((${#text[$model,$name]} + 2))
    done
    widths[index++]=$width
  done

  printf '\n%-22s' model
  index=0
  for name in "${columns[@]}"; do printf ' %-*s ' "${widths[index++]}" "$name"; done
  printf ' %s\n' seconds
  for model in ${models:-$all_models}; do
    printf '%-22s' "$model"
    index=0
    for name in "${columns[@]}"; do
      cell=$results/$model/$name
      all=$((all + 1))
      if [ -e "$cell.left" ] && [ ! -s "$cell.wrong" ]; then
        printf ' –'
        all=$((all - 1))
      elif [ -e "$cell.done" ] && [ ! -s "$cell.wrong" ]; then
        printf ' ✓'
      else
        printf ' ✗'
        bad=$((bad + 1))
      fi
      printf ' %-*s ' $((widths[index++] - 2)) "${text[$model,$name]}"
    done
    printf ' %s\n' "$(cat "$results/$model/seconds" 2>/dev/null || echo -)"
  done

  if [ "$bad" -gt 0 ]; then
    printf '\n'
    for model in ${models:-$all_models}; do
      for name in "${columns[@]}"; do
        cell=$results/$model/$name.wrong
        [ ! -s "$cell" ] || head -n 5 "$cell" | sed "s|^|$model, $name: |"
        [ ! -s "$cell" ] || [ "$(wc -l <"$cell")" -le 5 ] || printf '%s, %s: … %d in all\n' "$model" "$name" "$(wc -l <"$cell")"
      done
      [ -e "$results/$model/seconds" ] || printf '%s: ended before its time\n' "$model"
    done
  fi
  printf '\n%d of %d hold\n' $((all - bad)) "$all"
  [ "$bad" -eq 0 ]
}
