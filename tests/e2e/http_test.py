"""Routes, headers, keep-alive, pipelining, CORS: how the node behaves as an HTTP/1.1 server."""
import json
import time
import unittest

from harness import NodeTest, OwnNodesTest

PROGRAM = """
server beta { receive fn hi() { "hi" } receive fn nap(seconds: number) { sleep(seconds)
    "slept" } }
server alpha { receive fn hi() { "hi" } }
"""
HI = json.dumps({"jsonrpc": "2.0", "method": "beta.hi", "id": 1})


def post(body=HI, *headers, version="1.1"):
    lines = [f"POST /rpc HTTP/{version}", "Host: x", f"Content-Length: {len(body.encode())}", *headers]
    return "\r\n".join(lines) + "\r\n\r\n" + body


class Routes(NodeTest):
    PROGRAM = PROGRAM

    def test_health(self):
        reply = self.node.get("/health")
        answer = reply.json()
        self.assertEqual((reply.status, answer["status"], answer["servers"]), (200, "healthy", 2))
        self.assertLess(abs(answer["timestamp"] - time.time()), 100)
        self.assertIsInstance(answer["timestamp"], int)

    def test_info(self):
        answer = self.node.get("/info").json()
        self.assertEqual((answer["servers"], answer["jsonrpc_version"]), (["alpha", "beta"], "2.0"))
        self.assertRegex(answer["relay_version"], r"^\d+\.\d+\.\d+")
        for name in ("rpc", "health", "info"):
            self.assertEqual(answer["endpoints"][name], "/" + name)

    def test_unknown_paths(self):
        for method, path in (("GET", "/"), ("GET", "/nothing"), ("POST", "/rpc/x"), ("GET", "/healthz"), ("GET", "//health")):
            reply = self.node.request(method, path)
            self.assertEqual(reply.status, 404, path)
            self.assertIsInstance(reply.json()["error"], str)

    def test_wrong_methods(self):
        for method, path in (("POST", "/health"), ("DELETE", "/info")):
            reply = self.node.request(method, path)
            self.assertEqual(reply.status, 405)
            self.assertIn("GET", reply.headers["allow"])
            self.assertIsInstance(reply.json()["error"], str)

    def test_a_query_does_not_change_the_path(self):
        self.assertEqual(self.node.get("/health?verbose=1").status, 200)

    def test_head_gives_the_head_of_get(self):
        with self.node.wire() as wire:
            wire.send("HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n")
            head = wire.reply("HEAD")
            self.assertEqual(head.status, 200)
            self.assertGreater(int(head.headers["content-length"]), 0)
            # The body is absent: the next answer follows at once.
            wire.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertEqual(wire.reply().json()["status"], "healthy")

    def test_json_answers_say_so(self):
        for path in ("/health", "/info", "/nothing"):
            self.assertTrue(self.node.get(path).headers["content-type"].startswith("application/json"))


