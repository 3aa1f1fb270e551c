"""JSON-RPC batches."""
import time
import unittest

from harness import NodeTest, OwnNodesTest, wait_until

PROGRAM = """
server a {
    state { n: number = 0 }
    receive fn add(by: optional(number)) { state.set("n", state.n + (by ?? 1)) }
    receive fn echo(v: any) { v }
    receive fn nap(seconds: number) { sleep(seconds)
        "a" }
}
server b { receive fn nap(seconds: number) { sleep(seconds)
        "b" } }
server c { receive fn nap(seconds: number) { sleep(seconds)
        "c" } }
"""


def call(method, params, id):
    return {"jsonrpc": "2.0", "method": method, "params": params, "id": id}


def notification(method, params):
    return {"jsonrpc": "2.0", "method": method, "params": params}


class Batches(NodeTest):
    PROGRAM = PROGRAM

    def test_answers_come_in_the_order_of_the_requests(self):
        answers = self.node.post([call("a.echo", [n], n) for n in range(100)]).json()
        self.assertEqual(answers, [{"jsonrpc": "2.0", "result": n, "id": n} for n in range(100)])

    def test_slow_calls_keep_the_order(self):
        answers = self.node.post([call("b.nap", [0.1], "slow"), call("a.echo", [1], "fast")]).json()
        self.assertEqual([answer["id"] for answer in answers], ["slow", "fast"])

    def test_a_batch_of_one_is_answered_by_an_array(self):
        self.assertEqual(self.node.post([call("a.echo", [1], 1)]).json(), [{"jsonrpc": "2.0", "result": 1, "id": 1}])

    def test_notifications_are_left_out(self):
        reply = self.node.post([notification("a.echo", [1]), call("a.echo", [2], 2), notification("a.none", [])])
        self.assertEqual((reply.status, reply.json()), (200, [{"jsonrpc": "2.0", "result": 2, "id": 2}]))

    def test_a_batch_of_notifications_alone_gets_204(self):
        reply = self.node.post([notification("a.echo", [1]), notification("nobody.x", [])])
        self.assertEqual((reply.status, reply.body), (204, b""))

    def test_faults_are_answered_in_their_place(self):
        answers = self.node.post([call("a.echo", ["ok"], 1), 1, {}, call("nobody.x", [], "x"), [],
                                  {"jsonrpc": "2.0", "method": 5, "id": 5}]).json()
        codes = [answer.get("error", {}).get("code") for answer in answers]
        self.assertEqual(codes, [None, -32600, -32600, -32601, -32600, -32600])
        self.assertEqual([answer["id"] for answer in answers], [1, None, None, "x", None, 5])

    def test_a_batch_of_invalid_requests_alone(self):
        answers = self.node.post([1, 2, 3]).json()
        self.assertEqual([answer["error"]["code"] for answer in answers], [-32600] * 3)

    def test_one_broken_request_breaks_the_whole_text(self):
        reply = self.node.post('[{"jsonrpc":"2.0","method":"a.echo","params":[1],"id":1},{"jsonrpc":"2.0","method"]')
        self.assertEqual((reply.status, reply.json()["error"]["code"]), (400, -32700))

    def test_equal_ids_are_each_answered(self):
        answers = self.node.post([call("a.echo", [1], 7), call("a.echo", [2], 7)]).json()
        self.assertEqual([(answer["id"], answer["result"]) for answer in answers], [(7, 1), (7, 2)])


class Concurrency(OwnNodesTest):
    def test_calls_to_different_servers_run_at_once(self):
        node = self.start(PROGRAM)
        begin = time.monotonic()
        answers = node.post([call(f"{name}.nap", [1], name) for name in "abc"]).json()
        self.assertEqual([answer["result"] for answer in answers], ["a", "b", "c"])
        self.assertLess(time.monotonic() - begin, 2.5, "three naps of 1 s took as long as one after the other")

    def test_calls_to_one_server_run_in_the_order_of_the_batch(self):
        node = self.start(PROGRAM)
        answers = node.post([call("a.add", [], n) for n in range(300)]).json()
        self.assertEqual([answer["result"] for answer in answers], list(range(1, 301)))

    def test_notifications_of_a_batch_run(self):
        node = self.start(PROGRAM)
        node.post([notification("a.add", [5]) for _ in range(10)])
        wait_until(lambda: node.result("a.add", 0) == 50, "ten notifications to run")


if __name__ == "__main__":
    unittest.main()
