#!/usr/bin/env python3
"""Checks the form of the sources that a compiler does not see.

usage: check_layers.py [ROOT]

- src/LAYERS: a module names only modules of a lower level.
- Every `#include "module/file.h"` of src/ names a file that exists, of the own module or of one that
  src/LAYERS allows; the CMakeLists.txt of a module links none that it does not allow.
- Only base uses the standard mutexes; simdjson and spdlog stay where src/LAYERS' table puts them.
- A header begins with #pragma once; no file is longer than its limit; each module has a README of at most 20 lines.

Prints one line for each violation, as PATH:LINE: WHAT, and exits 1 if there is any.
"""
import pathlib
import re
import sys

MAX_LINES = 600
LONGER_FILES = {"src/vm/interpreter.cc": 800, "src/lang/parser.cc": 800}
MAX_README_LINES = 20
SOURCE_FOLDERS = ["src", "include", "tests", "tools", "bench", "fuzz"]
SOURCE_SUFFIXES = {".h", ".cc", ".py", ".sh"}
# An include of what matches the pattern is allowed only in these modules.
RESERVED_INCLUDES = [
    (re.compile(r"<(mutex|shared_mutex|condition_variable)>"), {"base"}, "use base/guarded.h"),
    (re.compile(r"<spdlog/"), {"base"}, "use base/log.h"),
    (re.compile(r"<simdjson"), {"value"}, "use value/json_reader.h"),
    (re.compile(r"<boost/(asio|beast)"), {"net", "http", "mesh", "node", "cli", "client"}, "sockets live in net and above"),
]
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|(<[^>]+>))')


class Layers:
    """The table of src/LAYERS: `level module allowed...`, where `*` stands for all modules of lower levels."""

    def __init__(self, path):
        self.level = {}
        self.allowed = {}
        self.faults = []
        rows = []
        for number, line in enumerate(path.read_text().splitlines(), 1):
            words = line.split("#")[0].split()
            if words:
                rows.append((number, int(words[0]), words[1], words[2:]))
                self.level[words[1]] = int(words[0])
        for number, level, module, names in rows:
            lower = {other for other, height in self.level.items() if height < level}
            self.allowed[module] = lower if names == ["*"] else set(names)
            for name in sorted(self.allowed[module] - lower):
                self.faults.append(f"src/LAYERS:{number}: {module} may not use {name}: it is not of a lower level")


def check_includes(root, layers):
    for path in sorted((root / "src").glob("*/**/*")):
        if path.suffix not in (".h", ".cc"):
            continue
        module = path.relative_to(root / "src").parts[0]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                where = f"{path.relative_to(root)}:{number}"
                yield from check_include(root, layers, where, module, match)


def check_include(root, layers, where, module, match):
    quoted, angled = match.groups()
    if angled:
        for pattern, modules, instead in RESERVED_INCLUDES:
            if pattern.match(angled) and module not in modules:
                yield f"{where}: {module} may not include {angled}: {instead}"
        return
    target = quoted.split("/")[0]
    is_public = (root / "include" / quoted).is_file()
    if not (root / "src" / quoted).is_file() and not is_public:
        yield f'{where}: there is no "{quoted}" (includes are written from src/)'
    elif not is_public and target != module and target not in layers.allowed.get(module, set()):
        yield f"{where}: {module} may not include {target} (src/LAYERS)"


def check_modules(root, layers):
    """Each folder of src/ is in the table, links only what it may, and says in a README what it is."""
    for lists in sorted((root / "src").glob("*/CMakeLists.txt")):
        module = lists.parent.name
        where = lists.relative_to(root)
        if module not in layers.level:
            yield f"{where}:1: module {module} is not in src/LAYERS"
            continue
        yield from check_links(where, lists.read_text(), module, layers)
        yield from check_readme(root, lists.parent / "README.md")


def check_links(where, text, module, layers):
    match = re.search(r"relay_module\(\s*\w+\s+MODULES\s+([^)]*)", text)
    names = match.group(1).split("LIBRARIES")[0].split() if match else []
    for name in names:
        if name not in layers.allowed[module]:
            yield f"{where}:1: {module} may not link {name} (src/LAYERS)"


def check_readme(root, path):
    where = path.relative_to(root)
    if not path.is_file():
        yield f"{where}:1: a module says in a README.md what it is"
        return
    lines = len(path.read_text().splitlines())
    if lines > MAX_README_LINES:
        yield f"{where}:{lines}: {lines} lines; a module's README has at most {MAX_README_LINES}"


def check_files(root):
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).glob("**/*")):
            is_generated = "node_modules" in path.parts
            if path.suffix in SOURCE_SUFFIXES and path.is_file() and not is_generated:
                yield from check_file(path, str(path.relative_to(root)))


def check_file(path, where):
    lines = path.read_text().splitlines()
    limit = LONGER_FILES.get(where, MAX_LINES)
    if len(lines) > limit:
        yield f"{where}:{len(lines)}: {len(lines)} lines; the limit is {limit}"
    if path.suffix == ".h" and (not lines or lines[0] != "#pragma once"):
        yield f"{where}:1: a header begins with #pragma once"


def violations(root):
    layers = Layers(root / "src" / "LAYERS")
    yield from layers.faults
    yield from check_includes(root, layers)
    yield from check_modules(root, layers)
    yield from check_files(root)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    found = list(violations(root))
    for line in found:
        print(line)
    print(f"layers: {len(found)} violations" if found else "layers: fine")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
