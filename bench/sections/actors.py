"""Messages inside one node, and handlers that sleep."""
import json
import pathlib
import subprocess
import tempfile

from process import relay, wait_until
from table import in_turn, table

ROUND_TRIP = pathlib.Path(__file__).resolve().parent.parent / "actors" / "round_trip.rl"
SLEEPERS = 50_000  # a program may have 65,000 functions


def round_trip(binary, workers):
    said = subprocess.run([binary, str(ROUND_TRIP), "-workers", str(workers)], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def resident_with(binary, folder, text):
    """Bytes of a node that has run this program and prints nothing more."""
    program = folder / "program.rl"
    program.write_text(text)
    with relay(binary, program, "-workers", "1", "-drain", "0") as node:
        last = 0

        def is_settled():
            nonlocal last
            before, last = last, node.cpu_seconds()
            return before == last and node.is_healthy()

        wait_until(is_settled, "the program has run", pause=0.2)
        return node.resident_bytes()


def measure(binary, rounds):
    rates = in_turn(rounds, {workers: lambda n=workers: round_trip(binary, n) for workers in (1, 2)})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        sleepers = "".join(f"server s{i} {{ receive fn nap() {{ sleep(600) }} }}\n" for i in range(SLEEPERS))
        awake = resident_with(binary, folder, sleepers)
        asleep = resident_with(binary, folder, sleepers + f'for i in range({SLEEPERS}) {{ notify("s" + string(i), "nap") }}\n')
    rows = [[f"`-workers {workers}`", f"{row['one']:,.0f}", f"{row['eight']:,.0f}"] for workers, row in rates.items()]
    return ["## Actors", "", "Messages a second that a server sends to another of the same node, each awaited:", "",
            *table(["", "one to one", "eight to one"], rows), "",
            f"{SLEEPERS:,} servers, each with a handler that sleeps: {asleep / SLEEPERS / 1024:.2f} KiB each, of which "
            f"{(asleep - awake) / SLEEPERS / 1024:.2f} KiB are the handler that sleeps."]
