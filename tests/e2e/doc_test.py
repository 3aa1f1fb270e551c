"""relay doc: pages in Markdown and HTML, and programs that have none."""
import html.parser
import pathlib
import tempfile
import unittest

from harness import ROOT, OwnNodesTest, relay

PROGRAM = """/// Counts. <b>Not bold</b>
server counter {
    state { count: number = 0 }
    /// Adds `by`.
    receive fn add(by: number) -> number { state.set("count", state.count + by) }
}
"""


class Tags(html.parser.HTMLParser):
    """The tags that a page opens, and whether it closes them all."""
    EMPTY = {"meta"}

    def __init__(self, page):
        super().__init__()
        self.seen, self.open = set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()


class Doc(OwnNodesTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "counter.rl"
        self.file.write_text(PROGRAM)

    def assert_failed(self, done, code, part):
        self.assertEqual((done.returncode, done.stdout), (code, ""))
        self.assertIn(part, done.stderr)

    def test_markdown_is_printed(self):
        done = relay("doc", str(self.file))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "# counter.rl\n\n## Servers\n\n### `counter`\n\nCounts. \\<b\\>Not bold\\</b\\>\n\nState:\n\n"
                                      "- `count: number = 0`\n\n#### `add(by: number) -> number`\n\nAdds `by`.\n")

    def test_html_is_a_whole_page(self):
        for program in [self.file, *(ROOT / "examples").glob("*.rl")]:
            done = relay("doc", "-html", str(program))
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            page = Tags(done.stdout)
            self.assertEqual(page.open, [])
            self.assertFalse(page.seen & {"script", "b", "img", "link", "iframe"})

    def test_standard_input_has_a_page(self):
        done = relay("doc", "-", stdin="/// Adds.\nfn add(a, b) { a + b }")
        self.assertEqual((done.returncode, done.stdout), (0, "# \\<stdin\\>\n\n## Functions\n\n### `add(a, b)`\n\nAdds.\n"))

    def test_a_program_with_an_error_has_none(self):
        self.file.write_text("server {")
        self.assert_failed(relay("doc", str(self.file)), 1, f"--> {self.file}:1:")
        self.assert_failed(relay("doc", "none.rl"), 1, "cannot read none.rl")

    def test_wrong_usage(self):
        self.assert_failed(relay("doc"), 2, "expected one file")
        self.assert_failed(relay("doc", "a.rl", "b.rl"), 2, "expected one file")
        self.assert_failed(relay("doc", "-htlm", "a.rl"), 2, "did you mean -html?")


if __name__ == "__main__":
    unittest.main()
