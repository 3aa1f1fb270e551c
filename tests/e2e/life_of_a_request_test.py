"""One request through every stop of docs/life-of-a-request.md, each seen from outside."""
import json
import re
import unittest

from harness import ROOT, NodeTest

PROGRAM = """
server counter {
    state { count: number = 0 }
    receive fn add(n: number) -> number {
        state.set("count", state.count + n)
        if state.count > 100 { throw {error: "too many", count: state.count} }
        message("log", "note", state.count)
        state.count
    }
    receive fn count() { state.count }
}
server log { state { last: number = 0 } receive fn note(n: number) { state.set("last", n) } receive fn last() { state.last } }
"""


class LifeOfARequest(NodeTest):
    PROGRAM = PROGRAM

    def test_a_request_goes_from_bytes_to_bytes(self):
        body = json.dumps({"jsonrpc": "2.0", "method": "counter.add", "params": {"n": 2}, "id": "the-id"})
        with self.node.wire() as wire:
            wire.send(f"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            reply = wire.reply()
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.json(), {"jsonrpc": "2.0", "result": 2, "id": "the-id"})
        self.assertEqual(int(reply.headers["content-length"]), len(reply.body))
        self.assertEqual((self.node.result("counter.count"), self.node.result("log.last")), (2, 2))

    def test_a_handler_that_fails_is_rolled_back_on_the_way(self):
        before = self.node.result("counter.count")
        error = self.node.error("counter.add", [1000])
        self.assertEqual((error["code"], error["data"]["error"]), (-32000, "too many"))
        self.assertEqual(self.node.result("counter.count"), before)

    def test_each_stop_of_the_document_exists(self):
        text = (ROOT / "docs/life-of-a-request.md").read_text()
        stops = re.findall(r"\[`([^`]+)`\]\(\.\./(src/[^)#]+)\)", text)
        self.assertGreaterEqual(len(stops), 8)
        for function, path in stops:
            name = re.sub(r"\(.*", "", function).split("::")[-1].split(".")[-1]
            self.assertRegex((ROOT / path).read_text(), rf"\b{name}\(", f"{function} is not in {path}")


if __name__ == "__main__":
    unittest.main()
