#!/usr/bin/env python3
"""Builds Relay and runs its tests, stage by stage; ./test calls it once the packages are there.

usage: run_tests.py [quick] [LABEL...]

A failing stage does not stop the later ones that can still run; the summary at the end names each stage, what
it took and what failed in it. Exits 1 if any failed.
"""
import os
import pathlib
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
JOBS = str(os.cpu_count() or 2)
# What is worth its time under a sanitizer: all that runs Relay's own code on many inputs.
SANITIZED_LABELS = ["unit", "fault", "script", "sim", "e2e"]
SANITIZER_ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",
}


class Stage:
    """One line of the summary."""

    def __init__(self, name):
        self.name = name
        self.verdict = "passed"
        self.notes = []
        self.seconds = 0.0


def run(command, **options):
    print("+", " ".join(command), flush=True)
    return subprocess.run(command, cwd=ROOT, **options).returncode


def check_layers(stage):
    if run([sys.executable, "tools/check_layers.py"]) != 0:
        stage.verdict = "FAILED"


def build(stage, preset):
    """Configures and builds a whole preset; what it says is shown as it comes."""
    if run(["cmake", "--preset", preset, "-DRELAY_TESTS=ON"], stdout=subprocess.DEVNULL) != 0:
        stage.verdict = "FAILED"
        stage.notes.append("the configuration failed")
        return
    if run(["cmake", "--build", f"build/{preset}", "--", "-k", "0", "-j", JOBS]) != 0:
        stage.verdict = "FAILED"
        stage.notes.append("the build failed")


def ctest(stage, preset, labels):
    folder = ROOT / "build" / preset
    report = folder / "test-report.xml"
    report.unlink(missing_ok=True)
    command = ["ctest", "--test-dir", str(folder), "-j", JOBS, "--output-on-failure", "--no-tests=error",
               "--output-junit", str(report)]
    if labels:
        command += ["-L", "^(" + "|".join(re.escape(label) for label in labels) + ")$"]
    code = run(command, env={**os.environ, **SANITIZER_ENVIRONMENT})
    if code != 0:
        stage.verdict = "FAILED"
    if report.exists():
        describe_report(stage, report)


def describe_report(stage, report):
    cases = list(xml.parse(report).getroot().iter("testcase"))
    failed = [case for case in cases if case.get("status") == "fail"]
    skipped = [case for case in cases if case.get("status") in ("notrun", "disabled")]
    stage.notes.append(f"{len(cases) - len(failed) - len(skipped)} of {len(cases)} ctest tests passed")
    stage.notes += [f"failed: {case.get('name')}" for case in failed]
    stage.notes += [f"skipped: {case.get('name')}" for case in skipped]


def conformance(stage):
    """The language's own conformance programs, when they lie beside the checkout."""
    runner = ROOT.parent / "shared" / "conformance" / "run.py"
    if not runner.exists():
        stage.verdict = "skipped"
        stage.notes.append(f"there is no {runner}")
        return
    if run([sys.executable, str(runner), str(ROOT / "build" / "release" / "relay")]) != 0:
        stage.verdict = "FAILED"


def timed(name, work, *arguments):
    stage = Stage(name)
    print(f"\n== {name}", flush=True)
    begin = time.monotonic()
    work(stage, *arguments)
    stage.seconds = time.monotonic() - begin
    return stage


def stages_of_preset(preset, labels):
    built = timed(f"build {preset}", build, preset)
    tested = timed(f"test {preset}", ctest, preset, labels)
    return [built, tested]


def summarize(stages):
    print("\n== summary")
    for stage in stages:
        print(f"{stage.verdict:8} {stage.seconds:6.0f} s  {stage.name}")
        for note in stage.notes:
            print(f"{'':20} {note}")
    failed = sum(stage.verdict == "FAILED" for stage in stages)
    print("all passed" if failed == 0 else f"{failed} of {len(stages)} stages failed")
    return 1 if failed else 0


def main(arguments):
    quick = "quick" in arguments
    labels = [argument for argument in arguments if argument != "quick"]
    stages = [timed("layers", check_layers)]
    stages += stages_of_preset("release", labels)
    if not labels:
        stages.append(timed("conformance", conformance))
    if not quick:
        chosen = [label for label in SANITIZED_LABELS if not labels or label in labels]
        for preset in ("asan", "tsan") if chosen else ():
            stages += stages_of_preset(preset, chosen)
    return summarize(stages)


sys.exit(main(sys.argv[1:]))
