#!/usr/bin/env python3
"""Checks the programs of this folder with a relay binary and compares what it finds with their comments.

usage: run.py RELAY [-j N] [NAME...]        NAME: part of a path, to check only those

Behind a line of a program
  // error 5: TEXT       is found in that line at column 5, with exactly that message; `// warning 5: TEXT` likewise
  // hint: TEXT          behind one of these: TEXT is its hint
Nothing else may be found: a program without such comments is one without fault. On a line of its own
  // runs                the program is run too and ends well, although something is found: only doubtful things are
  // not run             it is not run; else a program with errors must fail when it is run, with one of their messages

One line for each failure and a closing `N passed, M failed`; exits 1 if any failed or none was checked.
"""
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from programs import SECONDS, judge_all  # noqa: E402

MARK = re.compile(r"// (error|warning) (\d+): (.*?)(?= // (?:error|warning|hint)\b|$)(?: // hint: (.*?)(?= // (?:error|warning)\b|$))?")


def call(relay, *words):
    return subprocess.run([relay, *words], capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS)


def expected(text):
    """(line, column, severity, message) -> hint, or None where the hint does not matter."""
    wanted = {}
    for number, line in enumerate(text.splitlines(), 1):
        for severity, column, message, hint in MARK.findall(line):
            wanted[number, int(column), severity, message.rstrip()] = hint.rstrip() or None
    return wanted


def found(relay, path):
    done = call(relay, "check", "-format", "json", str(path))
    return done.returncode, {(one["line"], one["column"], one["severity"], one["message"]): one["hint"]
                             for one in json.loads(done.stdout)}


def differences(wanted, got):
    for place in sorted(wanted.keys() - got.keys()):
        yield "not found: {}:{} {}: {}".format(*place)
    for place in sorted(got.keys() - wanted.keys()):
        yield "found too: {}:{} {}: {}".format(*place)
    for place in sorted(wanted.keys() & got.keys()):
        if wanted[place] is not None and wanted[place] != got[place]:
            yield f"{place[0]}:{place[1]}: hint {got[place]!r} instead of {wanted[place]!r}"


def when_run(relay, path, text, errors):
    """What is wrong with the run of the program, or None."""
    if "// not run" in text or (not errors and "// runs" not in text):
        return None
    done = call(relay, str(path))
    if not errors:
        return None if done.returncode == 0 else f"it fails when run: {done.stderr.strip()[:300]}"
    if done.returncode != 1 or not any(f"error: {message}" in done.stderr for message in errors):
        return f"run, it does not fail so: exit status {done.returncode}, {done.stderr.strip()[:300]!r}"
    return None


def check(relay, path):
    """What is wrong, or None."""
    text = path.read_text(encoding="utf-8")
    wanted = expected(text)
    errors = [place[3] for place in wanted if place[2] == "error"]
    try:
        status, got = found(relay, path)
        wrong = list(differences(wanted, got))
        if status != (1 if errors else 0):
            wrong.append(f"exit status {status}")
        failed = when_run(relay, path, text, errors)
        return "\n    ".join(wrong + ([failed] if failed else [])) or None
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS} s"


if __name__ == "__main__":
    sys.exit(judge_all(HERE, check, __doc__))
