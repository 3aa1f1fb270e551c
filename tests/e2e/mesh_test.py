"""Nodes that find and call each other: links, the registry, remote calls over one and more hops, failures."""
import concurrent.futures
import json
import re
import socket
import time
import unittest

from harness import wait_until
from mesh_harness import FAST, PROGRAM, MeshTest


class TwoNodes(MeshTest):
    def test_a_remote_call_runs_there(self):
        a, b = self.pair()
        self.assertEqual(self.remote_result(a, "b", "counter", "where"), "b")
        self.assertEqual(self.remote_result(b, "a", "counter", "where"), "a")

    def test_arguments_by_position_and_by_name(self):
        a, _ = self.pair()
        self.assertEqual(self.remote_result(a, "b", "counter", "args", [1, "x"]), {"a": 1, "b": "x"})
        self.assertEqual(self.remote_result(a, "b", "counter", "args", {"b": "y", "a": 2}), {"a": 2, "b": "y"})
        self.assertEqual(self.remote_result(a, "b", "counter", "echo", [{"k": [1, None, "ü", 1.5]}]), {"k": [1, None, "ü", 1.5]})

    def test_the_own_id_runs_here(self):
        a, _ = self.pair()
        self.assertEqual(self.remote_result(a, "a", "counter", "where"), "a")

    def test_a_name_of_three_parts_is_a_remote_call(self):
        a, _ = self.pair()
        self.assertEqual(a.result("b.counter.where"), "b")

    def test_the_language_calls_other_nodes(self):
        a, _ = self.pair()
        self.assertEqual(a.result("caller.ask", "b.counter", "where"), "b")
        self.assertEqual(a.result("caller.whole", 3), {"a": 3, "b": None})

    def test_a_plain_name_that_lives_elsewhere_is_found(self):
        a = self.node("a", program="server local { receive fn ask() { message(\"counter\", \"where\") } }")
        b = self.node("b", "-add-peer", f"127.0.0.1:{a.port}")
        self.wait_linked(a, b)
        wait_until(lambda: "result" in a.rpc("counter.where"), "a to hear of b's servers")
        self.assertEqual(a.result("counter.where"), "b")
        self.assertEqual(a.result("local.ask"), "b")

    def test_a_local_server_of_the_name_wins(self):
        a, _ = self.pair()
        self.assertEqual({a.result("counter.where") for _ in range(20)}, {"a"})

    def test_replicas_are_asked_in_turn(self):
        hub = self.node("hub", program="server other { receive fn f() { 1 } }")
        for name in ("r1", "r2", "r3"):
            self.node(name, "-add-peer", f"127.0.0.1:{hub.port}")
        wait_until(lambda: len([k for k in hub.get("/registry/servers").json() if k.endswith(".counter")]) == 3, "three replicas")
        asked = [hub.result("counter.where") for _ in range(9)]
        self.assertEqual(sorted(asked), ["r1"] * 3 + ["r2"] * 3 + ["r3"] * 3)

    def test_notify_reaches_the_other_node(self):
        a, b = self.pair()
        a.result("caller.tell", "b.counter", "add", 5)
        wait_until(lambda: b.result("counter.get") == 5, "the notification to arrive")

    def test_message_all_over_nodes(self):
        a, _ = self.pair()
        wait_until(lambda: "result" in self.remote(a, "b", "counter", "where"), "b to be known")
        answers = a.result("caller.all", [{"server": f"{node}.counter", "method": "where"} for node in ("a", "b", "a", "b", "nobody")])
        self.assertEqual([answer.get("ok") for answer in answers], ["a", "b", "a", "b", None])
        self.assertEqual(answers[4]["error"]["kind"], "unknown_node")

    def test_calls_of_one_caller_keep_their_order(self):
        a, b = self.pair()
        answers = a.post([{"jsonrpc": "2.0", "method": "b.counter.add", "id": n} for n in range(500)]).json()
        self.assertEqual([answer["result"] for answer in answers], list(range(1, 501)))
        self.assertEqual(b.result("counter.get"), 500)


