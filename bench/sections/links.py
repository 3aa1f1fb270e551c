"""What links cost a node that does nothing else, and what a slow peer costs the others."""
import pathlib
import resource
import subprocess
import sys
import time
from contextlib import ExitStack

from process import relay, wait_until
from sections.mesh import HERE, Line
from table import in_turn, table
from targets import at_most

FOREIGN, RELAYS = 2_000, 64
STEPS = (32, 64, 128)  # Relay nodes at which memory is looked at
IDLE_SECONDS = 10
SETTLE_SECONDS = 5  # until all know all
SLOW_BYTES = 65536


class ForeignPeers:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([sys.executable, str(HERE / "foreign_peers.py"), *map(str, arguments)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def wait_linked(self):
        if self.process.stdout.readline() != "linked\n":
            raise SystemExit("the foreign peers were not linked")


def percent_of_core(node, seconds):
    before = node.cpu_seconds()
    time.sleep(seconds)
    return (node.cpu_seconds() - before) / seconds * 100


def links_of(node):
    """Sockets of the process, the listening one left out."""
    return sum(1 for entry in pathlib.Path(f"/proc/{node.process.pid}/fd").iterdir() if "socket" in str(entry.readlink())) - 1


def add_nodes(binary, stack, hub, numbers):
    for number in numbers:
        stack.enter_context(relay(binary, HERE / "target.rl", "-node-id", f"r{number}", "-workers", "1", "-add-peer",
                                  f"http://127.0.0.1:{hub.port}"))


def idle_links(binary):
    """Rows: KiB of a foreign link, and what all links together take of a core."""
    rows = []
    with ExitStack() as stack:
        hub = stack.enter_context(relay(binary, HERE / "target.rl", "-node-id", "hub", "-workers", "1"))
        alone = hub.resident_bytes()
        foreign = stack.enter_context(ForeignPeers("idle", hub.port, FOREIGN))
        foreign.wait_linked()
        time.sleep(SETTLE_SECONDS)
        rows.append([f"{FOREIGN:,} foreign peers", (hub.resident_bytes() - alone) / FOREIGN / 1024, percent_of_core(hub, IDLE_SECONDS)])
        add_nodes(binary, stack, hub, range(RELAYS))
        wait_until(lambda: links_of(hub) >= FOREIGN + RELAYS, f"{RELAYS} nodes are linked")
        time.sleep(SETTLE_SECONDS)
        rows.append([f"and {RELAYS} Relay nodes", None, percent_of_core(hub, IDLE_SECONDS)])
    return rows


def relay_links(binary):
    """Rows: KiB that a Relay node more adds to the hub that it is linked to and to a node that only has it on its map; the difference."""
    rows = []
    with ExitStack() as stack:
        far = stack.enter_context(relay(binary, HERE / "target.rl", "-node-id", "far", "-workers", "1"))
        hub = stack.enter_context(relay(binary, HERE / "target.rl", "-node-id", "hub", "-workers", "1", "-add-peer",
                                        f"http://127.0.0.1:{far.port}"))
        count, before = 0, None
        for step in STEPS:
            add_nodes(binary, stack, hub, range(count, step))
            wait_until(lambda links=step + 1: links_of(hub) >= links, f"{step} nodes are linked")
            time.sleep(SETTLE_SECONDS)
            now = (hub.resident_bytes(), far.resident_bytes())
            if before is not None:
                linked, known = ((after - then) / (step - count) / 1024 for after, then in zip(now, before))
                rows.append([f"{count} to {step}", linked, known, linked - known])
            count, before = step, now
    return rows


def beside_a_slow_peer(binary, rounds):
    with Line(binary, 1) as line:
        def disturbed():
            with ForeignPeers("slow", line.nodes[0].port, SLOW_BYTES) as slow:
                slow.wait_linked()
                return line.call("n1", 20_000)

        return in_turn(rounds, {"alone": lambda: line.call("n1", 20_000), "beside it": disturbed})


def with_one_digit(rows):
    return [[name, *("" if figure is None else f"{figure:.1f}" for figure in figures)] for name, *figures in rows]


def measure(binary, rounds):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    idle = idle_links(binary)
    nodes = relay_links(binary)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    slow = [[name, f"{row['p50']:.0f}", f"{row['p99']:.0f}"] for name, row in beside_a_slow_peer(binary, rounds).items()]
    return ["## Links", "", "A node with one worker whose peers send nothing but pongs:", "",
            *table(["", "KiB a link", "% of a core, idle"], with_one_digit(idle)), "",
            "A link to another Relay node: what each node more adds to the hub that it is linked to, and to a node behind that hub, which "
            "has it on its map only; the difference is the link:", "",
            *table(["Relay nodes", "KiB a node, hub", "KiB a node, map only", "KiB a link"], with_one_digit(nodes)), "",
            f"A neighbour's calls, one at a time, while another peer asks for echoes of {SLOW_BYTES // 1024} KiB and reads none:", "",
            *table(["", "p50 us", "p99 us"], slow)], [
                at_most("KiB an idle link to a foreign peer", idle[0][1], 16, "{:.1f}"),
                at_most("KiB an idle link to a Relay node", max(link for *_, link in nodes), 16, "{:.1f}")]
