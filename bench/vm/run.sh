#!/bin/sh
# Times the programs of this folder with relay and with lua5.4 in turn (A B A B, three rounds) and prints the median
# ratio of each pair and the geometric mean. Both must print the same.
#
# usage: run.sh RELAY [NAME...]      LUA=lua5.4 by default
set -e
relay=$1
shift
here=$(dirname "$0")
lua=${LUA:-lua5.4}
names=${*:-$(cd "$here" && ls *.rl | sed 's/\.rl$//')}
exec python3 - "$relay" "$lua" "$here" $names <<'PYTHON'
import math, pathlib, resource, statistics, subprocess, sys

ROUNDS = 3


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)} failed: {run.stderr}")
    return run.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    relay, lua, here, *names = sys.argv[1:]
    folder = pathlib.Path(here)
    ratios = []
    print(f"{'program':<24} {'relay s':>8} {'lua s':>8} {'ratio':>6}")
    for name in names:
        ours, theirs = [], []
        for _ in range(ROUNDS):
            our_output, seconds = timed([relay, str(folder / f"{name}.rl")])
            ours.append(seconds)
            their_output, seconds = timed([lua, str(folder / f"{name}.lua")])
            theirs.append(seconds)
            if our_output != their_output:
                sys.exit(f"{name}: relay prints {our_output!r}, lua {their_output!r}")
        ratio = statistics.median(a / b for a, b in zip(ours, theirs))
        ratios.append(ratio)
        print(f"{name:<24} {statistics.median(ours):8.3f} {statistics.median(theirs):8.3f} {ratio:6.2f}", flush=True)
    print(f"{'geometric mean':<24} {'':>8} {'':>8} {math.exp(sum(map(math.log, ratios)) / len(ratios)):6.2f}")


main()
PYTHON