class Failures(MeshTest):
    def test_every_kind_has_its_code_and_says_where(self):
        a, _ = self.pair()
        for server, method, args, code, kind, ran in (
                ("nobody", "f", [], -32601, "server_not_found", "no"),
                ("counter", "nothing", [], -32601, "method_not_found", "no"),
                ("counter", "args", [], -32602, "invalid_params", "no"),
                ("counter", "divide", [1], -32603, "runtime", "yes")):
            error = self.remote_error(a, "b", server, method, args)
            self.assertEqual(error["code"], code, error)
            self.assertEqual((error["data"]["kind"], error["data"]["ran"], error["data"]["node"]), (kind, ran, "b"), error)

    def test_a_thrown_value_arrives_as_it_was(self):
        a, _ = self.pair()
        error = self.remote_error(a, "b", "counter", "fail", [{"code": 7}])
        self.assertEqual((error["code"], error["data"]), (-32000, {"code": 7}))

    def test_catch_gives_the_same_for_local_and_remote(self):
        a, _ = self.pair()
        for method, arg in (("divide", 1), ("nothing", 1), ("args", "x"), ("fail", "thrown")):
            here = a.result("caller.caught", "counter", method, arg)
            there = a.result("caller.caught", "b.counter", method, arg)
            self.assertEqual(here, there)

    def test_an_unknown_node_fails_at_once(self):
        a, _ = self.pair()
        begin = time.monotonic()
        error = self.remote_error(a, "nobody", "counter", "get")
        self.assertEqual((error["code"], error["data"]["kind"], error["data"]["ran"]), (-32603, "unknown_node", "no"))
        self.assertLess(time.monotonic() - begin, 5)

    def test_a_deadline_travels(self):
        a, b = self.pair()
        error = self.remote_error(a, "b", "counter", "nap", [30], timeout=0.3)
        self.assertEqual(error["code"], -32002)
        # The handler there has been stopped, so its server is free again.
        self.assertEqual(self.remote_result(a, "b", "counter", "where", timeout=20), "b")

    def test_bad_fields_of_remote_call_are_named(self):
        a, _ = self.pair()
        for params, word in (({}, "node_id"), ({"node_id": "b"}, "server_name"), ({"node_id": 1}, "node_id"),
                             ({"node_id": "b", "server_name": "counter", "method": "get", "args": 5}, "args"),
                             ({"node_id": "b", "server_name": "counter", "method": "get", "timeout": -1}, "timeout")):
            error = a.error("remote_call", params)
            self.assertEqual(error["code"], -32602)
            self.assertIn(word, json.dumps(error))

    def test_a_killed_node_fails_what_waits_for_it(self):
        a, b = self.pair()
        with a.wire() as wire:
            body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "b.counter.nap", "params": [30]})
            wire.send(f"POST /rpc HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            wait_until(lambda: "napping" in b.output, "the call to run")
            b.process.kill()
            error = wire.reply().json()["error"]
        self.assertEqual((error["code"], error["data"]["kind"], error["data"]["ran"]), (-32603, "unknown_outcome", "unknown"))
        wait_until(lambda: self.remote_error(a, "b", "counter", "get")["data"]["kind"] in ("no_route", "unknown_node"),
                   "calls to the dead node to fail at once")

    def test_a_node_that_comes_back_is_called_again(self):
        a = self.node("a")
        b = self.node("b")
        a.post({"node_id": "b", "address": f"127.0.0.1:{b.port}"}, "/registry/peers/add")
        self.wait_linked(a)
        port = b.port
        b.kill()
        wait_until(lambda: "error" in self.remote(a, "b", "counter", "get"), "a to notice")
        again = self.start(PROGRAM, "-node-id", "b", *FAST, "-port", str(port))
        wait_until(lambda: "result" in self.remote(a, "b", "counter", "get"), "the link to come back")
        self.assertEqual(self.remote_result(a, "b", "counter", "add"), 1)
        again.stop()


    def test_a_peer_that_dialled_in_first_is_dialled_once_it_was_added(self):
        a, b = self.pair()
        self.assertEqual(a.post({"node_id": "b", "address": f"127.0.0.1:{b.port}"}, "/registry/peers/add").status, 200)
        port = b.port
        b.kill()
        wait_until(lambda: not a.get("/registry/peers").json()["b"]["is_healthy"], "a to notice")
        again = self.start(PROGRAM, "-node-id", "b", *FAST, "-port", str(port))
        wait_until(lambda: "result" in self.remote(a, "b", "counter", "get"), "a to dial")
        again.stop()


class Lines(MeshTest):
    def test_calls_go_over_other_nodes(self):
        a, b, c, d = self.line("a", "b", "c", "d")
        self.assertEqual(self.remote_result(a, "d", "counter", "where"), "d")
        self.assertEqual(self.remote_result(d, "a", "counter", "where"), "a")
        # A line stays a line: nobody dials what others tell.
        self.assertEqual(list(a.get("/registry/peers").json()), ["b"])

    def test_a_failure_over_two_hops_names_the_path(self):
        a, _, c = self.line("a", "b", "c")
        error = self.remote_error(a, "c", "counter", "divide", [1])
        self.assertEqual((error["data"]["node"], error["data"]["path"]), ("c", ["a", "b", "c"]))

    def test_the_loss_of_the_middle_is_known_at_once_and_its_return_heals(self):
        a, b, c = self.line("a", "b", "c")
        port = b.port
        b.kill()
        wait_until(lambda: self.remote(a, "c", "counter", "get").get("error", {}).get("data", {}).get("kind") in
                   ("no_route", "unknown_node"), "a to know that there is no way")
        # b dials nobody now: c was told to dial b, a is dialled by b.
        again = self.start(PROGRAM, "-node-id", "b", *FAST, "-port", str(port), "-add-peer", f"127.0.0.1:{a.port}")
        wait_until(lambda: "result" in self.remote(a, "c", "counter", "get"), "the way to come back")
        again.stop()

    def test_a_ring_takes_the_other_way(self):
        a, b, c = self.line("a", "b", "c")
        a.post({"node_id": "c", "address": f"127.0.0.1:{c.port}"}, "/registry/peers/add")
        wait_until(lambda: a.get("/registry/peers").json().get("c", {}).get("is_healthy"), "the ring to close")
        b.kill()
        wait_until(lambda: "result" in self.remote(a, "c", "counter", "get"), "the other way")

    def test_large_values_travel(self):
        a, _, _ = self.line("a", "b", "c")
        text = "x" * 300_000
        self.assertEqual(self.remote_result(a, "c", "counter", "echo", [text]), text)


class Deadlocks(MeshTest):
    PROGRAM = """
server x { receive fn go(other: string) { message(other, "back", node_id()) }
           receive fn back(first: string) { message(first + ".x", "done") }
           receive fn done() { "done" } }
"""

    def test_a_cycle_over_two_nodes_is_named_at_once(self):
        a = self.node("a", program=self.PROGRAM)
        b = self.node("b", "-add-peer", f"127.0.0.1:{a.port}", program=self.PROGRAM)
        self.wait_linked(a, b)
        begin = time.monotonic()
        error = a.error("x.go", ["b.x"])
        self.assertLess(time.monotonic() - begin, 10)
        self.assertIn("deadlock", json.dumps(error))
        self.assertIn("x.back", json.dumps(error))


    def test_calls_of_two_clients_that_wait_for_each_other_fail_one_of_them(self):
        program = """
            server x { receive fn go(other: string) { sleep(0.5)
                                                      message(other, "back") }
                       receive fn back() { "back" } }
            """
        a = self.node("a", program=program)
        b = self.node("b", "-add-peer", f"127.0.0.1:{a.port}", program=program)
        self.wait_linked(a, b)
        with concurrent.futures.ThreadPoolExecutor() as clients:
            answers = [clients.submit(node.rpc, "x.go", [other]) for node, other in ((a, "b.x"), (b, "a.x"))]
            answers = [answer.result() for answer in answers]
        self.assertEqual([answer["result"] for answer in answers if "result" in answer], ["back"], answers)
        failed = json.dumps([answer["error"] for answer in answers if "error" in answer])
        self.assertRegex(failed, "deadlock: .*x.go@a.*")


class Registry(MeshTest):
    def test_the_shapes_of_the_first_documentation(self):
        a, b = self.pair()
        registry = wait_until(lambda: (lambda r: r if "b.counter" in r["servers"] else None)(a.get("/registry").json()), "b's servers")
        self.assertEqual((registry["node_id"], registry["node_address"]), ("a", f"127.0.0.1:{a.port}"))
        self.assertRegex(registry["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
        local = registry["servers"]["counter"]
        self.assertEqual(local["methods"][:3], ["add", "get", "where"])
        self.assertEqual(local["state"], {"n": "number", "history": "[number]"})
        self.assertEqual((local["name"], local["node_id"], local["is_local"]), ("counter", "a", True))
        remote = registry["servers"]["b.counter"]
        self.assertEqual((remote["name"], remote["node_id"], remote["node_address"], remote["is_local"]),
                         ("counter", "b", f"127.0.0.1:{b.port}", False))
        peer = registry["peers"]["b"]
        self.assertEqual((peer["node_id"], peer["address"], peer["is_healthy"], peer["server_count"]),
                         ("b", f"127.0.0.1:{b.port}", True, 2))
        health = a.get("/registry/health").json()
        self.assertEqual((health["status"], health["node_id"], health["server_count"], health["peer_count"]), ("healthy", "a", 4, 1))
        self.assertEqual(a.get("/registry/servers").json().keys(), registry["servers"].keys())

    def test_an_alias_names_a_peer_everywhere(self):
        a = self.node("real_a")
        b = self.node("b")
        answer = b.post({"node_id": "node1", "address": f"localhost:{a.port}"}, "/registry/peers/add")
        self.assertEqual((answer.status, answer.json()["status"]), (200, "success"))
        wait_until(lambda: b.get("/registry/peers").json()["node1"]["is_healthy"], "the link")
        self.assertEqual(b.get("/registry/peers").json()["node1"]["node_id"], "real_a")
        for name in ("node1", "real_a"):
            self.assertEqual(self.remote_result(b, name, "counter", "where"), "real_a")
        self.assertEqual(b.result("caller.ask", "node1.counter", "where"), "real_a")

    def test_a_removed_peer_stays_away_until_it_is_added_again(self):
        a, b = self.pair()
        self.assertEqual(a.request("DELETE", "/registry/peers/remove", json.dumps({"node_id": "b"})).status, 200)
        wait_until(lambda: "b" not in a.get("/registry/peers").json(), "b to be gone")
        self.assertEqual(a.request("DELETE", "/registry/peers/remove", json.dumps({"node_id": "b"})).status, 404)
        a.post({"node_id": "b", "address": f"127.0.0.1:{b.port}"}, "/registry/peers/add")
        wait_until(lambda: "result" in self.remote(a, "b", "counter", "get"), "b to be back")

    def test_bad_requests_say_what_is_wrong(self):
        a = self.node("a")
        for body, word in (("{", "JSON"), ("[]", "object"), ("{}", "node_id"), ('{"node_id":"x"}', "address"),
                           ('{"node_id":1,"address":"h:1"}', "node_id"), ('{"node_id":"","address":"h:1"}', "node_id"), ('{"node_id":"x","address":"nonsense"}', "address"),
                           ('{"node_id":"bad id","address":"h:1"}', "node id"), ('{"node_id":"x","address":"h:99999"}', "port")):
            answer = a.post(body, "/registry/peers/add")
            self.assertEqual(answer.status, 400, body)
            self.assertRegex(answer.json()["error"], re.compile(word, re.I), body)
        self.assertEqual(a.request("DELETE", "/registry/peers/remove", "{}").status, 400)
        self.assertEqual(a.get("/registry/peers/add").status, 405)

    def test_a_web_page_may_not_change_peers(self):
        a = self.node("a")
        answer = a.post({"node_id": "x", "address": "h:1"}, "/registry/peers/add", {"Origin": "http://evil.example"})
        self.assertEqual(answer.status, 403)

    def test_a_link_to_oneself_is_refused_and_said_so(self):
        a = self.node("a")
        a.post({"node_id": "me", "address": f"127.0.0.1:{a.port}"}, "/registry/peers/add")
        wait_until(lambda: "itself" in a.get("/registry/peers").json()["me"]["state"], "the refusal")
        self.assertFalse(a.get("/registry/peers").json()["me"]["is_healthy"])

    def test_a_peer_that_is_not_there_is_told_once(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            nobody = f"127.0.0.1:{unused.getsockname()[1]}"
            a = self.node("a", "-add-peer", nobody, "-log-level", "debug")
            told = lambda level: [line for line in a.lines if f"{level} peer not reached" in " ".join(line.split())]
            wait_until(lambda: told("DEBUG"), "a second attempt")
        self.assertEqual(len(told("WARN")), 1)
        self.assertIn(f'peer={nobody} reason="connection refused"', told("WARN")[0])

    def test_the_registry_can_be_disabled(self):
        a = self.node("a", "-disable-registry")
        for path in ("/registry", "/registry/servers", "/registry/peers", "/registry/health", "/ws/p2p"):
            answer = a.get(path)
            self.assertEqual((answer.status, "disabled" in answer.json()["error"]), (404, True))
        self.assertEqual(a.result("counter.get"), 0)

    def test_upgrades_are_checked(self):
        a = self.node("a")
        good = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        self.assertEqual(a.get("/ws/p2p", good).status, 400)
        self.assertEqual(a.get("/ws/p2p?node_id=bad%20id", good).status, 400)
        self.assertEqual(a.get("/ws/p2p?node_id=x", {**good, "Origin": "http://evil.example"}).status, 403)
        self.assertEqual(a.get("/ws/p2p?node_id=x").status, 400)
        self.assertEqual(a.get("/ws/p2p?node_id=a", good).status, 400)
        other = a.get("/ws/p2p?node_id=x", {**good, "Sec-WebSocket-Version": "12"})
        self.assertEqual((other.status, other.headers["sec-websocket-version"]), (426, "13"))


class Deep(MeshTest):
    PROGRAM = PROGRAM + """
server nester {
    receive fn nest(levels: number) {
        set v = []
        set i = 1
        while (i < levels) { set v = [v]
            set i = i + 1 }
        v
    }
}
server asker {
    receive fn give(levels: number) { try { message("b.counter", "echo", message("nester", "nest", levels)) } catch e { {kind: e.kind, message: e.error} } }
    receive fn ask(levels: number) { try { message("b.nester", "nest", levels) } catch e { {kind: e.kind, message: e.error} } }
}
"""

    def test_a_value_too_deep_to_travel_fails_its_call_and_costs_no_link(self):
        a = self.node("a", program=self.PROGRAM)
        b = self.node("b", "-add-peer", f"127.0.0.1:{a.port}", program=self.PROGRAM)
        self.wait_linked(a, b)
        for levels in (129, 2000):
            given = a.result("asker.give", levels)
            self.assertEqual(given["kind"], "invalid_params", given)
            self.assertIn("nested deeper than 128 levels", given["message"])
            asked = a.result("asker.ask", levels)
            self.assertEqual(asked["kind"], "too_large", asked)
        self.assertEqual(a.result("b.counter.where"), "b")
        self.assertFalse(any("link ended" in line for line in a.lines))


class Ends(MeshTest):
    def test_a_node_with_links_ends_in_good_order(self):
        a, b = self.pair()
        self.assertEqual(b.stop(), 0)
        wait_until(lambda: not a.get("/registry/peers").json()["b"]["is_healthy"], "a to know")
        self.assertEqual(a.stop(), 0)


if __name__ == "__main__":
    unittest.main()
