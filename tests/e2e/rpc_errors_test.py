"""Every row of the error table: code, message, data and HTTP status."""
import unittest

from harness import NodeTest, OwnNodesTest

PROGRAM = """
struct User { name: string, age: optional(number) }
server s {
    state { n: number = 0 }
    receive fn f(n: number, m: optional(number)) { n }
    receive fn user(u: User) { u }
    receive fn list(xs: [number]) { xs }
    receive fn none() { 1 }
    receive fn divide(n: number) { 1 / n }
    receive fn refuse(v: any) { throw v }
    receive fn nap() { state.set("n", 1)
        sleep(60) }
    receive fn n() { state.n }
    receive fn calls() { message("nobody", "x") }
    receive fn loops() { message("t", "back") }
    fn helper() { 1 }
}
server t { receive fn back() { message("s", "none") } }
"""


def call(**members):
    return {"jsonrpc": "2.0", "method": "s.none", "id": 1, **members}


class ParseErrors(NodeTest):
    PROGRAM = PROGRAM

    def assert_parse_error(self, body):
        reply = self.node.post(body)
        answer = reply.json()
        self.assertEqual(reply.status, 400, body[:60])
        self.assertEqual((answer["error"]["code"], answer["error"]["message"]), (-32700, "Parse error"), body[:60])
        self.assertEqual((answer["jsonrpc"], answer["id"]), ("2.0", None))
        self.assertNotIn("result", answer)
        self.assertIsInstance(answer["error"]["data"], str)
        return answer["error"]["data"]

    def test_what_is_not_json(self):
        for body in ("", " ", "{", "{bad", "nul", '{"jsonrpc": "2.0", "method": "s.none", "id": 1', "[1,", "'x'",
                     '{"jsonrpc":"2.0","method":"s.none","id":1}}', '{"jsonrpc":"2.0","method":"s.none","id":01}',
                     '{"jsonrpc":"2.0","method":"s.f","params":[1,],"id":1}', "\x00", "{}{}", "1 2"):
            self.assert_parse_error(body)

    def test_what_is_not_utf_8(self):
        self.assert_parse_error(b'{"jsonrpc":"2.0","method":"s.none\xff","id":1}')
        self.assert_parse_error(b'{"jsonrpc":"2.0","method":"s.none","params":["\xc0\xaf"],"id":1}')
        self.assert_parse_error(b'{"jsonrpc":"2.0","method":"s.none","params":["\xed\xa0\x80"],"id":1}')

    def test_what_is_nested_too_deep(self):
        deep = "[" * 200 + "]" * 200
        self.assert_parse_error('{"jsonrpc":"2.0","method":"s.none","params":' + deep + ',"id":1}')
        self.assert_parse_error("[" * 100000)
        self.assert_parse_error('{"a":' * 100000)

    def test_numbers_and_strings_outside_relays_values(self):
        self.assert_parse_error('{"jsonrpc":"2.0","method":"s.f","params":[1e400],"id":1}')
        self.assert_parse_error('{"jsonrpc":"2.0","method":"s.f","params":["\\ud800"],"id":1}')

    def test_data_says_where(self):
        self.assertRegex(self.assert_parse_error('{"jsonrpc":"2.0",\n"method":s'), r"\d")


class InvalidRequests(NodeTest):
    PROGRAM = PROGRAM

    def assert_invalid(self, body, id=None):
        reply = self.node.post(body)
        answer = reply.json()
        self.assertEqual(reply.status, 400, body)
        self.assertEqual((answer["error"]["code"], answer["error"]["message"]), (-32600, "Invalid Request"), body)
        self.assertEqual(answer["id"], id, body)
        self.assertIsInstance(answer["error"]["data"], str)
        return answer["error"]["data"]

    def test_what_is_no_object(self):
        for body in ("1", '"text"', "true", "null"):
            self.assert_invalid(body)

    def test_an_empty_batch(self):
        self.assert_invalid("[]")

    def test_a_missing_or_wrong_version(self):
        for version in ("1.0", 2.0, 2, None, "2"):
            self.assert_invalid(call(jsonrpc=version), id=1)
        self.assert_invalid({"method": "s.none", "id": 1}, id=1)

    def test_a_missing_or_wrong_method(self):
        self.assert_invalid({"jsonrpc": "2.0", "id": 1}, id=1)
        for method in (1, None, [], {}, True):
            self.assert_invalid(call(method=method), id=1)

    def test_an_id_of_another_type(self):
        for id in (True, [], {}, [1]):
            self.assert_invalid(call(id=id))

    def test_params_that_are_neither_array_nor_object(self):
        for params in (1, "x", True, None):
            self.assertIn("params", self.assert_invalid(call(params=params), id=1))

    def test_an_empty_object(self):
        self.assert_invalid({})

    def test_a_wrong_http_method(self):
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            reply = self.node.request(method, "/rpc")
            self.assertEqual(reply.status, 405)
            self.assertIn("POST", reply.headers["allow"])
            answer = reply.json()
            self.assertEqual((answer["jsonrpc"], answer["error"]["code"], answer["id"]), ("2.0", -32600, None))


