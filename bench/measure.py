#!/usr/bin/env python3
"""Runs Relay and what it is compared with in turn, prints medians and ratios, and writes docs/performance.md.

usage: measure.py RELAY ROUNDS
"""
import json
import os
import pathlib
import platform
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 4  # of load a measurement
TICKS = os.sysconf("SC_CLK_TCK")

COUNTER = """server counter {
  state { count: number = 0 }
  receive fn increment(by: optional(number)) -> number {
    state.set("count", state.get("count") + (by ?? 1))
    state.get("count")
  }
}
"""
INCREMENT = '{"jsonrpc":"2.0","method":"counter.increment","id":1}'
ANSWER = '{"jsonrpc":"2.0","result":1000000,"id":1}'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.001)
    raise SystemExit(f"nothing listens on port {port}")


class Process:
    """A server under load: started on a free port, ended by its id."""

    def __init__(self, command, port, worker_of=lambda pid: pid):
        self.port = port
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(port)
        self.worker = worker_of(self.process.pid)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.worker}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mib(self):
        status = pathlib.Path(f"/proc/{self.worker}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait(20)


def relay(binary, folder, *flags):
    program = folder / "counter.rl"
    program.write_text(COUNTER)
    port = free_port()
    return Process([binary, str(program), "-server", "-host", "127.0.0.1", "-port", str(port),
                    "-log-level", "off", *flags], port)


def nginx(folder):
    """One worker that answers each POST with as many bytes as an increment gets."""
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(f"""daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; default_type application/json; location / {{ return 200 '{ANSWER}'; }} }} }}
""")

    def worker(pid):
        return int(pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    return Process(["nginx", "-c", str(config), "-p", str(folder)], port, worker)


def wrk(server, folder, body, connections=64):
    """Requests a second, CPU microseconds a request of the serving process, p50 and p99 in milliseconds."""
    script = folder / "post.lua"
    script.write_text("wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n"
                      f"wrk.body = [==[{body}]==]\n")
    before = server.cpu_seconds()
    out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", "-s", str(script),
                          f"http://127.0.0.1:{server.port}/rpc"], capture_output=True, text=True, check=True).stdout
    used = server.cpu_seconds() - before
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit("wrk met errors:\n" + out)

    def latency(percent):
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", out).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "cpu": used / requests * 1e6, "p50": latency(50), "p99": latency(99)}


def medians(samples):
    return {key: statistics.median(sample[key] for sample in samples) for key in samples[0]}


def measure_http(binary, rounds):
    batch = "[" + ",".join([INCREMENT] * 100) + "]"
    rows = {"nginx `return 200`": [], "increment, `-workers 1`": [], "increment, `-workers 2`": [],
            "batch of 100 increments, `-workers 1`": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        one, two, other = relay(binary, folder, "-workers", "1"), relay(binary, folder, "-workers", "2"), nginx(folder)
        try:
            for _ in range(rounds):
                rows["nginx `return 200`"].append(wrk(other, folder, INCREMENT))
                rows["increment, `-workers 1`"].append(wrk(one, folder, INCREMENT))
                rows["increment, `-workers 2`"].append(wrk(two, folder, INCREMENT))
                rows["batch of 100 increments, `-workers 1`"].append(wrk(one, folder, batch, 8))
        finally:
            for server in (one, two, other):
                server.end()
    return {name: medians(samples) for name, samples in rows.items()}


def cpu_of(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime), out


def measure_vm(binary, rounds):
    rows = {}
    for program in sorted((HERE / "vm").glob("*.rl")):
        times = {"relay": [], "lua": []}
        for _ in range(rounds):
            seconds, said = cpu_of([binary, str(program)])
            times["relay"].append(seconds)
            lua_seconds, lua_said = cpu_of(["lua5.4", str(program.with_suffix(".lua"))])
            times["lua"].append(lua_seconds)
            if said != lua_said:
                raise SystemExit(f"{program.name}: Relay says {said!r}, Lua {lua_said!r}")
        rows[program.stem] = (statistics.median(times["relay"]), statistics.median(times["lua"]))
    return rows


def measure_cost(binary, rounds):
    """Milliseconds from exec to the first answer, and resident MiB when idle."""
    starts, sizes = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for _ in range(max(rounds, 5)):
            begin = time.monotonic()
            server = relay(binary, folder)
            request = urllib.request.Request(f"http://127.0.0.1:{server.port}/rpc", INCREMENT.encode(),
                                             {"Content-Type": "application/json"})
            answer = json.load(urllib.request.urlopen(request, timeout=10))
            starts.append((time.monotonic() - begin) * 1000)
            if answer.get("result") != 1:
                raise SystemExit(f"the first increment gave {answer}")
            sizes.append(server.resident_mib())
            server.end()
    return statistics.median(starts), statistics.median(sizes)


def report(http, vm, cost, rounds):
    base = http["nginx `return 200`"]
    lines = ["# Performance", "",
             "Written by `bench/run`, which anyone can repeat; do not edit. Medians of "
             f"{rounds} rounds, everything in turn in one run; what counts are the ratios.", "",
             f"Machine: {platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}.", "",
             "## HTTP", "",
             "`wrk -t1 -c64` (batches: `-c8`), JSON-RPC increments of one server's counter. nginx, one worker, gets the "
             "same POST and answers as many bytes.", "",
             "| | a second | of nginx | CPU us a request | of nginx | p50 ms | p99 ms |", "|---|---|---|---|---|---|---|"]
    for name, row in http.items():
        lines.append(f"| {name} | {row['rate']:,.0f} | {row['rate'] / base['rate']:.2f} | {row['cpu']:.2f} | "
                     f"{row['cpu'] / base['cpu']:.2f} | {row['p50']:.2f} | {row['p99']:.2f} |")
    batch = http["batch of 100 increments, `-workers 1`"]
    lines += ["", f"In batches of 100 one core answers {batch['rate'] * 100:,.0f} calls a second while it shares the machine "
              f"with wrk; by its own CPU time, {1e6 / (batch['cpu'] / 100):,.0f} calls a second and core.", "",
              "## The virtual machine", "", "CPU time of a whole process beside `lua5.4`; each pair of programs in "
              "`bench/vm/` does the same work and prints the same. Below 1.00 Relay is faster.", "",
              "| program | Relay s | Lua s | ratio |", "|---|---|---|---|"]
    ratios = []
    for name, (relay_seconds, lua_seconds) in vm.items():
        ratios.append(relay_seconds / lua_seconds)
        lines.append(f"| {name} | {relay_seconds:.2f} | {lua_seconds:.2f} | {ratios[-1]:.2f} |")
    lines += [f"| geometric mean | | | {statistics.geometric_mean(ratios):.2f} |", "", "## Cost", "",
              "| | |", "|---|---|", f"| start to first answer | {cost[0]:.1f} ms |", f"| resident, idle | {cost[1]:.1f} MiB |"]
    return "\n".join(lines) + "\n"


def main():
    binary, rounds = sys.argv[1], int(sys.argv[2])
    text = report(measure_http(binary, rounds), measure_vm(binary, rounds), measure_cost(binary, rounds), rounds)
    print(text)
    (HERE.parent / "docs" / "performance.md").write_text(text)


main()
