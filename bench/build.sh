# Shared by bench/run, bench/datagrams and bench/micro, which set $home. Builds what is missing or older than its
# sources; sets $java (the JDK that the build chose), $class_path and $limit.

target=$home/bench/target
limit=$target/limit

fail() {
  echo "bench/$(basename "$0"): $*" >&2
  exit 2
}

# True where $1 is missing, or something in the other files and folders is newer.
is_stale() {
  local made=$1
  shift
  [ ! -e "$made" ] || [ -n "$(find "$@" -newer "$made" -print -quit)" ]
}

# build_native NAME: compiles native/NAME.c to $target/NAME.
build_native() {
  is_stale "$target/$1" "$home/bench/native/$1.c" || return 0
  command -v gcc >/dev/null || fail "gcc is missing (Debian: gcc and libc6-dev)"
  mkdir -p "$target"
  gcc -O2 -Wall -Wextra -Werror -o "$target/$1" "$home/bench/native/$1.c" || fail "$1.c does not compile"
}

# This module and the usher command, together: starts of usher that are timed must not build it.
build_bench() {
  local sources=("$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main)
  if is_stale "$target/class-path" "${sources[@]}" || is_stale "$home/cli/target/usher.java" "${sources[@]}"; then
    command -v mvn >/dev/null || fail "Maven is missing (Debian: maven)"
    echo "bench/$(basename "$0"): building, later runs skip this" >&2
    mvn --batch-mode --quiet --file "$home/pom.xml" --projects cli,bench --also-make -Dmaven.test.skip=true \
      package </dev/null >&2 || fail "the build failed; its messages are above"
    touch "$target/class-path" # Maven leaves it as it is where nothing in it has changed
  fi
  IFS= read -r java <"$home/cli/target/usher.java"
  class_path=$target/classes:$(cat "$target/class-path")
}
