"""How a node starts and ends: signals, drain, ports in use, programs that fail, what the log holds."""
import json
import re
import signal
import socket
import time
import unittest

from harness import BINARY, OwnNodesTest, relay, wait_until

PROGRAM = """
server flag { state { up: bool = false } receive fn raise() { state.set("up", true) } receive fn up() { state.up } }
server s {
    receive fn hi() { "hi" }
    receive fn nap(seconds: number) { notify("flag", "raise")
        sleep(seconds)
        "slept" }
}
"""
NAP = '{"jsonrpc":"2.0","method":"s.nap","params":[%s],"id":1}'


def post(body):
    return f"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}"


class Signals(OwnNodesTest):
    def napping(self, seconds, *flags):
        """A node in which a call has begun that sleeps so long, and the connection that waits for it."""
        node = self.start(PROGRAM, *flags)
        wire = node.wire()
        self.addCleanup(wire.close)
        wire.send(post(NAP % seconds))
        wait_until(lambda: node.result("flag.up"), "the call to begin")
        return node, wire

    def test_both_signals_end_an_idle_node_with_0(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            node = self.start(PROGRAM)
            node.signal(number)
            self.assertEqual(node.wait(), 0)

    def test_calls_in_flight_are_finished(self):
        node, wire = self.napping(0.5)
        node.signal(signal.SIGTERM)
        self.assertEqual(wire.reply().json()["result"], "slept")
        self.assertTrue(wire.is_closed())
        wire.close()
        self.assertEqual(node.wait(), 0)

    def test_new_connections_are_refused_while_it_ends(self):
        node, wire = self.napping(1)
        node.signal(signal.SIGTERM)

        def refused():
            try:
                socket.create_connection(node.address, timeout=5).close()
                return False
            except ConnectionRefusedError:
                return True

        wait_until(refused, "the node to stop listening")
        self.assertEqual(wire.reply().json()["result"], "slept")
        wire.close()
        self.assertEqual(node.wait(), 0)

    def test_idle_connections_are_closed(self):
        node = self.start(PROGRAM)
        with node.wire() as wire:
            wire.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").reply()
            node.signal(signal.SIGINT)
            self.assertTrue(wire.is_closed())
        self.assertEqual(node.wait(), 0)

    def test_drain_bounds_the_wait(self):
        node, wire = self.napping(600, "-drain", "0.3")
        begin = time.monotonic()
        node.signal(signal.SIGTERM)
        error = wire.reply().json()["error"]
        self.assertEqual((error["code"], error["data"]["kind"], error["data"]["ran"]), (-32603, "shutting_down", "yes"))
        self.assertTrue(wire.is_closed())
        wire.close()
        self.assertEqual(node.wait(), 0)
        self.assertLess(time.monotonic() - begin, 10)

    def test_a_second_signal_ends_it_at_once(self):
        node, _ = self.napping(600, "-drain", "600")
        begin = time.monotonic()
        node.signal(signal.SIGINT)
        # The signals of one kind are not counted by the kernel: the second is sent until it has been seen.
        wait_until(lambda: node.process.poll() is not None or node.signal(signal.SIGINT), "the node to end")
        self.assertLess(time.monotonic() - begin, 10)

    def test_a_runaway_handler_does_not_hold_the_node(self):
        node = self.start("server spin { receive fn go() { while true { nil } } }", "-drain", "0.2")
        wire = node.wire()
        self.addCleanup(wire.close)
        wire.send(post('{"jsonrpc":"2.0","method":"spin.go","id":1}'))
        self.assertEqual(node.get("/health").status, 200)
        node.signal(signal.SIGTERM)
        self.assertEqual(node.wait(), 0)


class Binding(OwnNodesTest):
    def test_a_port_in_use_is_one_clear_line_and_5(self):
        node = self.start(PROGRAM)
        done = relay("-server", "-host", "127.0.0.1", "-port", str(node.port))
        self.assertEqual((done.returncode, done.stdout), (5, ""))
        lines = done.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertIn(str(node.port), lines[0])

    def test_the_program_does_not_run_when_the_port_is_in_use(self):
        node = self.start(PROGRAM)
        done = relay("-", "-server", "-host", "127.0.0.1", "-port", str(node.port), stdin='print("ran")')
        self.assertEqual((done.returncode, done.stdout), (5, ""))

    def test_an_address_that_is_not_here(self):
        self.assertEqual(relay("-server", "-host", "192.0.2.1", "-port", "0").returncode, 5)
        self.assertEqual(relay("-server", "-host", "no.such.host.invalid", "-port", "0").returncode, 5)

    def test_port_0_picks_a_free_one_each(self):
        ports = {self.start(PROGRAM).port for _ in range(3)}
        self.assertEqual(len(ports), 3)

    def test_a_port_is_free_again_at_once(self):
        first = self.start(PROGRAM)
        first.result("s.hi")
        self.assertEqual(first.stop(), 0)
        again = self.start(PROGRAM, "-port", str(first.port))
        self.assertEqual(again.port, first.port)


class Programs(OwnNodesTest):
    def test_a_program_that_fails_ends_the_node_with_1(self):
        done = relay("-", "-server", "-port", "0", stdin='print("begun")\n1 / 0\n')
        self.assertEqual((done.returncode, done.stdout), (1, "begun\n"))
        self.assertIn("division by zero", done.stderr)

    def test_a_program_that_cannot_be_parsed_ends_it_with_1(self):
        done = relay("-", "-server", "-port", "0", stdin="set = 1")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("1:5", done.stderr)

    def test_without_a_program_it_serves_nothing(self):
        node = self.start(None)
        self.assertEqual(node.get("/info").json()["servers"], [])
        self.assertEqual(node.get("/health").json()["servers"], 0)
        self.assertEqual(node.error("s.hi")["code"], -32601)

    def test_the_program_goes_on_beside_the_servers(self):
        node = self.start("server s { state { n: number = 0 } receive fn add() { state.set(\"n\", state.n + 1) } receive fn n() { state.n } }\n"
                          "notify_after(0.05, \"s\", \"add\")")
        wait_until(lambda: node.result("s.n") == 1, "the message sent for later")

    def test_one_worker_serves_as_well(self):
        node = self.start(PROGRAM, "-workers", "1")
        self.assertEqual(node.result("s.nap", 0.01), "slept")


class Log(OwnNodesTest):
    def test_the_start_line_names_the_address(self):
        node = self.start(PROGRAM)
        self.assertRegex(node.stderr(), 
                         rf"relay: listening on http://127\.0\.0\.1:{node.port} as node \w+ .*; "
                         rf"registry http://127\.0\.0\.1:{node.port}/registry, mesh ws://127\.0\.0\.1:{node.port}/ws/p2p")

    def test_bodies_and_thrown_values_stay_out_of_the_log(self):
        node = self.start("server s { receive fn f(v: any) { throw v } }", "-log-level", "debug")
        self.assertEqual(node.error("s.f", ["the-secret-word"])["data"], "the-secret-word")
        node.post("{the-secret-word")
        self.assertEqual(node.stop(), 0)
        self.assertNotIn("the-secret-word", node.stderr())

    def test_a_failing_notification_is_logged(self):
        node = self.start("server s { receive fn f() { 1 / 0 } }")
        node.post({"jsonrpc": "2.0", "method": "s.f"})
        node.wait_for_line(r"division by zero")

    def test_the_json_format_has_one_object_a_line(self):
        node = self.start("server s { receive fn f() { 1 / 0 } }", "-log-format", "json", "-log-level", "debug")
        node.post({"jsonrpc": "2.0", "method": "s.f"})
        node.wait_for_line(r"division by zero")
        self.assertEqual(node.stop(), 0)
        events = [json.loads(line) for line in node.lines if not re.match(r"relay: ", line)]
        self.assertTrue(events)

    def test_control_characters_cannot_forge_a_line(self):
        node = self.start(PROGRAM, "-log-level", "debug")
        before = len(node.lines)
        self.assertEqual(node.error("s\nrelay: forged\n.x")["code"], -32601)
        self.assertEqual(node.stop(), 0)
        self.assertFalse([line for line in node.lines[before:] if line.startswith("relay: forged")], BINARY)


if __name__ == "__main__":
    unittest.main()
