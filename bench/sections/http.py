"""JSON-RPC over HTTP beside nginx."""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import tempfile
import urllib.request

from process import Process, free_port, on_core, relay, wait_until
from table import Failed, in_turn, table
from targets import Target, at_least, at_most

SECONDS = 3  # of load a measurement
# Who serves and who loads have a core of their own. Left to the system, both are on one core for a part of the time, another
# part in each run.
SERVER, LOAD = 0, 1

PROGRAM = """server counter {
  state { count: number = 0 }
  receive fn increment(by: optional(number)) -> number {
    state.set("count", state.get("count") + (by ?? 1))
    state.get("count")
  }
  receive fn echo(value) { value }
}
"""
INCREMENT = '{"jsonrpc":"2.0","method":"counter.increment","id":1}'
ANSWER = '{"jsonrpc":"2.0","result":1000000,"id":1}'


def echo_of(size):
    return '{"jsonrpc":"2.0","method":"counter.echo","params":["' + "x" * size + '"],"id":1}'


def answer_of(size):
    return '{"jsonrpc":"2.0","result":"' + "x" * size + '","id":1}'


def nginx(folder, name, answer, workers=1, core=None):
    """So many workers that answer each POST with these bytes."""
    port = free_port()
    home = folder / name
    home.mkdir()
    config = home / "nginx.conf"
    # A word of its configuration may have 4 KiB: longer answers are put together.
    run = "x" * 2048
    parts = answer.replace(run, "$x")
    variable = f"set $x '{run}'; " if parts != answer else ""
    config.write_text(f"""daemon off; worker_processes {workers}; pid {home}/nginx.pid; error_log /dev/null;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; client_max_body_size 1m; client_body_buffer_size 1m;
  client_body_temp_path {home}/body; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u;
  scgi_temp_path {home}/s;
  server {{ listen 127.0.0.1:{port} backlog=4096; default_type application/json; location / {{ {variable}return 200 '{parts}'; }} }} }}
""")

    def workers_of(pid):
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        wait_until(lambda: len(children.read_text().split()) == workers, "nginx has its workers")
        return [int(child) for child in children.read_text().split()]

    return Process(["nginx", "-c", str(config), "-p", str(home)], port, workers_of, core)


def wrk(server, folder, body, connections=64, core=LOAD):
    """Requests a second, CPU microseconds a request of the serving processes, p50 and p99 in milliseconds."""
    script = folder / "post.lua"
    script.write_text("wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n"
                      f"wrk.body = [==[{body}]==]\n")
    before = server.cpu_seconds()
    out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", "-s", str(script),
                          f"http://127.0.0.1:{server.port}/rpc"], capture_output=True, text=True, check=True,
                         preexec_fn=on_core(core)).stdout
    used = server.cpu_seconds() - before
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    if "Non-2xx" in out or "Socket errors" in out:
        raise Failed("wrk met errors:\n" + out)

    def latency(percent):
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", out).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "requests": requests, "cpu": used / requests * 1e6, "p50": latency(50), "p99": latency(99)}


def call(server, method, params):
    """The answer to a request, as bytes of its body."""
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, "id": 1}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/rpc", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


def increments(server, folder, body, connections=64, calls=1, core=LOAD):
    """wrk() of requests with so many increments each, every one of which must have counted."""
    def count():
        return json.loads(call(server, "counter.increment", [0]))["result"]

    before = count()
    measured = wrk(server, folder, body, connections, core)
    counted = count() - before
    if counted < measured["requests"] * calls:
        raise SystemExit(f"{measured['requests']} requests were answered, but {counted} increments counted")
    return measured


def echo(server, folder, size):
    if len(json.loads(call(server, "counter.echo", ["x" * size]))["result"]) != size:
        raise SystemExit(f"an echo of {size} bytes came back as something else")
    return wrk(server, folder, echo_of(size))


