#!/usr/bin/env python3
"""Runs Relay and what it is compared with in turn, prints medians and ratios, and writes docs/performance.md.

usage: measure.py RELAY ROUNDS [SECTION...]     with sections named, only these are measured and nothing is written
"""
import argparse
import os
import pathlib
import platform
import shutil

import targets
from sections import actors, cost, growth, http, links, mesh, vm

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTIONS = {"http": http, "vm": vm, "actors": actors, "mesh": mesh, "links": links, "cost": cost, "growth": growth}
TOOLS = ("wrk", "nginx", "lua5.4", "erl", "erlc", "epmd", "strip")


def positive(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text} is no number of rounds")
    return int(text)


def arguments():
    parser = argparse.ArgumentParser(description="Measures Relay beside nginx, lua5.4 and Erlang.")
    parser.add_argument("relay", type=pathlib.Path)
    parser.add_argument("rounds", type=positive)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all, unless told")
    told = parser.parse_args()
    for name in told.sections:
        if name not in SECTIONS:
            parser.error(f"there is no section {name}, only {', '.join(SECTIONS)}")
    if not os.access(told.relay, os.X_OK) or told.relay.is_dir():
        parser.error(f"{told.relay} is no binary of Relay")
    return told


def find_tools():
    # Debian keeps nginx where only root looks.
    os.environ["PATH"] += os.pathsep + os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin"))
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise SystemExit(f"bench: not found: {', '.join(missing)}; tools/packages.txt says in which packages of Debian they are")


def head(rounds):
    return ["# Performance", "",
            "Written by `bench/run`, which anyone can repeat; do not edit. Medians of "
            f"{rounds} rounds, everything in turn in one run; what counts are the ratios.", "",
            f"Machine: {platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}."]


def main():
    told = arguments()
    find_tools()
    lines, reached = [], []
    plots = None if told.sections else ROOT / "docs" / "plots"
    for name in told.sections or SECTIONS:
        more = {"plots": plots} if name == "growth" else {}
        section, of_section = SECTIONS[name].measure(str(told.relay.resolve()), told.rounds, **more)
        print("\n".join(section), flush=True)
        lines += ["", *section]
        reached += of_section
    summary = targets.report(reached)
    print("\n".join(["", *summary]))
    if not told.sections:
        (ROOT / "docs" / "performance.md").write_text("\n".join([*head(told.rounds), "", *summary, *lines]) + "\n")


main()