class CallErrors(NodeTest):
    PROGRAM = PROGRAM

    def assert_error(self, method, params, code, message, *parts):
        reply = self.node.post(call(method=method, params=params))
        answer = reply.json()
        self.assertEqual(reply.status, 200)
        self.assertEqual((answer["error"]["code"], answer["error"]["message"], answer["id"]), (code, message, 1), answer)
        for part in parts:
            self.assertIn(part, answer["error"]["data"])
        return answer["error"].get("data")

    def test_unknown_servers_and_methods(self):
        found = lambda method: self.assert_error(method, [], -32601, "Method not found")  # noqa: E731
        self.assertEqual(found("nobody.x"), "Server 'nobody' not found")
        self.assertEqual(found("s.nothing"), "Method 'nothing' not found on server 's'")
        self.assertEqual(found("s.helper"), "Method 'helper' not found on server 's'")

    def test_methods_that_are_not_server_dot_method(self):
        for method in ("s", "", ".", "s.", ".none", "print", "s none"):
            self.assert_error(method, [], -32601, "Method not found")

    def test_reserved_methods(self):
        self.assert_error("rpc.unknown", [], -32601, "Method not found")

    def test_wrong_types_name_parameter_expected_and_given(self):
        self.assert_error("s.f", ["x"], -32602, "Invalid params", "n", "number", "string")
        self.assert_error("s.f", {"n": None}, -32602, "Invalid params", "n", "number", "nil")
        self.assert_error("s.f", [1, "x"], -32602, "Invalid params", "m", "number", "string")
        self.assert_error("s.list", [[1, "x"]], -32602, "Invalid params", "xs", "[number]")

    def test_missing_parameters_are_named(self):
        self.assert_error("s.f", [], -32602, "Invalid params", "n")
        self.assert_error("s.f", {"m": 1}, -32602, "Invalid params", "n")

    def test_too_many_and_unknown_parameters(self):
        self.assert_error("s.f", [1, 2, 3], -32602, "Invalid params")
        self.assert_error("s.none", [1], -32602, "Invalid params")
        self.assert_error("s.f", {"n": 1, "o": 2}, -32602, "Invalid params", "o")

    def test_struct_checks(self):
        self.assert_error("s.user", [{"age": 1}], -32602, "Invalid params", "missing required field 'name'")
        self.assert_error("s.user", [{"name": "x", "nam": 1}], -32602, "Invalid params", "struct User has no field 'nam'")
        self.assert_error("s.user", [{"name": 5}], -32602, "Invalid params", "field 'name' of struct User must be string")
        self.assert_error("s.user", [{"_type": "Other", "name": "x"}], -32602, "Invalid params", "Other")

    def test_runtime_errors_give_their_message_and_no_internals(self):
        self.assertEqual(self.assert_error("s.divide", [0], -32603, "Internal error"), "division by zero")
        data = self.assert_error("s.calls", [], -32603, "Internal error")
        self.assertIn("server 'nobody' not found", str(data))
        self.assertNotIn(".rl", str(data))

    def test_deadlocks_name_the_cycle(self):
        data = self.assert_error("s.loops", [], -32603, "Internal error")
        self.assertIn("deadlock: s.loops -> t.back -> s.none", str(data))

    def test_thrown_values_are_the_data(self):
        for value in ({"error": "gone", "id": 4}, "text", 5, [1, {"a": None}], None, False):
            self.assertEqual(self.assert_error("s.refuse", [value], -32000, "Application error"), value)


class Timeouts(OwnNodesTest):
    def test_a_call_past_its_deadline_is_answered_and_undone(self):
        node = self.start(PROGRAM, "-call-timeout", "0.2")
        error = node.error("s.nap")
        self.assertEqual((error["code"], error["message"]), (-32002, "Timeout"))
        self.assertEqual(node.result("s.n"), 0)


class Dev(NodeTest):
    PROGRAM = PROGRAM
    FLAGS = ("-dev",)

    def test_dev_adds_file_line_and_stack(self):
        data = self.node.error("s.divide", [0])["data"]
        text = str(data)
        self.assertIn("division by zero", text)
        self.assertIn("program.rl", text)
        self.assertIn("9", text)
        self.assertIn("s.divide", text)


if __name__ == "__main__":
    unittest.main()
