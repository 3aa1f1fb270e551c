#!/bin/sh
# usage: tools/build.sh PRESET TARGET
#
# Builds one target of a preset and leaves build/PRESET/.built-TARGET behind, as old as the start of the
# build: what changed after that is newer than it. Several at once wait for each other.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd)
preset=$1
target=$2
build=$root/build/$preset

"$root/tools/setup.sh" build
mkdir -p "$build"
exec 9>"$build/.lock"
flock 9

started=$build/.started-$target
touch "$started"
printf 'relay: building (%s), the first time takes some minutes\n' "$preset" >&2
# The tests are configured by ./test, which installs what they need; here a compiler is enough.
if [ ! -e "$build/build.ninja" ]; then
  (cd "$root" && cmake --preset "$preset" -DRELAY_TESTS=OFF >"$build/configure.log" 2>&1) || {
    cat "$build/configure.log" >&2
    exit 1
  }
fi
cmake --build "$build" --target "$target" 9>&-
mv "$started" "$build/.built-$target"
