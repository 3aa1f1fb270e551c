"""A public corpus of JSON texts, through json_decode and through /rpc.

It lies beside the checkout; where it does not, this test says so and is skipped. What becomes of the texts on
which parsers may differ (`i_`) stands in the table of docs/json.md.
"""
import json
import re
import unittest

from harness import ROOT, NodeTest

CORPUS = ROOT.parent / "shared" / "data" / "json-test-suite" / "test_parsing"
PROGRAM = """
server j {
    receive fn take(v: any) { v }
    receive fn decode(text: string) { json_decode(text) }
}
"""


def table():
    """The verdicts of docs/json.md on the texts that may go either way: name to True (accepted) or False."""
    rows = re.findall(r"^\| `(i_\S+)` \| (read|refused)", (ROOT / "docs/json.md").read_text(), re.MULTILINE)
    return {name: verdict == "read" for name, verdict in rows}


@unittest.skipUnless(CORPUS.is_dir(), f"the corpus is not there: {CORPUS}")
class Corpus(NodeTest):
    PROGRAM = PROGRAM

    def files(self, kind):
        found = sorted(CORPUS.glob(f"{kind}_*.json"))
        self.assertGreater(len(found), 30)
        return found

    def through_rpc(self, text):
        reply = self.node.post(b'{"jsonrpc":"2.0","method":"j.take","id":1,"params":{"v":' + text + b"}}")
        return reply, reply.json()

    def decoded(self, text):
        """What json_decode makes of the text, as an answer of /rpc; None if it is no UTF-8, so can be no string."""
        try:
            return self.node.rpc("j.decode", [text.decode()])
        except UnicodeDecodeError:
            return None

    def assert_accepted(self, path):
        text = path.read_bytes()
        answer = self.through_rpc(text)[1]
        self.assertIn("result", answer, path.name)
        decoded = self.decoded(text)
        self.assertEqual(decoded.get("result", "refused"), answer["result"], path.name)
        return answer["result"]

    def assert_refused(self, path):
        text = path.read_bytes()
        reply, answer = self.through_rpc(text)
        self.assertEqual((reply.status, answer.get("error", {}).get("code")), (400, -32700), path.name)
        decoded = self.decoded(text)
        if decoded is not None:
            self.assertEqual(decoded.get("error", {}).get("code"), -32603, path.name)

    def test_all_valid_texts_are_accepted_with_their_value(self):
        for path in self.files("y"):
            self.assertEqual(self.assert_accepted(path), json.loads(path.read_bytes()), path.name)

    def test_all_invalid_texts_are_refused(self):
        for path in self.files("n"):
            self.assert_refused(path)

    def test_the_others_are_as_the_table_says(self):
        verdicts = table()
        paths = self.files("i")
        self.assertEqual(sorted(verdicts), sorted(path.name for path in paths))
        for path in paths:
            if verdicts[path.name]:
                self.assert_accepted(path)
            else:
                self.assert_refused(path)


if __name__ == "__main__":
    unittest.main()
