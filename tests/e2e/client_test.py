"""The commands that speak with a node: relay call and its like, against real nodes and against what is none."""
import fcntl
import json
import os
import pathlib
import pty
import re
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import unittest

from harness import BINARY, PATIENCE, NodeTest, OwnNodesTest, clean_environment, relay, wait_until
from mesh_harness import MeshTest

PROGRAM = """
server counter {
    state { n: number = 0 }
    receive fn add(by: optional(number)) -> number { state.set("n", state.n + (by ?? 1)) }
    receive fn echo(v: any) { v }
    receive fn pair(a: any, b: any) { [a, b] }
    receive fn fail(v: any) { throw v }
    receive fn divide(a: number) { a / 0 }
    receive fn nap(seconds: number) { sleep(seconds) }
}
server other { receive fn name() { "grün ✓" } }
"""


class Assertions:
    def assert_output(self, done, stdout):
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, stdout, ""))

    def assert_fails(self, done, code, *parts):
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)


class CommandTest(Assertions, OwnNodesTest):
    pass


class LiveNode(Assertions, NodeTest):
    PROGRAM = PROGRAM

    @property
    def url(self):
        return f"http://127.0.0.1:{self.node.port}"

    def run_relay(self, *words, **options):
        return relay(*words, env={"RELAY_URL": self.url}, **options)


