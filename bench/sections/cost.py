"""What a node costs before it does anything."""
import json
import pathlib
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

from process import relay
from sections.actors import resident_with, settle
from sections.http import INCREMENT, PROGRAM
from sections.links import ForeignPeers
from table import table
from targets import at_most

CONNECTIONS, LINKS = 1_000, 500
SERVERS = 10_000
SIZES = (10, 100, 1_000)


def many_servers(count):
    return "".join(f"server s{i} {{ state {{ n: number = 0 }} receive fn get() {{ state.n }} }}\n" for i in range(count))


def many_fields(count):
    fields = ", ".join(f"f{i}: number = {i}" for i in range(count))
    return f"server wide {{ state {{ {fields} }} receive fn get() {{ state.f0 }} }}\n"


def first_answer_ms(binary, program):
    begin = time.monotonic()
    with relay(binary, program) as node:
        request = urllib.request.Request(f"http://127.0.0.1:{node.port}/rpc", INCREMENT.encode(),
                                         {"Content-Type": "application/json"})
        answer = json.load(urllib.request.urlopen(request, timeout=10))
        took = (time.monotonic() - begin) * 1000
    if answer.get("result") != 1:
        raise SystemExit(f"the first increment gave {answer}")
    return took


def bytes_of_links(node):
    """Resident bytes that each of many peers adds whose link is idle."""
    before = node.resident_bytes()
    with ForeignPeers("idle", node.port, LINKS) as peers:
        peers.wait_linked()
        settle(node)
        return (node.resident_bytes() - before) / LINKS


def bytes_of_connections(node):
    """Resident bytes that each of many connections adds that has been answered once and is idle."""
    before = node.resident_bytes()
    request = (f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{node.port}\r\nContent-Type: application/json\r\n"
               f"Content-Length: {len(INCREMENT)}\r\n\r\n{INCREMENT}").encode()
    sockets = []
    for _ in range(CONNECTIONS):
        client = socket.create_connection(("127.0.0.1", node.port))
        client.sendall(request)
        if b"200 OK" not in client.recv(4096):
            raise SystemExit("an increment was not answered")
        sockets.append(client)
    after = node.resident_bytes()
    for client in sockets:
        client.close()
    return (after - before) / CONNECTIONS


GROWN_COLUMNS = ["", "start to first answer ms", "resident MiB", "KiB an idle connection", "KiB an idle link"]


def growth(binary, folder, rounds, what, extra):
    """Rows: how each cost grows with what a program defines beside the counter."""
    rows = []
    for size in SIZES:
        program = folder / "grown.rl"
        program.write_text(PROGRAM + extra(size))
        start = statistics.median(first_answer_ms(binary, program) for _ in range(max(rounds, 3)))
        resident = resident_with(binary, folder, PROGRAM + extra(size))
        with relay(binary, program, "-max-connections", str(2 * CONNECTIONS)) as node:
            connection = bytes_of_connections(node)
        with relay(binary, program) as node:
            link = bytes_of_links(node)
        rows.append([f"{size:,} {what}", f"{start:.1f}", f"{resident / 2**20:.1f}", f"{connection / 1024:.1f}", f"{link / 1024:.1f}"])
    return rows


def measure(binary, rounds):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = folder / "counter.rl"
        program.write_text(PROGRAM)
        starts = [first_answer_ms(binary, program) for _ in range(max(rounds, 5))]
        with relay(binary, program, "-max-connections", str(2 * CONNECTIONS)) as node:
            idle = node.resident_bytes()
            connection = bytes_of_connections(node)
        few, many = (resident_with(binary, folder, many_servers(count)) for count in (10, SERVERS))
        server = (many - few) / (SERVERS - 10)
        grown = [*growth(binary, folder, rounds, "servers", many_servers),
                 *growth(binary, folder, rounds, "state fields", many_fields)]
        stripped = folder / "relay"
        subprocess.run(["strip", "-o", str(stripped), binary], check=True)
        binary_bytes = stripped.stat().st_size
    return ["## Cost", "", *table(["", ""], [
        ["start to first answer", f"{statistics.median(starts):.1f} ms"],
        ["resident, idle", f"{idle / 2**20:.1f} MiB"],
        ["an idle HTTP connection", f"{connection / 1024:.1f} KiB"],
        ["an idle server", f"{server / 1024:.2f} KiB"],
        ["the binary, stripped", f"{binary_bytes / 2**20:.1f} MiB"]]),
            "", "A program with so much more in it:", "",
            *table(GROWN_COLUMNS, grown)], [
                at_most("ms from start to first answer", statistics.median(starts), 15, "{:.1f}"),
                at_most("MiB resident, idle", idle / 2**20, 12, "{:.1f}"),
                at_most("KiB an idle HTTP connection", connection / 1024, 6, "{:.1f}"),
                at_most("KiB an idle server", server / 1024, 1)]
