#!/bin/sh
# usage: tools/setup.sh SECTION...
#
# Installs the packages that sections of tools/packages.txt name and this machine lacks. As root it calls
# apt-get; otherwise it says the command and fails. Without dpkg (not a Debian) it trusts the user.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd)

command -v dpkg-query >/dev/null || exit 0

# The lines of the named sections, without comments and empty lines.
lines() {
  awk -v wanted=" $* " '
    /^#/ || NF == 0 { next }
    /^\[/ { gsub(/[][]/, "", $1); inside = index(wanted, " " $1 " "); next }
    inside' "$root/tools/packages.txt"
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]; }

missing=$(lines "$@" | while read -r package command; do
  if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
  is_installed "$package" || printf ' %s' "$package"
done)
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" != 0 ]; then
  printf 'relay: these Debian packages are missing:%s\nrelay: install them with\n\n  sudo apt-get update && sudo %s\n\n' \
    "$missing" "$install" >&2
  exit 1
fi
printf 'relay: installing%s\n' "$missing" >&2
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -q && $install; } >&2 || {
  printf 'relay: cannot install:%s (what apt-get says of it stands above)\n' "$missing" >&2
  exit 1
}