def load(node, answering, folder):
    """What is measured: the row's name to the measurement and the row that it is compared with."""
    one, free, two = node(1, SERVER), node(1), node(2)
    fixed, small, large = (answering(f"answer{size}", answer, core=SERVER)
                           for size, answer in ((0, ANSWER), (1, answer_of(1024)), (64, answer_of(65536))))
    free_fixed, fixed_by_two = answering("free", ANSWER), answering("two", ANSWER, workers=2)
    batch = "[" + ",".join([INCREMENT] * 100) + "]"
    return {
        "nginx `return 200`": (lambda: wrk(fixed, folder, INCREMENT), None),
        "increment": (lambda: increments(one, folder, INCREMENT), "nginx `return 200`"),
        "nginx, 1,000 connections": (lambda: wrk(fixed, folder, INCREMENT, 1000), None),
        "increment, 1,000 connections": (lambda: increments(one, folder, INCREMENT, 1000), "nginx, 1,000 connections"),
        "nginx, 1 KiB in and out": (lambda: wrk(small, folder, echo_of(1024)), None),
        "echo of 1 KiB": (lambda: echo(one, folder, 1024), "nginx, 1 KiB in and out"),
        "nginx, 64 KiB in and out": (lambda: wrk(large, folder, echo_of(65536)), None),
        "echo of 64 KiB": (lambda: echo(one, folder, 65536), "nginx, 64 KiB in and out"),
        "batch of 100 increments": (lambda: increments(one, folder, batch, 8, 100), None),
        "nginx, wherever it runs": (lambda: wrk(free_fixed, folder, INCREMENT, core=None), None),
        "increment, wherever it runs": (lambda: increments(free, folder, INCREMENT, core=None), "nginx, wherever it runs"),
        "nginx, 2 workers": (lambda: wrk(fixed_by_two, folder, INCREMENT, core=None), None),
        "increment, `-workers 2`": (lambda: increments(two, folder, INCREMENT, core=None), "nginx, 2 workers"),
    }


def measure(binary, rounds):
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as running:
        folder = pathlib.Path(name)
        program = folder / "counter.rl"
        program.write_text(PROGRAM)

        def node(workers, core=None):
            return running.enter_context(relay(binary, program, "-workers", str(workers), core=core))

        def answering(name, answer, workers=1, core=None):
            return running.enter_context(nginx(folder, name, answer, workers, core))

        plan = load(node, answering, folder)
        figures = in_turn(rounds, {row: measurement for row, (measurement, _) in plan.items()})
    return report(figures, {row: base for row, (_, base) in plan.items()})


COLUMNS = ["", "a second", "of nginx", "CPU us a request", "of nginx", "p50 ms", "p99 ms", "p99 / p50"]


def cells(row, base):
    if row is None:
        return ["failed"] + [""] * (len(COLUMNS) - 2)
    return [f"{row['rate']:,.0f}", f"{row['rate'] / base['rate']:.2f}" if base else "",
            f"{row['cpu']:.2f}", f"{row['cpu'] / base['cpu']:.2f}" if base else "",
            f"{row['p50']:.2f}", f"{row['p99']:.2f}", f"{row['p99'] / row['p50']:.1f}"]


def said_of_batches(batch):
    if batch is None:
        return "The batches of 100 were not measured: wrk met errors twice."
    return (f"In batches of 100 one core answers {batch['rate'] * 100:,.0f} calls a second while it shares the machine with "
            f"wrk; by its own CPU time, {1e8 / batch['cpu']:,.0f} calls a second and core.")


def targets_of(figures):
    names = "nginx `return 200`", "increment", "increment, wherever it runs", "increment, `-workers 2`", "batch of 100 increments"
    nginx_row, one, free, two, batch = (figures[name] for name in names)
    if None in (nginx_row, one, free, two, batch):
        return [Target("increments over HTTP", "failed", "measured", False)]
    return [at_least("increments: rate, of nginx's", one["rate"] / nginx_row["rate"], 0.95),
            at_most("increments: CPU, of nginx's", one["cpu"] / nginx_row["cpu"], 1.25),
            *(at_most(f"{name}: p99 / p50", row["p99"] / row["p50"], 4, "{:.1f}") for name, row in zip(names[1:4], (one, free, two))),
            at_least("calls a second and core in batches of 100", 1e8 / batch["cpu"], 2_000_000, "{:,.0f}")]


def report(figures, base_of):
    rows = [[name, *cells(row, figures.get(base_of[name]))] for name, row in figures.items()]
    return ["## HTTP", "",
            "`wrk -t1 -c64` (batches: `-c8`), JSON-RPC calls of one server. nginx, one worker, gets the same POST and answers "
            "with as many bytes of body. Relay with `-workers 1` unless said. wrk has one core and the server another; where it says "
            f"so, and with two workers, the system places them; with two workers three threads share {os.cpu_count()} cores.", "",
            *table(COLUMNS, rows), "", said_of_batches(figures["batch of 100 increments"])], targets_of(figures)
