"""The virtual machine beside lua5.4."""
import pathlib
import resource
import statistics
import subprocess

from table import table
from targets import at_most

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "vm"


def cpu_of(command):
    """CPU seconds of a whole process, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime), out


def measure(binary, rounds):
    rows, ratios, without_json = [], [], []
    for program in sorted(PROGRAMS.glob("*.rl")):
        ours, theirs = [], []
        for _ in range(rounds):
            seconds, said = cpu_of([binary, str(program)])
            lua_seconds, lua_said = cpu_of(["lua5.4", str(program.with_suffix(".lua"))])
            if said != lua_said:
                raise SystemExit(f"{program.name}: Relay says {said!r}, Lua {lua_said!r}")
            ours.append(seconds)
            theirs.append(lua_seconds)
        relay_seconds, lua_seconds = statistics.median(ours), statistics.median(theirs)
        ratios.append(relay_seconds / lua_seconds)
        if program.stem != "json":
            without_json.append(ratios[-1])
        rows.append([program.stem, f"{relay_seconds:.2f}", f"{lua_seconds:.2f}", f"{ratios[-1]:.2f}"])
    rows.append(["geometric mean", "", "", f"{statistics.geometric_mean(ratios):.2f}"])
    rows.append(["the same without json, which Lua does in Lua", "", "", f"{statistics.geometric_mean(without_json):.2f}"])
    return ["## The virtual machine", "",
            "CPU time of a whole process beside `lua5.4`; each pair of programs in `bench/vm/` does the same work and prints "
            "the same. Below 1.00 Relay is faster.", "",
            *table(["program", "Relay s", "Lua s", "ratio"], rows)], [
                at_most("programs: time, of Lua's, geometric mean", statistics.geometric_mean(ratios), 1),
                at_most("programs: time, of Lua's, the slowest", max(ratios), 2)]
