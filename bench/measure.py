#!/usr/bin/env python3
"""Runs Relay and what it is compared with in turn, prints medians and ratios, and writes docs/performance.md.

usage: measure.py RELAY ROUNDS [SECTION...]     with sections named, only these are measured and nothing is written
"""
import os
import pathlib
import platform
import sys

from sections import actors, cost, growth, http, links, mesh, vm

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTIONS = {"http": http, "vm": vm, "actors": actors, "mesh": mesh, "links": links, "cost": cost, "growth": growth}


def head(rounds):
    return ["# Performance", "",
            "Written by `bench/run`, which anyone can repeat; do not edit. Medians of "
            f"{rounds} rounds, everything in turn in one run; what counts are the ratios.", "",
            f"Machine: {platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}."]


def main():
    binary, rounds, wanted = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    lines = head(rounds)
    plots = None if wanted else ROOT / "docs" / "plots"
    for name in wanted or SECTIONS:
        more = {"plots": plots} if name == "growth" else {}
        section = SECTIONS[name].measure(binary, rounds, **more)
        print("\n".join(section), flush=True)
        lines += ["", *section]
    if not wanted:
        (ROOT / "docs" / "performance.md").write_text("\n".join(lines) + "\n")


main()
