#!/usr/bin/env python3
"""Checks whole programs that were not written for the checker: it must find nothing in them that is not so.

usage: clean.py RELAY

- examples/: nothing is found.
- tests/script/: a finding is one that the program's own comments expect, or that it gets when it is run, or it is listed in
  true_findings.txt: lines `path:line: message`, each looked at by hand.

One line for each false alarm and for each line of the list that is found no more; a closing `N programs, M faults`; exits 1 if
there is any.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIST = HERE / "true_findings.txt"


def findings(relay, folder):
    """(path, `path:line: message`, message) of all that is found in the programs of a folder, and their number."""
    paths = sorted((ROOT / folder).rglob("*.rl"))
    done = subprocess.run([relay, "check", "-format", "json", *map(str, paths)], capture_output=True, encoding="utf-8",
                          timeout=300)
    found = []
    for one in json.loads(done.stdout):
        path = pathlib.Path(one["file"])
        found.append((path, f"{path.relative_to(ROOT)}:{one['line']}: {one['message']}", one["message"]))
    return found, len(paths)


def is_expected(relay, path, message):
    lines = path.read_text(encoding="utf-8").splitlines()
    if any(message in line.split("// ", 1)[1] for line in lines if "// expect" in line):
        return True
    done = subprocess.run([relay, str(path)], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
                          timeout=60)
    return message in done.stderr


def main():
    relay = str(pathlib.Path(sys.argv[1]).resolve())
    listed = set(LIST.read_text(encoding="utf-8").splitlines())
    examples, count = findings(relay, "examples")
    faults = [line for _, line, _ in examples]
    scripts, more = findings(relay, "tests/script")
    unexpected = {line for path, line, message in scripts if not is_expected(relay, path, message)}
    faults += sorted(unexpected - listed)
    faults += [f"listed, but not found: {line}" for line in sorted(listed - unexpected)]
    for fault in faults:
        print(fault)
    print(f"{count + more} programs, {len(faults)} faults")
    return 1 if faults or not count or not more else 0


if __name__ == "__main__":
    sys.exit(main())
