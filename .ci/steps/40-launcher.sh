#!/bin/bash
# The launcher on a copy of the sources that has never been built, in a folder whose name has a space: what it says when
# a JDK or Maven is missing, the first build, later starts without Maven, a stale build.

set -euo pipefail
. .ci/lib.sh

copy="$work/a copy"
mkdir "$copy"
git ls-files --cached --others --exclude-standard -z | tar --create --null --files-from=- --ignore-failed-read | tar -x -C "$copy"

# A PATH with the usual tools, but without java and mvn.
mkdir "$work/bin"
for tool in sh env find mkdir readlink rm sleep touch; do ln -s "$(command -v "$tool")" "$work/bin/$tool"; done

# expect CODE WORDS COMMAND...: the command ends with that code, and with those words on one line of standard error.
expect() {
  local code=0 wanted=$1 words=$2
  shift 2
  timeout 300 "$@" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" = "$wanted" ] || { cat "$work/err"; fail "exit code $code in place of $wanted: $*"; }
  [ -z "$words" ] || grep -q -- "$words" "$work/err" || { cat "$work/err"; fail "standard error lacks: $words"; }
  [ "$wanted" != 69 ] || [ "$(wc -l <"$work/err")" -eq 1 ] || { cat "$work/err"; fail "more than one line: $*"; }
}

# bare COMMAND...: as a machine without JDK and Maven would run it.
bare=(env --ignore-environment "PATH=$work/bin" "HOME=$work" USHER_JDK_FOLDERS=)

expect 69 'usher: no JDK 25 or newer' "${bare[@]}" "$copy/usher" --help
echo "no JDK: one line, exit code 69"

mkdir -p "$work/jdks/old/bin"
printf '#!/bin/sh\n' | tee "$work/jdks/old/bin/java" >"$work/jdks/old/bin/javac"
chmod +x "$work/jdks/old/bin/"*
printf 'IMPLEMENTOR="x"\nJAVA_VERSION="21.0.9"\n' >"$work/jdks/old/release"
expect 69 'usher: no JDK 25 or newer' "${bare[@]}" USHER_JDK_FOLDERS="$work/jdks" JAVA_HOME="$work/jdks/old" "$copy/usher" --help
echo "only a JDK 21: the same"

cp -r "$work/jdks/old" "$work/jdks/young"
printf 'JAVA_VERSION="26"\n' >"$work/jdks/young/release"
expect 69 'usher: Maven 3.8 or newer' "${bare[@]}" USHER_JDK_FOLDERS="$work/jdks" "$copy/usher" --help
echo "no Maven: one line, exit code 69"

ln -s "$copy/usher" "$work/link"
# Without the static checks: step 20 has made them, on the same sources.
MAVEN_OPTS="${MAVEN_OPTS:-} -Dstatic.checks=-parameters" expect 0 'usher: building with' "$work/link" --help
[ -s "$copy/cli/target/usher.aot" ] || fail "no start-up archive"
expect 0 '' "${bare[@]}" USHER_JAVA_OPTS=-XX:AOTMode=on "$work/link" --help
echo "called through a link it builds once; then it starts without Maven, from the archive"

expect 0 '' "${bare[@]}" USHER_JAVA_OPTS=-XX:+UseParallelGC "$copy/usher" --help
echo "another collector can be asked for"

rm -rf "$copy/.usher-build"
touch "$copy/core/src/main/java/module-info.java"
expect 69 'usher: no JDK 25 or newer' "${bare[@]}" "$copy/usher" --help
touch -r "$copy/cli/target/usher.java" "$copy/core/src/main/java/module-info.java"
expect 0 '' "${bare[@]}" "$copy/usher" --help
gone=$(find "$copy/core/src/main/java" -name '*.java' ! -name module-info.java -print -quit)
rm "$gone"
expect 69 'usher: no JDK 25 or newer' "${bare[@]}" "$copy/usher" --help
echo "a source that is newer, or gone, calls for a build"

# What is made at run time is made anew in each child: docs/adr/0020-start-of-a-child.md.
USHER_JAVA_OPTS="-Xlog:class+load:file=$work/classes-%p.log" start_usher serve --model "prefork(1, event-loop)" --listen tcp:0 --no-control
curl -fsS -o "$work/answer" "$(served_url)"
rm "$work/classes-$usher_pid.log" # the parent has loaded more
stop_usher
made=$(sed -n '/ source: shared objects file/d; / usher\./p' "$work"/classes-*.log)
[ -z "$made" ] || { printf '%s\n' "$made" >&2; fail "classes of ours that are not in the start-up archive, in a child"; }
grep -q ' usher\.server\.process\.Childhood source: shared' "$work"/classes-*.log || fail "no child has logged its classes"
echo "every class of ours that a child needs is in the archive, and none is made at run time"
