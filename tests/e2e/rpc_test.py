"""JSON-RPC 2.0 over POST /rpc: single calls, ids, notifications, parameters."""
import json
import unittest

from harness import NodeTest, wait_until

PROGRAM = """
struct Point { x: number, y: number }
server math {
    receive fn subtract(a: number, b: number) -> number { a - b }
    receive fn nothing() { nil }
    receive fn greet(name: string, greeting: optional(string)) { (greeting ?? "Hello") + " " + name }
}
server whole {
    receive fn object(data: object) { data }
    receive fn any(data) { data }
    receive fn struct(p: Point) { p.x + p.y }
    receive fn number(n: number) { n }
    receive fn two(data: object, more: optional(number)) { [data, more] }
    receive fn maybe(data: optional(object)) { data }
}
server log {
    state { all: array = [] }
    receive fn add(v: any) { state.set("all", state.all.push(v)) }
    receive fn all() { state.all }
}
"""


class Calls(NodeTest):
    PROGRAM = PROGRAM

    def test_positional_parameters(self):
        self.assertEqual(self.node.rpc("math.subtract", [42, 23]), {"jsonrpc": "2.0", "result": 19, "id": 1})

    def test_named_parameters_in_any_order(self):
        self.assertEqual(self.node.rpc("math.subtract", {"b": 23, "a": 42})["result"], 19)

    def test_no_parameters(self):
        self.assertEqual(self.node.rpc("math.nothing"), {"jsonrpc": "2.0", "result": None, "id": 1})
        self.assertEqual(self.node.rpc("math.nothing", []), {"jsonrpc": "2.0", "result": None, "id": 1})
        self.assertEqual(self.node.rpc("math.nothing", {}), {"jsonrpc": "2.0", "result": None, "id": 1})

    def test_optional_parameters_may_be_missing(self):
        self.assertEqual(self.node.result("math.greet", "Ann"), "Hello Ann")
        self.assertEqual(self.node.rpc("math.greet", {"name": "Ann", "greeting": "Hi"})["result"], "Hi Ann")
        self.assertEqual(self.node.rpc("math.greet", {"name": "Ann", "greeting": None})["result"], "Hello Ann")

    def test_the_id_comes_back_with_its_type(self):
        for id in (1, -7, 0, 1.5, "text", "", "é", None, 2**53, "1"):
            answer = self.node.rpc("math.nothing", id=id)
            self.assertEqual((answer["id"], type(answer["id"])), (id, type(id)))

    def test_an_id_keeps_digits_that_a_double_cannot_hold(self):
        body = '{"jsonrpc":"2.0","method":"math.nothing","id":12345678901234567890}'
        self.assertIn(b'"id":12345678901234567890', self.node.post(body).body.replace(b" ", b""))

    def test_unknown_members_are_ignored(self):
        self.assertEqual(self.node.rpc("math.subtract", [3, 1], trace="x", extra={"deep": [1]})["result"], 2)

    def test_the_order_of_the_members_is_free(self):
        for body in ('{"params":[3,1],"id":1,"method":"math.subtract","jsonrpc":"2.0"}',
                     '{"id":1,"jsonrpc":"2.0","params":{"b":1,"a":3},"method":"math.subtract"}'):
            self.assertEqual(self.node.post(body).json()["result"], 2)

    def test_white_space_around_the_request(self):
        self.assertEqual(self.node.post(' \r\n\t{"jsonrpc":"2.0","method":"math.nothing","id":1} \n').json()["id"], 1)

    def test_success_has_no_error_and_error_no_result(self):
        self.assertNotIn("error", self.node.rpc("math.nothing"))
        self.assertNotIn("result", self.node.rpc("math.none"))

    def test_a_call_is_answered_with_200_and_json(self):
        reply = self.node.post({"jsonrpc": "2.0", "method": "math.nothing", "id": 1})
        self.assertEqual(reply.status, 200)
        self.assertTrue(reply.headers["content-type"].startswith("application/json"), reply.headers)

    def test_an_escaped_member_name_is_the_same_name(self):
        body = '{"jsonrpc":"2.0","m\\u0065thod":"math.nothing","id":1}'
        self.assertIn("result", self.node.post(body).json())


class Notifications(NodeTest):
    PROGRAM = PROGRAM

    def test_a_notification_gets_204_and_no_body(self):
        reply = self.node.post({"jsonrpc": "2.0", "method": "log.add", "params": [1]})
        self.assertEqual((reply.status, reply.body), (204, b""))
        wait_until(lambda: self.node.result("log.all") == [1], "the notification to run")

    def test_a_notification_that_fails_gets_204_too(self):
        for method, params in (("nobody.x", []), ("log.none", []), ("math.subtract", ["x"]), ("whole.number", {"a": 1})):
            reply = self.node.post({"jsonrpc": "2.0", "method": method, "params": params})
            self.assertEqual((reply.status, reply.body), (204, b""), method)

    def test_a_null_id_is_no_notification(self):
        reply = self.node.post({"jsonrpc": "2.0", "method": "math.nothing", "id": None})
        self.assertEqual((reply.status, reply.json()["id"]), (200, None))


class WholeObject(NodeTest):
    """An object for a method with one parameter that accepts objects, none of whose keys is its name."""

    PROGRAM = PROGRAM

    def test_the_whole_object_is_the_argument(self):
        self.assertEqual(self.node.rpc("whole.object", {"a": 1, "b": [2]})["result"], {"a": 1, "b": [2]})
        self.assertEqual(self.node.rpc("whole.any", {"a": 1})["result"], {"a": 1})
        self.assertEqual(self.node.rpc("whole.struct", {"x": 1, "y": 2})["result"], 3)
        self.assertEqual(self.node.rpc("whole.maybe", {"a": 1})["result"], {"a": 1})

    def test_the_parameters_own_name_binds_by_name(self):
        self.assertEqual(self.node.rpc("whole.object", {"data": {"a": 1}})["result"], {"a": 1})
        self.assertEqual(self.node.rpc("whole.any", {"data": 5})["result"], 5)

    def test_the_name_beside_other_keys_is_an_error(self):
        self.assertEqual(self.node.error("whole.object", {"data": {}, "b": 1})["code"], -32602)

    def test_an_empty_object_is_no_argument(self):
        self.assertEqual(self.node.error("whole.object", {})["code"], -32602)
        self.assertEqual(self.node.rpc("whole.maybe", {})["result"], None)

    def test_other_methods_refuse_unknown_names(self):
        for method in ("whole.number", "whole.two"):
            error = self.node.error(method, {"a": 1})
            self.assertEqual(error["code"], -32602)
            self.assertIn("a", error["data"])


class Order(NodeTest):
    PROGRAM = PROGRAM

    def test_notifications_of_one_connection_run_in_order(self):
        with self.node.wire() as wire:
            for n in range(50):
                body = json.dumps({"jsonrpc": "2.0", "method": "log.add", "params": [n]})
                wire.send(f"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            self.assertEqual([wire.reply().status for _ in range(50)], [204] * 50)
        wait_until(lambda: len(self.node.result("log.all")) == 50, "all notifications to run")
        self.assertEqual(self.node.result("log.all"), list(range(50)))


if __name__ == "__main__":
    unittest.main()