class Call(LiveNode):
    def test_it_prints_the_result_as_the_language_shows_it(self):
        for word, shown in (("5", "5"), ("text", '"text"'), ("true", "true"), ("nil", "nil"), ("null", "nil"), ("-2.5", "-2.5"),
                            ('{a: 1, "b c": [nil, :x]}', '{a: 1, "b c": [nil, "x"]}'), ('{"a": null}', "{a: nil}"),
                            ("2024-01-01", '"2024-01-01T00:00:00Z"'), ('"5"', '"5"'), ("", '""'), ("two words", '"two words"'),
                            ("grün ✓ 日本", '"grün ✓ 日本"'), ("192.168.0.1", '"192.168.0.1"'), ("[]", "[]")):
            self.assert_output(self.run_relay("call", "counter.echo", word), shown + "\n")

    def test_json_prints_it_as_the_node_sent_it(self):
        self.assert_output(self.run_relay("call", "-json", "counter.echo", "{b: 1, a: [nil, 2024-01-01]}"),
                           '{"b":1,"a":[null,"2024-01-01T00:00:00Z"]}\n')

    def test_a_long_result_is_broken_into_lines(self):
        value = {"list": ["x" * 30] * 3, "n": 1}
        done = self.run_relay("call", "counter.echo", json.dumps(value))
        line = '    "' + "x" * 30 + '"'
        self.assert_output(done, "{\n  list: [\n" + ",\n".join([line] * 3) + "\n  ],\n  n: 1\n}\n")

    def test_arguments_go_by_position_or_by_name(self):
        self.assert_output(self.run_relay("call", "counter.pair", "1", "x"), '[1, "x"]\n')
        self.assert_output(self.run_relay("call", "counter.pair", "b=1", "a=x=y"), '["x=y", 1]\n')
        self.assert_output(self.run_relay("call", "counter.pair", '"a=b"', "a==b"), '["a=b", "a==b"]\n')
        self.assert_output(self.run_relay("call", "counter.pair", "--", "-x", "-json"), '["-x", "-json"]\n')

    def test_the_url_is_an_argument_or_comes_from_the_environment(self):
        for url in (self.url, self.url + "/", f"127.0.0.1:{self.node.port}"):
            self.assert_output(relay("call", url, "counter.echo", "1", env={"RELAY_URL": "http://localhost:1"}), "1\n")

    def test_text_of_any_alphabet_comes_through(self):
        self.assert_output(self.run_relay("call", "other.name"), '"grün ✓"\n')
        self.assert_fails(self.run_relay("call", "größe.wert"), 6, "Server 'größe' not found")

    def test_remote_call_can_be_called_like_any_method(self):
        node_id = self.node.get("/registry").json()["node_id"]
        done = self.run_relay("call", "remote_call", f"node_id={node_id}", "server_name=counter", "method=echo", "args=[7]")
        self.assert_output(done, "7\n")

    def test_it_writes_into_pipes(self):
        command = f"'{BINARY}' call -json counter.echo '{{a: 1}}' | cat"
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=PATIENCE,
                              env=clean_environment({"RELAY_URL": self.url}))
        self.assertEqual(json.loads(done.stdout), {"a": 1})

    def test_an_output_that_cannot_be_written_is_an_error(self):
        done = subprocess.run(["sh", "-c", f"'{BINARY}' call counter.echo 1 >/dev/full"], capture_output=True, text=True,
                              timeout=PATIENCE, env=clean_environment({"RELAY_URL": self.url}))
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write to standard output", done.stderr)

    def test_a_thrown_value_is_shown(self):
        self.assert_fails(self.run_relay("call", "counter.fail", "{error: 'no', id: 9}".replace("'", '"')), 6,
                          "error: Application error (-32000)", '{error: "no", id: 9}')

    def test_a_runtime_error_is_shown(self):
        self.assert_fails(self.run_relay("call", "counter.divide", "1"), 6, "Internal error (-32603)", "division by zero")

    def test_a_failed_call_is_json_where_json_is_asked_for(self):
        done = self.run_relay("call", "-json", "counter.fail", "5")
        self.assertEqual((done.returncode, done.stdout), (6, ""))
        self.assertEqual(json.loads(done.stderr), {"code": -32000, "message": "Application error", "data": 5})

    def test_a_wrong_method_or_server_gets_a_suggestion(self):
        self.assert_fails(self.run_relay("call", "counter.ad", "1"), 6, "(-32601)", "Method 'ad' not found", "did you mean `counter.add`?")
        self.assert_fails(self.run_relay("call", "countr.add", "1"), 6, "Server 'countr' not found", "did you mean `counter.add`?")
        self.assert_fails(self.run_relay("call", "counter.xyz"), 6, "its methods: add, echo, pair")
        self.assert_fails(self.run_relay("call", "zzzzzz.xyz"), 6, "servers here: counter, other")

    def test_a_failure_on_another_node_says_where(self):
        self.assert_fails(self.run_relay("call", "nowhere.counter.add"), 6, "kind: unknown_node", "ran: no")

    def test_what_a_node_sends_moves_no_cursor(self):
        for method in ("counter.echo", "counter.fail"):
            done = self.run_relay("call", method, json.dumps("\x1b[2J\x9b1m"))
            self.assertNotIn("\x1b", done.stdout + done.stderr)
            self.assertNotIn("\x9b", done.stdout + done.stderr)

    def test_wrong_words_are_refused_before_anything_is_sent(self):
        for words, parts in ((["counter.echo", "[1"], ["argument 1", "column"]),
                             (["counter.echo", "{a: b}"], ["argument 1", "only literals", "column 5"]),
                             (["counter.pair", "1", "b=2"], ["argument 2", "name=value"]),
                             (["counter.pair", "a=1", "a=2"], ["`a` is given twice"]),
                             (["counter"], ["server.method", '"counter"']), ([".x"], ["server.method"]), ([], ["which method"]),
                             (["-jsn", "counter.echo"], ["unknown flag -jsn", "-json"]),
                             (["-timeout", "soon", "counter.echo"], ["-timeout", "soon"]), (["-timeout"], ["-timeout", "SECONDS"]),
                             (["https://localhost", "counter.echo"], ["TLS"]), (["http://:80", "counter.echo"], ["host"]),
                             (["http://h:99999", "counter.echo"], ["port"]), (["http://h/?x", "counter.echo"], ["URL"])):
            self.assert_fails(self.run_relay("call", *words), 2, *parts)

    def test_a_file_of_its_name_is_run_by_its_path(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "call").write_text('print("the file")')
            self.assert_output(relay("./call", folder=folder), "the file\n")
            self.assert_fails(relay("call", folder=folder), 2, "which method")


