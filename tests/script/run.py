#!/usr/bin/env python3
"""Runs the programs of this folder with a relay binary and checks what their comments expect.

usage: run.py RELAY [-j N] [NAME...]        NAME: part of a path, to run only those

In a program
  // expect: TEXT           is the next line that it prints
  // expect error: TEXT     it exits with 1, and TEXT stands in what it writes to stderr
  // expect warning: TEXT   TEXT stands in stderr although it succeeds
  // refuse: TEXT           TEXT does not stand in stderr
  // flags: WORDS           go before the program on the command line, `// args: WORDS` after it
  // stdin: TEXT            is the next line of its standard input, `// env: NAME=VALUE` stands in its environment

One line for each failure and a closing `N passed, M failed`; exits 1 if any failed or none ran.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from programs import SECONDS, judge_all  # noqa: E402


def marks(text, word):
    return [match.rstrip() for match in re.findall(rf"// {word}: ?(.*)", text)]


def words(text, word):
    return [part for line in marks(text, word) for part in shlex.split(line)]


def run(relay, path, text):
    return subprocess.run(
        [relay, *words(text, "flags"), str(path), *words(text, "args")],
        input="".join(line + "\n" for line in marks(text, "stdin")),
        env={**os.environ, **dict(pair.split("=", 1) for pair in marks(text, "env"))},
        capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS)


def first_difference(wanted, got):
    for number in range(max(len(wanted), len(got))):
        want = wanted[number] if number < len(wanted) else None
        have = got[number] if number < len(got) else None
        if want != have:
            return f"line {number + 1}: expected {want!r}, got {have!r}"
    return None


def check(relay, path):
    """What is wrong with the program's run, or None."""
    text = path.read_text(encoding="utf-8")
    try:
        done = run(relay, path, text)
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS} s"
    shown = done.stderr.strip()[:600]
    difference = first_difference(marks(text, "expect"), [line.rstrip() for line in done.stdout.splitlines()])
    if difference:
        return f"{difference}\n    stderr: {shown}"
    errors = marks(text, "expect error")
    if done.returncode != (1 if errors else 0):
        return f"exit status {done.returncode}\n    stderr: {shown}"
    for part in errors + marks(text, "expect warning"):
        if part not in done.stderr:
            return f"stderr lacks {part!r}\n    stderr: {shown}"
    for part in marks(text, "refuse"):
        if part in done.stderr:
            return f"stderr has {part!r}\n    stderr: {shown}"
    return None


if __name__ == "__main__":
    sys.exit(judge_all(HERE, check, __doc__))
