#!/usr/bin/env python3
"""Runs the ```relay examples of the documents with a relay binary, and holds the reference of the language against its methods and
builtins: each stands in an example.

usage: docs_test.py RELAY

In an example `// => TEXT` stands behind (or below) what prints it, `// error: TEXT` behind what fails with it.
"""
import pathlib
import re
import sys
import tempfile

import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/language.md", "docs/http.md"]
EXAMPLE = re.compile(r"^```relay\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples():
    """Pairs of a place, as `docs/language.md:12`, and the text of the example there."""
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for match in EXAMPLE.finditer(text):
            yield f"{name}:{text[:match.start()].count(chr(10)) + 2}", match.group(1)


def reference_gaps():
    """The methods and builtins of the language that no example of its reference shows."""
    reference = (ROOT / "docs/language.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^##+ (.*?)\n(.*?)(?=^##|\Z)", reference, re.MULTILINE | re.DOTALL))
    headings = {"array": "Arrays", "object": "Objects", "string": "Strings", "number": "Numbers", "datetime": "Datetimes", "struct": "Structs"}

    def shown(text):
        return "".join(EXAMPLE.findall(text))

    def rows(header):
        return re.findall(r'^  X\((?:(\w+), )?(\w+), "', (ROOT / header).read_text(encoding="utf-8"), re.MULTILINE)

    gaps = [f"{kind}.{name}()" for kind, name in rows("src/bytecode/methods.h")
            if f".{name}(" not in shown(sections[headings[kind]])]
    gaps += [f"{name}()" for _, name in rows("src/bytecode/builtins.h")
             if not name.startswith("__") and not re.search(rf"(?<![.\w]){name}\(", shown(reference))]
    return gaps


def main():
    relay = str(pathlib.Path(sys.argv[1]).resolve())
    total = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for place, text in examples():
            total += 1
            path = pathlib.Path(folder) / f"{total}.rl"
            path.write_text(text.replace("// =>", "// expect:").replace("// error:", "// expect error:"), encoding="utf-8")
            why = run.check(relay, path)
            if why:
                failed += 1
                print(f"{place}: {why}")
    for gap in reference_gaps():
        failed += 1
        total += 1
        print(f"docs/language.md: no example shows {gap}")
    print(f"{total - failed} examples passed, {failed} failed")
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main())