class Batch(LiveNode):
    def run_batch(self, text, *words):
        return self.run_relay("call", "-batch", "-", *words, stdin=text)

    def test_it_makes_the_calls_of_a_file_in_order(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "calls.txt"
            path.write_text('# a comment\n\ncounter.echo [1, "a b"]\n  counter.pair b=2 a={x: "}"}\n')
            self.assert_output(self.run_relay("call", "-batch", str(path)), '3: [1, "a b"]\n4: [{x: "}"}, 2]\n')

    def test_a_failing_member_harms_no_other(self):
        done = self.run_batch("counter.echo 1\ncounter.fail no\ncounter.nope\ncounter.echo 4\n")
        self.assertEqual((done.returncode, done.stdout), (6, "1: 1\n4: 4\n"))
        self.assertIn("error: <stdin>:2: counter.fail: Application error (-32000)", done.stderr)
        self.assertIn("error: <stdin>:3: counter.nope: Method not found (-32601)", done.stderr)

    def test_json_prints_a_reply_a_line(self):
        done = self.run_batch("counter.echo 1\n\ncounter.fail 2", "-json")
        first, second = map(json.loads, done.stdout.splitlines())
        self.assertEqual((done.returncode, first["id"], first["result"]), (6, 1, 1))
        self.assertEqual((second["id"], second["error"]["data"]), (3, 2))

    def test_it_may_be_longer_than_a_request(self):
        done = self.run_batch("".join(f"counter.echo {n}\n" for n in range(1, 1301)))
        self.assert_output(done, "".join(f"{n}: {n}\n" for n in range(1, 1301)))

    def test_a_wrong_line_is_named_and_nothing_is_called(self):
        before = self.node.result("counter.add", 0)
        for line, part in (("counter", "server.method"), ("counter.add [1", "missing"), ("counter.add {a: b}", "column"),
                           ("\x1b7", "\\u001b7")):
            self.assert_fails(self.run_batch(f"counter.add 1\n{line}\n"), 2, "<stdin>:2:", part)
        self.assertEqual(self.node.result("counter.add", 0), before)

    def test_it_takes_no_further_words_and_needs_its_file(self):
        self.assert_fails(self.run_batch("", "counter.echo"), 2, "counter.echo")
        self.assert_fails(self.run_relay("call", "-batch", "/nonexistent"), 2, "/nonexistent")
        self.assert_output(self.run_batch("# nothing\n"), "")

    def test_a_batch_that_the_node_refuses_is_a_failed_call(self):
        node = self.start(PROGRAM, "-max-batch", "2")
        done = relay("call", "-batch", "-", f"127.0.0.1:{node.port}", stdin="counter.echo 1\n" * 3)
        self.assert_fails(done, 6, "refuses the batch")


class StrangeServer(threading.Thread):
    """Accepts one connection after the other, and says to each what it was given to say; None: nothing at all."""

    def __init__(self, answer):
        super().__init__(daemon=True)
        self.answer = answer
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.held = []

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.held.append(connection)
            if self.answer is not None:
                connection.recv(65536)
                connection.sendall(self.answer)
                connection.shutdown(socket.SHUT_WR)

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.join(PATIENCE)
        self.listener.close()
        for connection in self.held:
            connection.close()


class NoNode(CommandTest):
    def strange(self, answer):
        server = StrangeServer(answer)
        server.start()
        self.addCleanup(server.stop)
        return f"http://127.0.0.1:{server.port}"

    def test_a_refused_connection_says_the_url_and_how_to_start_a_node(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self.assert_fails(relay("call", f"http://127.0.0.1:{port}", "a.b"), 5, f"cannot connect to http://127.0.0.1:{port}",
                          "connection refused", f"relay FILE -server -port {port}")

    def test_an_unknown_host_is_named(self):
        self.assert_fails(relay("call", "http://no-such-host.invalid:8080", "a.b"), 5, "no-such-host.invalid", "not known")

    def test_a_bad_url_of_the_environment_is_named(self):
        self.assert_fails(relay("call", "a.b", env={"RELAY_URL": "ftp://x"}), 2, "RELAY_URL", "ftp://x")

    def test_a_node_that_hangs_ends_with_7(self):
        self.assert_fails(relay("call", self.strange(None), "a.b", "-timeout", "200ms"), 7, "within 0.2 s", "-timeout")

    def test_what_is_no_node_is_told_apart(self):
        for answer, part in ((b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", "404"),
                             (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", "not JSON"),
                             (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "no JSON-RPC"),
                             (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "no reply"),
                             (b"SSH-2.0-OpenSSH\r\n", "does not speak HTTP"), (b"", "connection ended"),
                             (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", "connection ended")):
            self.assert_fails(relay("call", self.strange(answer), "a.b"), 5, part)

    def test_lists_of_what_is_no_node_are_refused(self):
        answers = ((b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", "404"),
                   (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", "no node says that"),
                   (b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"a":"b"}', "no node says that"))
        for answer, part in answers:
            for command in ("servers", "peers"):
                self.assert_fails(relay(command, self.strange(answer)), 5, part)

    def test_lists_take_nothing_but_a_url(self):
        for command in ("servers", "peers"):
            self.assert_fails(relay(command, "counter"), 2, "counter", f"relay help {command}")
            self.assert_fails(relay(command, "ftp://x"), 2, "ftp://x")
            self.assert_fails(relay(command, "-batch", "x"), 2, "unknown flag -batch")

    def test_a_timeout_of_the_node_ends_with_7(self):
        node = self.start(PROGRAM, "-call-timeout", "0.1")
        self.assert_fails(relay("call", f"127.0.0.1:{node.port}", "counter.nap", "30"), 7, "(-32002)")


class Lists(CommandTest, MeshTest):
    def test_servers_are_listed_with_their_nodes_and_methods(self):
        a, b = self.pair()
        self.wait_known(a, b)
        done = relay("servers", f"localhost:{a.port}")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        titles, *rows = done.stdout.splitlines()
        self.assertEqual(titles.split(), ["SERVER", "NODE", "ADDRESS", "METHODS"])
        found = {row.split()[0]: row for row in rows}
        self.assertEqual(set(found), {"counter", "caller", "b.counter", "b.caller"})
        for name, node in (("counter", a), ("b.counter", b)):
            self.assertRegex(found[name], rf"^{name} +{node.name} +127\.0\.0\.1:{node.port}  add, get, where")
        self.assertEqual(len({row.index("127.0.0.1") for row in rows} | {titles.index("ADDRESS")}), 1)

    def test_peers_are_listed_with_state_and_round_trip(self):
        a, b = self.pair()
        done = wait_until(lambda: (found := relay("peers", f"localhost:{b.port}")).stdout.count(" us") +
                          found.stdout.count(" ms") and found, "a round trip of the link")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        titles, row = done.stdout.splitlines()
        self.assertEqual(titles.split(), ["PEER", "NODE", "ADDRESS", "STATE", "RTT", "SERVERS", "LAST", "SEEN"])
        self.assertRegex(row, rf"^\S+ +a +127\.0\.0\.1:{a.port} +\w+ +[0-9.]+ [um]s +2  20\d\d-\S+Z$")

    def test_json_is_what_the_node_says(self):
        a, _ = self.pair()
        for command in ("servers", "peers"):
            done = relay(command, f"localhost:{a.port}", "-json")
            self.assertEqual(json.loads(done.stdout).keys(), a.get(f"/registry/{command}").json().keys())

    def test_a_node_without_a_registry_tells_its_own_names(self):
        url = f"localhost:{self.start(PROGRAM, '-disable-registry').port}"
        done = relay("servers", url)
        self.assertEqual((done.returncode, done.stdout), (0, "SERVER\ncounter\nother\n"))
        self.assertIn("the registry of this node is disabled", done.stderr)
        done = relay("peers", url)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("the registry of this node is disabled: it has no peers", done.stderr)
        self.assert_output(relay("peers", url, "-json"), "{}\n")
        self.assertEqual(json.loads(relay("servers", url, "-json").stdout)["servers"], ["counter", "other"])

    def test_a_node_alone_says_that_it_has_nothing(self):
        url = f"localhost:{self.start().port}"
        for command, part in (("servers", "no servers"), ("peers", "no peers")):
            done = relay(command, url)
            self.assertEqual((done.returncode, done.stdout), (0, ""))
            self.assertIn(part, done.stderr)

    def test_a_method_of_another_node_gets_a_suggestion(self):
        a, b = self.pair()
        self.wait_known(a, b)
        self.assert_fails(relay("call", f"localhost:{a.port}", "b.counter.ad"), 6, "node: b", "did you mean `b.counter.add`?")


class Bench(LiveNode):
    def start_bench(self, *words):
        process = subprocess.Popen([BINARY, "bench", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                                   env=clean_environment({"RELAY_URL": self.url}))
        self.addCleanup(process.kill)
        return process

    def test_it_counts_what_the_node_counts(self):
        before = self.node.result("counter.add", 0)
        done = self.run_relay("bench", "counter.add", "-c", "2", "-d", "200ms", "-json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        report = json.loads(done.stdout)
        made = self.node.result("counter.add", 0) - before
        self.assertGreater(report["calls"], 0)
        # One call comes first, and one of each connection may be under way at the end.
        self.assertLessEqual(report["calls"] + 1, made)
        self.assertLessEqual(made, report["calls"] + 1 + 2)
        times = [report["latency_us"][name] for name in ("p50", "p90", "p99", "p99.9", "max")]
        self.assertEqual(times, sorted(times))
        self.assertEqual((report["failed"], report["failures"], report["interrupted"]), (0, {}, False))
        self.assertAlmostEqual(report["calls_per_second"], report["calls"] / report["seconds"], delta=1)

    def test_it_shows_rate_latencies_and_a_histogram(self):
        done = self.run_relay("bench", "counter.echo", "x", "-c", "1", "-d", "0.2")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        title, *lines = done.stdout.splitlines()
        self.assertEqual(title, f"counter.echo at {self.url}, 1 connection")
        calls = int(re.match(r"  (\d+) calls in \S+ m?s, \d+ a second$", lines[0]).group(1))
        self.assertEqual(lines[1], "  none failed")
        self.assertRegex(lines[2], r"  latency: p50 .+, p90 .+, p99 .+, p99\.9 .+, max .+")
        bars = [re.match(r" +<= [0-9.]+ [um]?s +(\d+)(?: #+)?$", line) for line in lines[4:]]
        self.assertEqual(sum(int(bar.group(1)) for bar in bars), calls)

    def test_a_histogram_fits_into_a_narrow_terminal(self):
        main, worker = pty.openpty()
        self.addCleanup(os.close, main)
        fcntl.ioctl(worker, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 35, 0, 0))
        done = subprocess.run([BINARY, "bench", "counter.echo", "x", "-c", "1", "-d", "50ms"], stdout=worker, timeout=PATIENCE,
                              env=clean_environment({"RELAY_URL": self.url}))
        os.close(worker)
        self.assertEqual(done.returncode, 0)
        bars = [line for line in os.read(main, 65536).decode().splitlines() if "#" in line]
        self.assertTrue(bars and all(len(bar) <= 35 for bar in bars), bars)

    def test_failures_are_counted_by_kind(self):
        node = self.start(PROGRAM, "-mailbox", "2")
        done = relay("bench", f"127.0.0.1:{node.port}", "counter.nap", "0.02", "-c", "8", "-d", "300ms")
        self.assertEqual(done.returncode, 6)
        self.assertRegex(done.stdout, r"\d+ failed \([0-9.]+ %\)\n +\d+ Overloaded \(-32005\): ")

    def test_a_call_that_cannot_be_made_is_explained_at_once(self):
        self.assert_fails(self.run_relay("bench", "counter.ad", "-d", "60"), 6, "did you mean `counter.add`?")
        self.assert_fails(self.run_relay("bench", "http://127.0.0.1:1", "counter.add", "-d", "60"), 5, "connection refused")

    def test_ctrl_c_prints_what_was_measured_so_far(self):
        before = self.node.result("counter.add", 0)
        process = self.start_bench("counter.add", "-d", "600", "-c", "1")
        wait_until(lambda: self.node.result("counter.add", 0) > before + 10, "calls of the bench")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, stderr), (130, ""))
        self.assertIn("1 connection, interrupted\n", stdout)
        self.assertGreater(int(re.search(r"  (\d+) calls in", stdout).group(1)), 0)

    def test_a_node_that_dies_is_counted_and_what_was_measured_stays(self):
        node = self.start(PROGRAM)
        process = self.start_bench(f"127.0.0.1:{node.port}", "counter.add", "-d", "600", "-c", "2", "-json")
        wait_until(lambda: node.result("counter.add", 0) > 10, "calls of the bench")
        node.kill()
        # The node is gone for the bench too once nobody is connected to where it was; then all that follows fails.
        replacement = socket.create_server(node.address)
        replacement.settimeout(PATIENCE)
        replacement.accept()[0].close()
        replacement.close()
        process.send_signal(signal.SIGINT)
        report = json.loads(process.communicate(timeout=PATIENCE)[0])
        self.assertGreater(report["calls"], 0)
        self.assertGreaterEqual(report["failed"], 2)
        self.assertTrue(any("connection ended" in what for what in report["failures"]), report)

    def test_wrong_words_are_refused(self):
        for words, part in ((["counter.add", "-c", "0"], "-c"), (["counter.add", "-d", "0"], "-d"), ([], "which method"),
                            (["counter"], "server.method"), (["counter.add", "[1"], "argument 1")):
            self.assert_fails(self.run_relay("bench", *words), 2, part)


class Ping(CommandTest, MeshTest):
    def test_it_shows_time_and_path(self):
        a, _, c = self.line("a", "b", "c")
        done = relay("ping", "c", f"localhost:{a.port}", "-n", "2")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        *pings, summary = done.stdout.splitlines()
        self.assertEqual(len(pings), 2)
        for line in pings:
            self.assertRegex(line, r"^c: [0-9.]+ [um]?s, path a -> b -> c$")
        self.assertRegex(summary, r"^least [0-9.]+ [um]?s, average [0-9.]+ [um]?s, most [0-9.]+ [um]?s$")
        self.assertEqual(relay("call", f"localhost:{c.port}", "counter.get").stdout, "0\n")

    def test_json_is_an_object_a_ping(self):
        a, _ = self.pair()
        done = relay("ping", "b", "-json", "-n=2", f"localhost:{a.port}")
        pings = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([(ping["node"], ping["path"], ping["round_trip_us"] > 0) for ping in pings], [("b", ["a", "b"], True)] * 2)

    def test_a_node_that_pings_itself_needs_no_path(self):
        a = self.node("a")
        done = relay("ping", "a", f"localhost:{a.port}", "-n", "1")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"^a: [0-9.]+ [um]?s, the asked node itself\n$")

    def test_a_node_that_cannot_be_reached_is_explained(self):
        a, b = self.pair(first="alpha", second="beta")
        self.assert_fails(relay("ping", "bta", f"localhost:{a.port}"), 6, "kind: unknown_node", "did you mean beta?")
        self.assert_fails(relay("ping", "zzzzzz", f"localhost:{a.port}"), 6, "nodes that it knows: alpha, beta")
        self.assert_fails(relay("ping", "zzzzzz", f"localhost:{a.port}", "-json"), 6, '"kind":"unknown_node"')
        self.assert_fails(relay("ping", "b", f"localhost:{self.start(PROGRAM, '-disable-registry').port}"), 6, "error: ")

    def test_wrong_words_are_refused(self):
        for words, part in (([], "which node"), (["b", "localhost:1", "x"], "nothing but"), (["b", "x"], "nothing but"),
                            (["b", "-n", "0"], "-n")):
            self.assert_fails(relay("ping", *words), 2, part, "relay help ping")


class Route(CommandTest, MeshTest):
    def test_it_shows_the_hops_of_a_call_and_why(self):
        a, _, c = self.line("a", "b", "c")
        done = relay("route", "c", f"localhost:{a.port}")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        path, reason, _, titles, first, second, sum_line = done.stdout.splitlines()
        self.assertEqual(path, "a -> b -> c")
        self.assertEqual(reason, "2 hops: the cheapest path by the map of a")
        self.assertEqual(titles.split(), ["HOP", "FROM", "TO", "COST"])
        self.assertRegex(first, r"^  1  a +b +[0-9.]+ m?s$")
        self.assertRegex(second, r"^  2  b +c +[0-9.]+ m?s$")
        self.assertIn("together", sum_line)
        # What it says is what a call does.
        error = self.remote_error(a, "c", "nobody", "x")
        self.assertEqual(error["data"]["path"], path.split(" -> "))
        self.assertEqual(relay("route", "a", f"localhost:{c.port}").stdout.splitlines()[0], "c -> b -> a")

    def test_json_is_what_the_node_says(self):
        a, _, _ = self.line("a", "b", "c")
        done = relay("route", "c", "-json", f"localhost:{a.port}")
        route = json.loads(done.stdout)
        costs = [step.pop("cost_us") for step in route["steps"]]
        self.assertEqual(route, {"node": "c", "asked": "c", "from": "a", "by": "map", "hops": 2, "cost_us": sum(costs),
                                 "path": ["a", "b", "c"], "steps": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}]})
        self.assertTrue(all(cost >= 1024 and cost & (cost - 1) == 0 for cost in costs), costs)

    def test_a_linked_node_and_the_node_itself_have_their_own_reasons(self):
        a, b = self.pair()
        url = f"localhost:{a.port}"
        self.assertEqual(relay("route", "b", url).stdout.splitlines()[:2],
                         ["a -> b", "1 hop: the two are linked, and a call takes their link whatever it costs"])
        self.assertEqual(relay("route", f"127.0.0.1:{a.port}", f"localhost:{b.port}").stdout.splitlines()[0], "b -> a")
        self.assert_output(relay("route", "a", url), "a\nthe asked node itself: a call runs here\n")

    def test_a_node_without_a_way_is_explained(self):
        nodes = [self.node("a", pace=())]
        for name in ("b", "c"):
            nodes.append(self.node(name, "-add-peer", f"127.0.0.1:{nodes[-1].port}", pace=()))
        a, b, _ = nodes
        self.wait_known(*nodes)
        b.kill()
        done = wait_until(lambda: (found := relay("route", "c", f"localhost:{a.port}")).returncode == 6 and found, "the loss of b")
        self.assert_fails(done, 6, "node 'c' is known, but node 'a' has no path to it (no_route)")
        self.assert_fails(relay("route", "zzzz", f"localhost:{a.port}"), 6, "(unknown_node)", "nodes that it knows: ")
        self.assert_fails(relay("route", "zzzz", f"localhost:{a.port}", "-json"), 6, '"kind":"unknown_node"')

    def test_the_endpoint_takes_exactly_one_name(self):
        a = self.node("a")
        for query, part in (("", "missing"), ("?node=", "empty"), ("?node=a&node=a", "twice"), ("?x=a", "unknown parameter"),
                            ("?node=%zz", "percent")):
            answer = a.get("/registry/route" + query)
            self.assertEqual(answer.status, 400, query)
            self.assertIn(part, answer.json()["error"])
        missing = a.get("/registry/route?node=b")
        self.assertEqual((missing.status, missing.json()["kind"]), (404, "unknown_node"))
        self.assertEqual(a.get("/registry/route?node=%61").json()["by"], "self")
        self.assertEqual(a.request("POST", "/registry/route?node=a").status, 405)
        self.assertEqual(a.request("HEAD", "/registry/route?node=a").status, 200)

    def test_a_node_without_a_registry_says_so(self):
        url = f"localhost:{self.start(PROGRAM, '-disable-registry').port}"
        self.assert_fails(relay("route", "b", url), 6, "the registry of this node is disabled")

    def test_wrong_words_and_what_is_no_node_are_refused(self):
        self.assert_fails(relay("route"), 2, "which node", "relay help route")
        self.assert_fails(relay("route", "b", "c"), 2, "nothing but")
        self.assert_fails(relay("route", "b", "http://127.0.0.1:1"), 5, "connection refused")


class Help(CommandTest):
    def test_each_command_explains_itself(self):
        listed = [line.split()[0] for line in relay("help").stdout.split("Commands")[1].split("\n\n")[0].splitlines()[1:]
                  if line.startswith("  ") and not line.startswith("   ")]
        self.assertIn("call", listed)
        for name in listed:
            done = relay("help", name)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn(f"usage: relay {name}", done.stdout)
            self.assertEqual(relay(name, "-help").stdout, done.stdout)
            self.assertEqual(relay(name, "x", "--help").stdout, done.stdout)

    def test_help_alone_is_that_of_the_flag(self):
        self.assertEqual(relay("help").stdout, relay("-help").stdout)

    def test_an_unknown_command_gets_the_nearest(self):
        self.assert_fails(relay("help", "cal"), 2, "did you mean call?")

    def test_errors_are_coloured_on_a_terminal_only(self):
        for no_color, has_colour in (("", True), ("1", False)):
            main, worker = pty.openpty()
            self.addCleanup(os.close, main)
            process = subprocess.Popen([BINARY, "call", "nothing"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=worker,
                                       env=clean_environment({"NO_COLOR": no_color}))
            process.wait(PATIENCE)
            os.close(worker)
            self.assertEqual(b"\x1b[" in os.read(main, 65536), has_colour)


if __name__ == "__main__":
    unittest.main()
