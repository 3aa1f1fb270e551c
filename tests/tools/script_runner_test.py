"""tests/script/run.py against a made-up relay: it must pass what fits and name what does not."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "script"))
import docs_test  # noqa: E402
import run  # noqa: E402

# Prints each line of the program that begins with `out `, on stderr those with `err `, and exits as `exit N` says.
RELAY = """#!/usr/bin/env python3
import os, sys
path = next(word for word in sys.argv[1:] if word.endswith(".rl"))
code = 0
for line in open(path, encoding="utf-8"):
    word, _, rest = line.rstrip("\\n").partition(" ")
    if word == "out": print(rest.split(" //")[0])
    if word == "err": print(rest, file=sys.stderr)
    if word == "exit": code = int(rest)
    if word == "argv": print(sys.argv[1:-1] if rest == "before" else sys.argv[2:])
    if word == "stdin": print(sys.stdin.read().split("\\n"))
    if word == "env": print(os.environ.get(rest))
sys.exit(code)
"""


class ScriptRunner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.relay = self.folder / "relay"
        self.relay.write_text(RELAY)
        self.relay.chmod(0o755)

    def check(self, text):
        path = self.folder / "program.rl"
        path.write_text(text, encoding="utf-8")
        return run.check(str(self.relay), path)

    def test_expected_lines_pass_in_their_order(self):
        self.assertIsNone(self.check("out a // expect: a\nout b\nout é\n// expect: b\n// expect: é\n"))

    def test_another_line_is_named(self):
        self.assertIn("line 2: expected 'x', got 'b'", self.check("out a // expect: a\nout b // expect: x\n"))

    def test_a_missing_and_an_extra_line_fail(self):
        self.assertIn("expected 'b', got None", self.check("out a // expect: a\n// expect: b\n"))
        self.assertIn("expected None, got 'b'", self.check("out a // expect: a\nout b\n"))

    def test_an_error_needs_status_1_and_its_text(self):
        self.assertIsNone(self.check("err bad thing\nexit 1\n// expect error: bad thing\n"))
        self.assertIn("stderr lacks", self.check("err other\nexit 1\n// expect error: bad thing\n"))
        self.assertIn("exit status 0", self.check("err bad thing\n// expect error: bad thing\n"))
        self.assertIn("exit status 1", self.check("exit 1\n"))
        self.assertIn("exit status 3", self.check("err bad\nexit 3\n// expect error: bad\n"))

    def test_a_warning_needs_its_text_and_success(self):
        self.assertIsNone(self.check("err careful\n// expect warning: careful\n"))
        self.assertIn("stderr lacks", self.check("// expect warning: careful\n"))

    def test_what_is_refused_fails(self):
        self.assertIn("stderr has 'warning'", self.check("err warning: x\n// refuse: warning\n"))

    def test_flags_arguments_input_and_environment_reach_the_program(self):
        self.assertIsNone(self.check("argv before\n// flags: -a 'b c'\n// expect: ['-a', 'b c']\n"))
        self.assertIsNone(self.check("argv after\n// args: x 'y z'\n// expect: ['x', 'y z']\n"))
        self.assertIsNone(self.check("stdin\n// stdin: one\n// stdin:\n// expect: ['one', '', '']\n"))
        self.assertIsNone(self.check("env NAME_OF_TEST\n// env: NAME_OF_TEST=a=b\n// expect: a=b\n"))

    def test_the_documents_have_examples_that_expect_something(self):
        found = dict(docs_test.examples())
        self.assertGreater(len(found), 10)
        self.assertGreater(sum("// =>" in text for text in found.values()), 10)


if __name__ == "__main__":
    unittest.main()
