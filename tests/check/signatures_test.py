#!/usr/bin/env python3
"""Holds the signatures of src/bytecode/methods.h and builtins.h against the running language: what a signature promises to give is
given, what it refuses is refused, and `relay check` says so in the same words.

usage: signatures_test.py RELAY
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = {"nil": "nil", "bool": "true", "number": "2", "string": '"ab"', "datetime": "2024-01-01", "array": "[1, 2, 3]",
           "object": "{a: 1}", "struct": "Point{x: 1}"}
FITTING = {"number": "1", "string": '"a"', "array": "[4]", "object": "{b: 2}", "any": "1", "[object]": "[]"}
# Arguments that a method wants beyond what its types say.
ARGUMENTS = {"datetime": '("2024-01-01")', "object": '([["a", 1]])', "json_decode": '("1")', "random": "(1, 2)", "env": '("A")', "sleep": "(0)",
             "format": '("YYYY")', "struct.get": '("x")', "struct.set": '("x", 1)', "struct.merge": "({x: 2})", "range": "(1, 2)",
             "number": '("1")', "len": '("a")', "assert_equal": "(1, 1)", "assert_throws": "(fn () { throw 1 })"}
# They send messages, read or end what no sample can.
LEFT_OUT = {"message", "notify", "notify_after", "read_line", "env", "print"}
PREFIX = "struct Point { x: number }\n"


def rows(header):
    text = (ROOT / "src/bytecode" / header).read_text(encoding="utf-8")
    for owner, name, signature in re.findall(r'^ *X\((?:(\w+), )?(\w+), "(.*?)"\)', text, re.MULTILINE):
        if not name.startswith("__") and name not in LEFT_OUT:
            yield owner, name, signature


def split_types(text):
    """The types of `a: T, f: fn(A, B) -> C`, commas inside brackets left alone."""
    parts, depth, part = [], 0, ""
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [one.split(":", 1)[1].strip() for one in parts + [part] if one.strip()]


def parse(signature):
    depth = 0
    for end, letter in enumerate(signature):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            break
    return split_types(signature[1:end]), signature.split(") -> ")[-1] if " -> " in signature[end:] else "any"


def needed(types):
    return [one for one in types if not one.startswith("optional(")]


def fitting(kind):
    return "fn (x) { x }" if kind.startswith("fn(") else FITTING[kind]


def call(owner, name, arguments):
    return f"{SAMPLES[owner]}.{name}{arguments}" if owner else f"{name}{arguments}"


def good_call(owner, name, types):
    special = ARGUMENTS.get(f"{owner}.{name}" if owner == "struct" else name if not owner or name == "format" else "")
    return call(owner, name, special or "(" + ", ".join(fitting(one) for one in needed(types)) + ")")


def wrong_calls(owner, name, types):
    """Calls with one argument of a wrong type, or one argument too many or too few."""
    arguments = [fitting(one) for one in needed(types)]
    for place, kind in enumerate(needed(types)):
        if kind != "any":
            yield call(owner, name, "(" + ", ".join(arguments[:place] + ["true"] + arguments[place + 1:]) + ")")
    for count in (len(arguments) - 1, len(types) + 1):
        if count >= 0:
            yield call(owner, name, "(" + ", ".join((arguments + ["nil"] * 5)[:count]) + ")")


def allowed(result, owner):
    """The names of types that a result may have; None for any."""
    if result in ("any", "T"):
        return None
    if result.startswith("optional("):
        inner = allowed(result[9:-1], owner)
        return inner and inner | {"nil"}
    if result in ("Self", "More", "Joined"):
        return {"Point" if owner == "struct" else owner}
    return {"array" if result.startswith("[") else "object" if result.startswith("{") else result}


def run(relay, calls):
    """What each call gives when it is run: the type of its value, or its error."""
    lines = [f"print(json_encode([try {{ type({one}) }} catch e {{ nil }}, try {{ {one}; nil }} catch e {{ e.error }}]))" for one in calls]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "calls.rl"
        path.write_text(PREFIX + "\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run([relay, str(path)], capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(relay, calls):
    """What `relay check` says of each call: its errors."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "calls.rl"
        path.write_text(PREFIX + "\n".join(calls) + "\n", encoding="utf-8")
        done = subprocess.run([relay, "check", "-format", "json", str(path)], capture_output=True, encoding="utf-8", timeout=60)
    found = [[] for _ in calls]
    for one in json.loads(done.stdout):
        found[one["line"] - 2].append(one["message"])
    return found


def main():
    relay = str(pathlib.Path(sys.argv[1]).resolve())
    signatures = [*rows("methods.h"), *rows("builtins.h")]
    good, wrong, results = [], [], []
    for owner, name, signature in signatures:
        types, result = parse(signature)
        good.append(good_call(owner, name, types))
        results.append(allowed(result, owner))
        if "..." not in signature:
            wrong += wrong_calls(owner, name, types)
    faults = []
    for one, types, (kind, error), said in zip(good, results, run(relay, good), check(relay, good)):
        if error or said:
            faults.append(f"{one}: fails: {error}; checked: {said}")
        elif types is not None and kind not in types:
            faults.append(f"{one}: gives {kind}, promised is {' or '.join(sorted(types))}")
    refused = 0
    for one, (_, error), said in zip(wrong, run(relay, wrong), check(relay, wrong)):
        refused += bool(said)
        if said and error not in said:
            faults.append(f"{one}: run: {error}; checked: {said}")
        if error and " argument" in error and not said:
            faults.append(f"{one}: run: {error}; nothing is said")
    for fault in faults:
        print(fault)
    print(f"{len(good)} signatures, {refused} wrong calls, {len(faults)} faults")
    return 1 if faults or refused < len(good) else 0


if __name__ == "__main__":
    sys.exit(main())