class Connections(NodeTest):
    PROGRAM = PROGRAM

    def test_keep_alive_is_the_rule_in_1_1(self):
        with self.node.wire() as wire:
            for _ in range(3):
                self.assertEqual(wire.send(post()).reply().json()["result"], "hi")

    def test_connection_close_is_kept(self):
        with self.node.wire() as wire:
            reply = wire.send(post(HI, "Connection: close")).reply()
            self.assertEqual((reply.json()["result"], reply.headers["connection"].lower()), ("hi", "close"))
            self.assertTrue(wire.is_closed())

    def test_1_0_closes_unless_it_asks(self):
        with self.node.wire() as wire:
            self.assertEqual(wire.send(post(version="1.0")).reply().json()["result"], "hi")
            self.assertTrue(wire.is_closed())
        with self.node.wire() as wire:
            for _ in range(2):
                reply = wire.send(post(HI, "Connection: keep-alive", version="1.0")).reply()
                self.assertEqual((reply.json()["result"], reply.headers["connection"].lower()), ("hi", "keep-alive"))

    def test_1_0_needs_no_host(self):
        with self.node.wire() as wire:
            self.assertEqual(wire.send("GET /health HTTP/1.0\r\n\r\n").reply().status, 200)

    def test_pipelined_requests_are_answered_in_order(self):
        calls = [json.dumps({"jsonrpc": "2.0", "method": "beta.hi", "id": n}) for n in range(200)]
        with self.node.wire() as wire:
            wire.send("".join(post(call) for call in calls))
            self.assertEqual([wire.reply().json()["id"] for _ in calls], list(range(200)))

    def test_a_slow_answer_holds_back_later_ones(self):
        nap = json.dumps({"jsonrpc": "2.0", "method": "beta.nap", "params": [0.2], "id": "slow"})
        with self.node.wire() as wire:
            wire.send(post(nap) + "GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertEqual(wire.reply().json()["id"], "slow")
            self.assertEqual(wire.reply().json()["status"], "healthy")

    def test_a_request_in_single_bytes(self):
        with self.node.wire() as wire:
            for byte in post().encode():
                wire.send(bytes([byte]))
            self.assertEqual(wire.reply().json()["result"], "hi")

    def test_expect_100_continue(self):
        with self.node.wire() as wire:
            head, body = post(HI, "Expect: 100-continue").split("\r\n\r\n")
            wire.send(head + "\r\n\r\n")
            self.assertEqual(wire.reply().status, 100)
            wire.send(body)
            self.assertEqual(wire.reply().json()["result"], "hi")

    def test_a_chunked_body(self):
        half = len(HI) // 2
        chunks = f"{half:x}\r\n{HI[:half]}\r\n{len(HI) - half:X};ext=1\r\n{HI[half:]}\r\n0\r\n\r\n"
        with self.node.wire() as wire:
            for _ in range(2):
                wire.send("POST /rpc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
                self.assertEqual(wire.reply().json()["result"], "hi")

    def test_a_client_that_goes_away_harms_nobody(self):
        nap = json.dumps({"jsonrpc": "2.0", "method": "beta.nap", "params": [0.02], "id": 1})
        for _ in range(20):
            wire = self.node.wire()
            wire.send(post(nap))
            wire.close()
        self.assertEqual(self.node.result("beta.hi"), "hi")

    def test_half_a_request_and_an_end_harm_nobody(self):
        for text in ("", "POST", "POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Le", post()[:-5]):
            wire = self.node.wire()
            wire.send(text)
            wire.close()
        self.assertEqual(self.node.get("/health").status, 200)

    def test_a_client_that_ends_its_side_still_gets_its_answer(self):
        with self.node.wire() as wire:
            wire.send(post())
            wire.end_of_sending()
            self.assertEqual(wire.reply().json()["result"], "hi")
            self.assertTrue(wire.is_closed())

    def test_a_large_answer_arrives_whole(self):
        text = "x" * 1_000_000
        call = {"jsonrpc": "2.0", "method": "beta.hi", "id": text}
        self.assertEqual(self.node.post(call).json()["id"], text)


class Cors(OwnNodesTest):
    ORIGIN = "https://page.example"

    def preflight(self, node, origin=ORIGIN):
        return node.request("OPTIONS", "/rpc", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})

    def test_it_is_open_by_default(self):
        node = self.start(PROGRAM)
        reply = self.preflight(node)
        self.assertEqual(reply.status, 200)
        for headers in (reply.headers, node.get("/health", {"Origin": self.ORIGIN}).headers, node.get("/none").headers,
                        node.post(HI).headers, node.post("{bad").headers):
            self.assertEqual(headers["access-control-allow-origin"], "*")
        self.assertEqual(reply.headers["access-control-allow-methods"], "POST, GET, OPTIONS")
        self.assertEqual(reply.headers["access-control-allow-headers"], "Content-Type, Authorization")

    def test_any_content_type_is_taken_while_it_is_open(self):
        node = self.start(PROGRAM)
        for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
            self.assertEqual(node.post(HI, headers={"Content-Type": kind}).json()["result"], "hi")

    def test_a_list_of_origins_narrows_it(self):
        node = self.start(PROGRAM, "-cors", "https://page.example,https://other.example")
        self.assertEqual(self.preflight(node).headers["access-control-allow-origin"], self.ORIGIN)
        self.assertNotIn("access-control-allow-origin", self.preflight(node, "https://evil.example").headers)
        self.assertNotIn("access-control-allow-origin", self.preflight(node, "https://page.example.evil").headers)
        self.assertIn("origin", self.preflight(node).headers.get("vary", "").lower())

    def test_a_narrowed_rpc_takes_only_json(self):
        node = self.start(PROGRAM, "-cors", self.ORIGIN)
        for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"):
            self.assertEqual(node.post(HI, headers={"Content-Type": kind}).status, 415, kind)
        for kind in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
            self.assertEqual(node.post(HI, headers={"Content-Type": kind}).json()["result"], "hi")

    def test_off_ends_it(self):
        node = self.start(PROGRAM, "-cors", "off")
        self.assertNotIn("access-control-allow-origin", node.post(HI).headers)
        self.assertNotIn("access-control-allow-origin", self.preflight(node).headers)


class AddedHeaders(OwnNodesTest):
    def test_header_adds_to_every_answer(self):
        node = self.start(PROGRAM, "-header", "X-API-Version: 1.0", "-header", "X-Two: a b")
        for reply in (node.get("/health"), node.get("/none"), node.post(HI), node.post("{bad")):
            self.assertEqual((reply.headers["x-api-version"], reply.headers["x-two"]), ("1.0", "a b"))


class Starting(OwnNodesTest):
    def test_health_says_starting_until_the_program_has_run(self):
        node = self.start('print("begun")\nwhile true { sleep(0.05) }', wait_ready=False)
        reply = node.get("/health")
        self.assertEqual((reply.status, reply.json()["status"]), (503, "starting"))

    def test_health_turns_healthy_when_it_has_run(self):
        node = self.start("sleep(0.2)\nserver late { receive fn hi() { 1 } }")
        self.assertEqual(node.get("/health").json()["status"], "healthy")


if __name__ == "__main__":
    unittest.main()
