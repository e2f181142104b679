# Finds a JDK 25 or newer without starting one: its `release` file says what it is. Sourced by the launcher, which takes any;
# run by the build (sh .mvn/jdk.sh), whose toolchains plugin looks in fewer places and does not say what to do where it finds
# nothing.
#
# USHER_JDK_FOLDERS replaces the usual folders.

missing_jdk='no JDK 25 or newer in JAVA_HOME, PATH or the usual folders: install one (Debian: openjdk-25-jdk or temurin-25-jdk) or set JAVA_HOME to it'

user=${HOME:-/nonexistent}

# Where Maven's toolchains plugin looks by itself.
maven_folders="/usr/jdk /usr/java /usr/lib/jvm /opt/java $user/.jdks $user/.m2/jdks $user/.sdkman/candidates/java $user/.gradle/jdks
  $user/.jenv/versions $user/.jbang/cache/jdks $user/.asdf/installs/java $user/.jabba/jdk /Library/Java/JavaVirtualMachines
  $user/Library/Java/JavaVirtualMachines"
other_folders="/opt /usr/local $user/.local/share/mise/installs/java"

is_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    value=${value#\"}
    value=${value%%[!0-9]*}
    [ -n "$value" ] && [ "$value" -ge 25 ]
    return
  done <"$1/release"
  return 1
}

# jdk_in FOLDER...: sets jdk to the first JDK directly inside one of them.
jdk_in() {
  for folder; do
    for jdk in "$folder"/* "$folder"/*/Contents/Home; do
      is_jdk "$jdk" && return
    done
  done
  return 1
}

# Sets jdk: JAVA_HOME, the java of PATH, the usual folders.
find_jdk() {
  jdk=${JAVA_HOME:-}
  [ -n "$jdk" ] && is_jdk "$jdk" && return
  if java=$(command -v java) && java=$(readlink -f -- "$java"); then
    jdk=${java%/bin/java}
    is_jdk "$jdk" && return
  fi
  jdk_in ${USHER_JDK_FOLDERS-$maven_folders $other_folders}
}

case ${0##*/} in
  jdk.sh)
    jdk=${JAVA_HOME:-}
    if [ -n "$jdk" ] && is_jdk "$jdk" || jdk_in ${USHER_JDK_FOLDERS-$maven_folders} || [ -f "$user/.m2/toolchains.xml" ]; then
      exit 0
    elif find_jdk; then
      echo "Maven does not look into $jdk by itself: set JAVA_HOME=$jdk"
    else
      echo "$missing_jdk"
    fi
    exit 69
    ;;
esac
