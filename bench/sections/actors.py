"""Messages inside one node, and handlers that sleep."""
import json
import pathlib
import subprocess
import tempfile
from contextlib import ExitStack

from process import relay, wait_until
from table import in_turn, table

ROUND_TRIP = pathlib.Path(__file__).resolve().parent.parent / "actors" / "round_trip.rl"
NODES, SLEEPERS = 2, 50_000  # a program may have 65,000 functions


def round_trip(binary, workers):
    said = subprocess.run([binary, str(ROUND_TRIP), "-workers", str(workers)], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def settle(node):
    """Until the node has run its program and rests."""
    last = 0

    def is_settled():
        nonlocal last
        before, last = last, node.cpu_seconds()
        return before == last and node.is_healthy()

    wait_until(is_settled, "the program has run", pause=0.2)


def resident_with(binary, folder, text, nodes=1):
    """Bytes of so many nodes together that have run this program and print nothing more."""
    program = folder / "program.rl"
    program.write_text(text)
    with ExitStack() as stack:
        started = [stack.enter_context(relay(binary, program, "-workers", "1", "-drain", "0", "-notify-timeout", "600"))
                   for _ in range(nodes)]
        for node in started:
            settle(node)
        return sum(node.resident_bytes() for node in started)


def measure(binary, rounds):
    rates = in_turn(rounds, {workers: lambda n=workers: round_trip(binary, n) for workers in (1, 2)})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        sleepers = "".join(f"server s{i} {{ receive fn nap() {{ sleep(600) }} }}\n" for i in range(SLEEPERS))
        naps = f'for i in range({SLEEPERS}) {{ notify("s" + string(i), "nap") }}\n'
        awake, asleep = (resident_with(binary, folder, text, NODES) / NODES / SLEEPERS for text in (sleepers, sleepers + naps))
    rows = [[f"`-workers {workers}`", f"{row['one']:,.0f}", f"{row['eight']:,.0f}"] for workers, row in rates.items()]
    return ["## Actors", "", "Messages a second that a server sends to another of the same node, each awaited:", "",
            *table(["", "one to one", "eight to one"], rows), "",
            f"{NODES} nodes of {SLEEPERS:,} servers, each with a handler that sleeps: {asleep / 1024:.2f} KiB each, of which "
            f"{(asleep - awake) / 1024:.2f} KiB are the handler that sleeps."], []
