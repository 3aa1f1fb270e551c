"""Every limit of docs/limits.md that a client can reach: what lies below passes, what lies above gets its clear
error, and nobody else is harmed."""
import json
import unittest

from harness import OwnNodesTest, wait_until

PROGRAM = """
server s {
    state { n: number = 0 }
    receive fn echo(v: any) { v }
    receive fn long(n: number) { state.set("n", state.n + 1)
        "x".repeat(n) }
    receive fn nap(seconds: number) { sleep(seconds) }
    receive fn n() { state.n }
}
server other { receive fn hi() { "hi" } }
"""


def call(method, params, id=1):
    return {"jsonrpc": "2.0", "method": method, "params": params, "id": id}


def post(body, *headers):
    return "\r\n".join(["POST /rpc HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *headers]) + "\r\n\r\n" + body


HI = json.dumps(call("other.hi", []))


class LimitTest(OwnNodesTest):
    def assert_alive(self, node):
        self.assertEqual(node.result("other.hi"), "hi")

    def assert_last_words(self, wire, status, said=""):
        """The answer is an error of this status with a JSON body that says this, and the connection ends."""
        reply = wire.reply()
        self.assertEqual(reply.status, status)
        self.assertIsInstance(reply.json()["error"], (str, dict))
        self.assertIn(said, json.dumps(reply.json()["error"]))
        self.assertTrue(wire.is_closed())


class Heads(LimitTest):
    def test_head_bytes(self):
        node = self.start(PROGRAM)
        with node.wire() as wire:
            self.assertEqual(wire.send(post(HI, "X-Fill: " + "a" * 15_000)).reply().status, 200)
        with node.wire() as wire:
            wire.send(post(HI, "X-Fill: " + "a" * 17_000))
            self.assert_last_words(wire, 431)
        with node.wire() as wire:
            wire.send("GET /" + "a" * 17_000)
            self.assertIn(wire.reply().status, (414, 431))
        self.assert_alive(node)

    def test_head_bytes_by_flag(self):
        node = self.start(PROGRAM, "-max-head", "512")
        with node.wire() as wire:
            wire.send(post(HI, "X-Fill: " + "a" * 600))
            self.assert_last_words(wire, 431)
        self.assert_alive(node)

    def test_head_fields(self):
        node = self.start(PROGRAM)
        with node.wire() as wire:
            self.assertEqual(wire.send(post(HI, *[f"X-{n}: 1" for n in range(98)])).reply().status, 200)
        with node.wire() as wire:
            wire.send(post(HI, *[f"X-{n}: 1" for n in range(99)]))
            self.assert_last_words(wire, 431)

    def test_head_time(self):
        node = self.start(PROGRAM, "-head-timeout", "0.3")
        with node.wire() as wire:
            wire.send("POST /rpc HTTP/1.1\r\nHost: x\r\n")
            self.assert_last_words(wire, 408)
        self.assert_alive(node)


class Bodies(LimitTest):
    def test_body_bytes(self):
        node = self.start(PROGRAM, "-max-body", "100000")
        fits = json.dumps(call("s.echo", [""]))
        fits = fits[:-1] + " " * (100_000 - len(fits)) + "}"
        with node.wire() as wire:
            self.assertEqual(wire.send(post(fits)).reply().status, 200)
        with node.wire() as wire:
            wire.send(post(fits[:-1] + " }"))
            self.assert_last_words(wire, 413, "-max-body")
        self.assert_alive(node)

    def test_body_bytes_by_default(self):
        node = self.start(PROGRAM)
        with node.wire() as wire:
            wire.send("POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: 8388609\r\n\r\n")
            self.assert_last_words(wire, 413)
        body = json.dumps(call("s.n", []))
        reply = node.post(body + " " * (8 * 1024 * 1024 - len(body)))
        self.assertEqual((reply.status, reply.json()["result"]), (200, 0))

    def test_body_bytes_of_a_chunked_body(self):
        node = self.start(PROGRAM, "-max-body", "1000")
        with node.wire() as wire:
            wire.send("POST /rpc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            wire.send("1f4\r\n" + " " * 500 + "\r\n" + "1f5\r\n" + " " * 501 + "\r\n0\r\n\r\n")
            self.assert_last_words(wire, 413)
        self.assert_alive(node)

    def test_expect_is_answered_with_413_before_the_body(self):
        node = self.start(PROGRAM, "-max-body", "1000")
        with node.wire() as wire:
            wire.send("POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
            self.assert_last_words(wire, 413)

    def test_a_slow_body(self):
        node = self.start(PROGRAM, "-body-window", "0.3")
        with node.wire() as wire:
            wire.send(post(HI)[:-3])
            self.assert_last_words(wire, 408)
        self.assert_alive(node)

    def test_json_depth(self):
        node = self.start(PROGRAM)

        def nested(depth):
            # The request object and its params array are two levels.
            inner = "[" * (depth - 2) + "]" * (depth - 2)
            return node.post('{"jsonrpc":"2.0","method":"s.echo","params":[' + inner + '],"id":1}')

        self.assertEqual(nested(127).status, 200)
        reply = nested(130)
        self.assertEqual((reply.status, reply.json()["error"]["code"]), (400, -32700))
        self.assert_alive(node)


class Batches(LimitTest):
    def test_calls_of_a_batch(self):
        node = self.start(PROGRAM)
        self.assertEqual(len(node.post([call("other.hi", [], n) for n in range(1000)]).json()), 1000)
        reply = node.post([call("s.long", [1], n) for n in range(1001)])
        answer = reply.json()
        self.assertEqual((reply.status, answer["error"]["code"]), (400, -32600))
        self.assertIn("1000", answer["error"]["data"].replace(",", ""))
        self.assertEqual(node.result("s.n"), 0, "no call of a batch that is refused may run")

    def test_calls_of_a_batch_by_flag(self):
        node = self.start(PROGRAM, "-max-batch", "2")
        self.assertEqual(len(node.post([call("other.hi", [], n) for n in range(2)]).json()), 2)
        self.assertEqual(node.post([call("other.hi", [], n) for n in range(3)]).json()["error"]["code"], -32600)


class Replies(LimitTest):
    def test_a_reply_too_large_is_an_error_and_rolls_back(self):
        node = self.start(PROGRAM, "-max-reply", "10000")
        self.assertEqual(len(node.result("s.long", 9000)), 9000)
        error = node.error("s.long", [11000])
        self.assertIn(error["code"], (-32603, -32005))
        self.assertEqual(node.result("s.n"), 1, "the handler whose reply is refused leaves no trace")

    def test_a_batch_reply_too_large(self):
        node = self.start(PROGRAM, "-max-batch-reply", "10000")
        answers = node.post([call("s.long", [4000], n) for n in range(4)]).json()
        answers = answers if isinstance(answers, list) else [answers]
        self.assertTrue(any("error" in answer for answer in answers), answers)
        self.assertLess(len(json.dumps(answers)), 12000)
        self.assert_alive(node)


class Times(LimitTest):
    def test_an_idle_connection_is_closed_in_silence(self):
        node = self.start(PROGRAM, "-idle-timeout", "0.3")
        with node.wire() as wire:
            self.assertEqual(wire.send(post(HI)).reply().status, 200)
            self.assertTrue(wire.is_closed())

    def test_a_connection_that_says_nothing_is_closed(self):
        node = self.start(PROGRAM, "-idle-timeout", "0.3", "-head-timeout", "0.3")
        with node.wire() as wire:
            try:
                self.assertEqual(wire.reply().status, 408)
            except EOFError:
                pass
            self.assertTrue(wire.is_closed())

    def test_a_client_that_takes_nothing_is_cut(self):
        node = self.start(PROGRAM, "-write-timeout", "0.3")
        with node.wire() as wire:
            many = post(json.dumps(call("s.long", [2_000_000])))
            wire.send(many * 8)
            # Nothing is read here until the node has given up on this client.
            wait_until(lambda: node.result("s.n") >= 1, "the calls to run")
            received = 0
            wait_until(lambda: not self.is_readable(wire), "the node to cut the connection")
            try:
                for _ in range(8):
                    wire.reply()
                    received += 1
            except EOFError:
                pass
            self.assertLess(received, 8)
        self.assert_alive(node)

    @staticmethod
    def is_readable(wire):
        """Whether the other end still holds the connection, as the kernel of this machine tells."""
        local, remote = wire.socket.getsockname()[1], wire.socket.getpeername()[1]
        with open("/proc/net/tcp", encoding="ascii") as table:
            for line in table.read().splitlines()[1:]:
                words = line.split()
                ports = int(words[1].split(":")[1], 16), int(words[2].split(":")[1], 16)
                if ports == (remote, local):
                    return words[3] == "01"
        return False

    def test_the_time_of_a_call(self):
        node = self.start(PROGRAM, "-call-timeout", "0.2")
        self.assertEqual(node.error("s.nap", [60])["code"], -32002)
        self.assert_alive(node)


    def test_the_longest_time_that_a_caller_may_name(self):
        node = self.start(PROGRAM, "-max-call-timeout", "2", "-node-id", "own")
        params = {"node_id": "own", "server_name": "s", "method": "n"}
        self.assertEqual(node.rpc("remote_call", {**params, "timeout": 2})["result"], 0)
        error = node.rpc("remote_call", {**params, "timeout": 2.5})["error"]
        self.assertEqual(error["code"], -32602)
        self.assertIn("at most 2 seconds", json.dumps(error))
        self.assert_alive(node)


class Programs(LimitTest):
    DEEP = PROGRAM + "server deep { receive fn down(n: number) { fall(n) } }\nfn fall(n) { if n == 0 { 0 } else { 1 + fall(n - 1) } }\n"

    def test_the_depth_of_calls(self):
        node = self.start(self.DEEP, "-max-call-depth", "100")
        self.assertEqual(node.result("deep.down", 90), 90)
        error = node.error("deep.down", [110])
        self.assertEqual(error["code"], -32603)
        self.assertIn("stack overflow", json.dumps(error))
        self.assert_alive(node)

    def test_the_depth_of_calls_by_default(self):
        node = self.start(self.DEEP)
        self.assertEqual(node.result("deep.down", 9_900), 9_900)
        self.assertIn("stack overflow", json.dumps(node.error("deep.down", [10_100])))


class Connections(LimitTest):
    def test_one_connection_too_many(self):
        node = self.start(PROGRAM, "-max-connections", "3", wait_ready=True)
        # The connections of the readiness poll are gone before the node counts anew.
        wires = []
        wait_until(lambda: self.open_until(node, wires, 3), "three connections at once")
        with node.wire() as extra:
            extra.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            reply = extra.reply()
            self.assertEqual(reply.status, 503)
            self.assertIn("-max-connections", reply.json()["error"])
            self.assertTrue(extra.is_closed())
        for wire in wires:
            self.assertEqual(wire.send(post(HI)).reply().json()["result"], "hi")
            wire.close()
        wait_until(lambda: self.open_until(node, [], 1), "a free place after the others have gone")

    @staticmethod
    def open_until(node, wires, count):
        while len(wires) < count:
            wire = node.wire()
            wire.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            if wire.reply().status != 200:
                wire.close()
                return False
            wires.append(wire)
        return True

    def test_unanswered_requests_of_a_connection(self):
        node = self.start(PROGRAM, "-max-pipeline", "4")
        with node.wire() as wire:
            wire.send(post(json.dumps(call("s.nap", [0.1]))) * 2 + post(HI) * 30)
            self.assertEqual([wire.reply().status for _ in range(32)], [200] * 32)

    def test_bytes_in_flight(self):
        node = self.start(PROGRAM, "-max-in-flight", "200000")
        # The first call holds up the others, but for those that overtake it; what they hold stays held.
        naps = [1] + [0] * 15
        wires = [node.wire().send(post(json.dumps(call("s.nap", [nap])) + " " * 90_000)) for nap in naps]
        replies = []
        wait_until(lambda: self.collect(wires, replies) and 503 in replies, "a request refused with 503")
        for wire in wires:
            wire.close()
        wait_until(lambda: node.get("/health").status == 200, "the node to take requests again")

    @staticmethod
    def collect(wires, replies):
        for wire in wires:
            wire.socket.settimeout(0.01)
            try:
                replies.append(wire.reply().status)
            except (TimeoutError, EOFError):
                pass
        return replies


class Mailboxes(LimitTest):
    def test_a_full_mailbox_is_overloaded_and_says_when_to_try_again(self):
        node = self.start(PROGRAM, "-max-batch", "30000")
        answers = node.post([call("s.nap", [0.5], "first"), *[call("s.n", [], n) for n in range(12000)]]).json()
        refused = [answer["error"] for answer in answers if "error" in answer]
        self.assertTrue(refused, "12,000 calls cannot all wait in a mailbox of 10,000")
        for error in refused:
            self.assertEqual((error["code"], error["message"]), (-32005, "Overloaded"))
            self.assertGreater(error["data"]["retry_after_ms"], 0)
            self.assertIsInstance(error["data"]["message"], str)
        self.assertGreaterEqual(len(answers) - len(refused), 10000)
        self.assert_alive(node)


if __name__ == "__main__":
    unittest.main()
