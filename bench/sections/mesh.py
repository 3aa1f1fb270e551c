"""Calls between nodes beside Erlang's distribution, and what each hop adds."""
import json
import os
import pathlib
import subprocess
import tempfile
from contextlib import ExitStack

from process import Process, free_port, relay
from table import in_turn, table
from targets import at_least

HERE = pathlib.Path(__file__).resolve().parent.parent / "mesh"
CALLS = 20_000
HOP_CALLS = 5_000


class Line:
    """Nodes n1, n2, ... of which each dials the one before; a caller joins at n1."""

    def __init__(self, binary, length):
        self.binary = binary
        self.stack = ExitStack()
        self.nodes = []
        for number in range(1, length + 1):
            peers = ["-add-peer", f"http://127.0.0.1:{self.nodes[-1].port}"] if self.nodes else []
            self.nodes.append(self.stack.enter_context(
                relay(binary, HERE / "target.rl", "-node-id", f"n{number}", "-workers", "1", *peers)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    def caller(self, node, calls, size=0):
        return [self.binary, str(HERE / "caller.rl"), "-workers", "1", "-log-level", "off",
                "-add-peer", f"http://127.0.0.1:{self.nodes[0].port}", node, str(calls), str(size)]

    def call(self, node, calls, size=0):
        return json.loads(subprocess.run(self.caller(node, calls, size), capture_output=True, text=True, check=True).stdout)

    def call_by_two(self, node, calls):
        """What two callers at the same time are answered a second, 64 at once each."""
        callers = [subprocess.Popen(self.caller(node, calls), stdout=subprocess.PIPE, text=True) for _ in range(2)]
        said = [json.loads(caller.communicate()[0]) for caller in callers]
        seconds = max(one["many_end"] for one in said) - min(one["many_begin"] for one in said)
        return sum(one["many_calls"] for one in said) / seconds

    def measure_hops(self, number):
        node = f"n{number}"
        return {**self.call(node, HOP_CALLS), "by_two": self.call_by_two(node, HOP_CALLS)}


class Erlang:
    """A node of Erlang on loopback with its own name server."""

    def __init__(self, folder):
        self.folder = folder
        subprocess.run(["erlc", "-o", str(folder), str(HERE / "relay_bench.erl")], check=True)
        self.port = free_port()
        self.environment = {**os.environ, "ERL_EPMD_PORT": str(self.port), "HOME": str(folder),
                            "ERL_CRASH_DUMP": str(folder / "crash")}
        self.names = Process(["epmd", "-port", str(self.port), "-address", "127.0.0.1"], self.port)
        self.target = subprocess.Popen(self.command("target", "relay_bench:serve()."), env=self.environment,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.target.terminate()
        self.target.wait(20)
        self.names.end()

    def command(self, name, text):
        return ["erl", "-noshell", "-start_epmd", "false", "-name", f"{name}@127.0.0.1", "-setcookie", "bench",
                "-pa", str(self.folder), "-kernel", "inet_dist_use_interface", "{127,0,0,1}", "-eval", text]

    def call(self, calls):
        text = f"relay_bench:measure('target@127.0.0.1', {calls}), halt()."
        said = subprocess.run(self.command("caller", text), env=self.environment, capture_output=True, text=True,
                              check=True).stdout
        return json.loads(said)


def measure(binary, rounds):
    with tempfile.TemporaryDirectory() as name, Line(binary, 3) as line, Erlang(pathlib.Path(name)) as erlang:
        beside = in_turn(rounds, {"relay": lambda: line.call("n1", CALLS), "erlang": lambda: erlang.call(CALLS)})
        hops = in_turn(rounds, {number: lambda hops=number: line.measure_hops(hops) for number in (1, 2, 3)})
        sizes = in_turn(rounds, {size: lambda bytes_=size: line.call("n1", 2_000, bytes_) for size in (1024, 65536)})
    return report(beside, hops, sizes)


def report(beside, hops, sizes):
    ours, theirs = beside["relay"], beside["erlang"]

    def against(name, ours_at, theirs_at, bare_at):
        return [name, f"{ours[ours_at]:,.0f}", f"{theirs[theirs_at]:,.0f}", f"{ours[ours_at] / theirs[theirs_at]:.2f}",
                f"{theirs[bare_at]:,.0f}", f"{ours[ours_at] / theirs[bare_at]:.2f}"]

    hop_rows = [[number, f"{row['one']:,.0f}", f"{row['many']:,.0f}", f"{row['by_two']:,.0f}", f"{row['p50']:.0f}",
                 f"{row['p99']:.0f}", *(f"{row[at] - hops[number - 1][at]:.0f}" if number > 1 else "" for at in ("p50", "p99"))] for number, row in hops.items()]
    size_rows = [[f"{size // 1024} KiB", f"{row['one']:,.0f}", f"{row['many']:,.0f}",
                  f"{row['many'] * size * 2 / 1e6:,.0f}"] for size, row in sizes.items()]
    return ["## Between nodes", "",
            "Increments of a counter on another node over loopback, in a loop of a Relay program, against the same in Erlang: "
            "`gen_server:call`, at 64 at once the better of 64 processes and of `send_request`; and bare messages with a "
            "reference, which notice no failure.", "",
            *table(["", "Relay a second", "gen_server", "ratio", "bare messages", "ratio"],
                   [against("one at a time", "one", "one", "bare_one"),
                    against("64 at once (`message_all`)", "many", "many", "bare_many")]), "",
            "Along a line of nodes, each with one worker, all on this machine. 64 calls go from node to node together, so that one core at a "
            "time works for a caller; two callers show what the nodes can do:", "",
            *table(["hops", "one at a time", "64 at once", "by two callers", "p50 us", "p99 us", "added at p50", "added at p99"], hop_rows), "",
            "Strings to the neighbour and back:", "",
            *table(["size", "one at a time", "64 at once", "MB a second, both ways"], size_rows)], [
                at_least("calls between nodes, one at a time, of Erlang's rate", ours["one"] / theirs["one"], 1.5),
                at_least("calls between nodes, 64 at once, of Erlang's rate", ours["many"] / theirs["many"], 1.5),
                at_least("calls a second over three hops, 64 at once", hops[3]["many"], 50_000, "{:,.0f}")]
