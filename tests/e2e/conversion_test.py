"""What becomes of values on their way from JSON into a handler and back."""
import json
import math
import random
import struct
import unittest

from harness import NodeTest

PROGRAM = """
struct Tag { name: string }
struct User { name: string, born: optional(datetime), tags: optional([Tag]) }
server v {
    receive fn echo(v: any) { v }
    receive fn type_of(v: any) { type(v) }
    receive fn shown(v: any) { string(v) }
    receive fn user(u: User) { u }
    receive fn users(us: [User]) { us.map(fn (u) { type(u) }) }
    receive fn by_name(us: {string: User}) { us }
    receive fn maybe(u: optional(User)) { type(u) }
    receive fn when(at: datetime) { [type(at), at.unix(), at] }
    receive fn times(at: [datetime]) { at.map(fn (t) { t.year() }) }
    receive fn function() { fn named() { 1 } }
    receive fn lambda() { fn () { 1 } }
    receive fn me() { v }
    receive fn infinities() { set inf = 1e308 * 10
        [inf, -inf, inf - inf] }
    receive fn date() { 2024-01-01T12:00:00Z }
    receive fn keys(o: object) { o.keys() }
}
"""


class Plain(NodeTest):
    PROGRAM = PROGRAM

    def test_values_come_back_as_they_went(self):
        for value in (None, True, False, 0, -1, 1.5, "", "text", "é😀\u0000\n\"\\/", [], [1, [2, []]], {},
                      {"a": {"b": [None]}}, {"": 1, "odd key": 2}):
            answer = self.node.result("v.echo", value)
            self.assertEqual((answer, type(answer)), (value, type(value)))

    def test_type_names(self):
        for value, name in ((None, "nil"), (True, "bool"), (1, "number"), ("s", "string"), ([1], "array"), ({"a": 1}, "object"),
                            ("2024-01-01T12:00:00Z", "string")):
            self.assertEqual(self.node.result("v.type_of", value), name)

    def test_keys_keep_their_order_and_the_last_duplicate_wins(self):
        body = '{"jsonrpc":"2.0","method":"v.echo","params":[{"b":1,"a":2,"b":3,"c":4}],"id":1}'
        pairs = json.loads(self.node.post(body).body, object_pairs_hook=list)
        result = dict(pairs)["result"]
        self.assertEqual(dict(result), {"a": 2, "b": 3, "c": 4})
        self.assertEqual(len(result), 3)
        self.assertEqual(self.node.result("v.keys", {"z": 1, "y": 2, "x": 3}), ["z", "y", "x"])

    def test_every_double_reads_back_the_same(self):
        random.seed(7)
        numbers = [struct.unpack("<d", random.randbytes(8))[0] for _ in range(3000)]
        numbers = [n for n in numbers if math.isfinite(n)] + [5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 0.1]
        # A number without a point would be read as an integer of all its digits, which no double has.
        self.assertEqual([float(n) for n in self.node.result("v.echo", numbers)], numbers)

    def test_numbers_are_shown_as_javascript_shows_them(self):
        for text, shown in (("1e21", "1e+21"), ("1e20", "100000000000000000000"), ("0.000001", "0.000001"), ("1e-7", "1e-7"),
                            ("-0", "0"), ("1.0", "1"), ("18446744073709551616", "18446744073709552000"), ("1E2", "100")):
            body = '{"jsonrpc":"2.0","method":"v.echo","params":[' + text + '],"id":1}'
            self.assertIn('"result":' + shown, self.node.post(body).body.decode().replace(" ", ""), text)

    def test_surrogate_pairs_join(self):
        body = '{"jsonrpc":"2.0","method":"v.shown","params":["\\ud83d\\ude00"],"id":1}'
        self.assertEqual(self.node.post(body).json()["result"], "😀")

    def test_a_large_array_comes_back_whole(self):
        self.assertEqual(self.node.result("v.echo", list(range(100000))), list(range(100000)))


class ByDeclaredType(NodeTest):
    PROGRAM = PROGRAM

    def test_iso_text_becomes_a_datetime(self):
        self.assertEqual(self.node.result("v.when", "2024-01-01T12:00:00Z"), ["datetime", 1704110400, "2024-01-01T12:00:00Z"])
        self.assertEqual(self.node.result("v.when", "2024-01-01T14:00:00+02:00")[2], "2024-01-01T12:00:00Z")
        self.assertEqual(self.node.result("v.times", ["2024-01-01", "1999-12-31T00:00:00Z"]), [2024, 1999])

    def test_text_that_is_no_datetime_is_refused(self):
        for text in ("tomorrow", "", "2024-13-01", 5):
            self.assertEqual(self.node.error("v.when", [text])["code"], -32602)

    def test_an_object_becomes_a_struct_deeply(self):
        user = {"name": "Ann", "born": "2000-01-02T00:00:00Z", "tags": [{"name": "x"}]}
        self.assertEqual(self.node.result("v.user", user),
                         {"_type": "User", "name": "Ann", "born": "2000-01-02T00:00:00Z", "tags": [{"_type": "Tag", "name": "x"}]})
        self.assertEqual(self.node.result("v.users", [{"name": "a"}, {"name": "b"}]), ["User", "User"])
        self.assertEqual(self.node.result("v.by_name", {"k": {"name": "a"}})["k"]["_type"], "User")
        self.assertEqual(self.node.result("v.maybe", {"name": "a"}), "User")
        self.assertEqual(self.node.result("v.maybe", None), "nil")

    def test_the_type_member_must_name_the_struct(self):
        self.assertEqual(self.node.result("v.user", {"_type": "User", "name": "x"})["name"], "x")
        self.assertEqual(self.node.error("v.user", [{"_type": "Tag", "name": "x"}])["code"], -32602)

    def test_a_deep_fault_is_refused(self):
        for user in ({"name": "x", "tags": [{"name": 5}]}, {"name": "x", "tags": [5]}, {"name": "x", "born": "never"}):
            self.assertEqual(self.node.error("v.user", [user])["code"], -32602)


class ToJson(NodeTest):
    PROGRAM = PROGRAM

    def test_values_without_a_json_form(self):
        self.assertEqual(self.node.result("v.function"), "<function: named>")
        self.assertEqual(self.node.result("v.lambda"), "<function: lambda>")
        self.assertEqual(self.node.result("v.me"), "<server: v>")
        self.assertEqual(self.node.result("v.infinities"), [None, None, None])
        self.assertEqual(self.node.result("v.date"), "2024-01-01T12:00:00Z")

    def test_the_type_of_a_struct_comes_first(self):
        text = self.node.post({"jsonrpc": "2.0", "method": "v.user", "params": [{"name": "x"}], "id": 1}).body
        pairs = dict(json.loads(text, object_pairs_hook=list))["result"]
        self.assertEqual([key for key, _ in pairs], ["_type", "name", "born", "tags"])


if __name__ == "__main__":
    unittest.main()
