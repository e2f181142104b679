#!/bin/bash
# The clients and rivals that the tests and later steps use. Installs only what is missing.

set -euo pipefail

# command=package
wanted="curl=curl wget=wget ab=apache2-utils wrk=wrk h2load=nghttp2-client slowhttptest=slowhttptest chromium=chromium
  nginx=nginx-light gcc=gcc socat=socat tmux=tmux mvn=maven node=nodejs npm=npm perl=perl-base
  nc=netcat-openbsd jq=jq tftp=tftp-hpa in.tftpd=tftpd-hpa atftp=atftp busybox=busybox"
missing=
for pair in $wanted; do
  PATH=$PATH:/usr/sbin command -v "${pair%%=*}" >/dev/null || missing="$missing ${pair#*=}"
done
[ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"
# Its package cannot be installed beside that of tftpd-hpa, so it is unpacked.
unpacked=clients/target/atftpd
if [ -z "$missing" ] && [ -x "$unpacked/usr/sbin/atftpd" ]; then
  echo "nothing to install"
  exit
fi

echo "installing$missing atftpd"
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
# A service that a package brings along must not start and take a port.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
  $as_root chmod +x "$policy"
  trap '$as_root rm -f "$policy"' EXIT
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word a package
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
mkdir -p "$unpacked"
(cd "$unpacked" && apt-get download -qq atftpd 2>/dev/null && dpkg -x atftpd_*.deb . && rm atftpd_*.deb)
