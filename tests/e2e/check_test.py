"""relay check: what it says of good and bad programs, of what is no program, and to other programs."""
import json
import pathlib
import re
import tempfile
import unittest

from harness import ROOT, relay

GOOD = 'fn add(a: number, b: number) -> number { a + b }\nprint(add(1, 2))\n'
BAD = 'set counter = 1\nprint(countr, counter)\n'


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def check(self, *words, stdin=""):
        return relay("check", *words, stdin=stdin, folder=self.folder)

    def json_of(self, *words, stdin=""):
        done = self.check("-format", "json", *words, stdin=stdin)
        self.assertEqual(done.stderr, "")
        return done.returncode, json.loads(done.stdout)

    def assert_ends(self, done, code, summary):
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.assertEqual(done.stderr.splitlines()[-1], summary)

    def test_a_good_program_is_fine(self):
        self.assert_ends(self.check(self.file("good.rl", GOOD)), 0, "0 errors, 0 warnings in 1 file")

    def test_an_error_is_shown_with_its_frame_and_its_hint(self):
        done = self.check(self.file("bad.rl", BAD))
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr, "error: undefined variable: countr\n"
                                      " --> bad.rl:2:7\n"
                                      "  |\n"
                                      "2 | print(countr, counter)\n"
                                      "  |       ^^^^^^ did you mean `counter`?\n"
                                      "1 error, 0 warnings in 1 file\n")

    def test_nothing_of_the_program_runs(self):
        self.assert_ends(self.check(self.file("loop.rl", 'print("ran")\nwhile true { }\n')), 0, "0 errors, 0 warnings in 1 file")

    def test_warnings_alone_are_no_failure(self):
        self.assert_ends(self.check(self.file("warn.rl", "set unused = 1\nprint(2)\n")), 0, "0 errors, 1 warning in 1 file")

    def test_several_files_are_counted_together(self):
        done = self.check(self.file("good.rl", GOOD), self.file("bad.rl", BAD), self.file("worse.rl", "set 5\n"))
        self.assert_ends(done, 1, "2 errors, 0 warnings in 3 files")

    def test_standard_input_is_a_file_too(self):
        done = self.check("-", stdin=BAD)
        self.assert_ends(done, 1, "1 error, 0 warnings in 1 file")
        self.assertIn("--> <stdin>:2:7", done.stderr)

    def test_a_missing_file_is_an_error_and_the_others_are_checked(self):
        done = self.check("nowhere.rl", self.file("bad.rl", BAD))
        self.assert_ends(done, 1, "2 errors, 0 warnings in 2 files")
        self.assertIn("error: cannot read nowhere.rl: No such file or directory\nerror: undefined", done.stderr)
        self.assertIn("undefined variable: countr", done.stderr)

    def test_folders_are_walked(self):
        (self.folder / "below").mkdir()
        for name, text in (("a.rl", GOOD), ("below/b.relay", BAD), ("notes.txt", BAD), (".hidden.rl", BAD)):
            self.file(name, text)
        done = self.check(".")
        self.assert_ends(done, 1, "1 error, 0 warnings in 2 files")
        self.assertIn("--> ./below/b.relay:2:7", done.stderr)

    def test_an_empty_file_is_fine(self):
        self.assert_ends(self.check(self.file("empty.rl", "")), 0, "0 errors, 0 warnings in 1 file")

    def test_junk_is_refused_and_nothing_breaks(self):
        for name, junk in (("zero", b"\0" * 100), ("bytes", bytes(range(256)) * 20), ("utf8", b"set a = \xff\xfe\n"),
                           ("open", b"((((((" * 2000), ("elf", pathlib.Path("/proc/self/exe").read_bytes()[:5000])):
            with self.subTest(name):
                done = self.check(self.file(name + ".rl", junk))
                self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr[:500])
                self.assertRegex(done.stderr.splitlines()[-1], r"^[1-9]\d* errors?, 0 warnings in 1 file$")

    def test_a_program_of_ten_thousand_lines_is_checked_whole(self):
        part = ("fn f{0}(x: number) {{\n    set y = x + {0}\n    y\n}}\nserver s{0} {{\n    state {{ n: number = 0 }}\n"
                '    receive fn go() {{ state.set("n", f{0}(state.n)) }}\n}}\nsend s{0} go {{}}\n\n')
        text = "".join(part.format(number) for number in range(1000)) + "print(f7(\"x\"))\n"
        self.assertEqual(text.count("\n"), 10_001)
        code, found = self.json_of(self.file("long.rl", text))
        self.assertEqual((code, [(one["line"], one["message"]) for one in found]),
                         (1, [(10_001, "function 'f7': parameter 'x' must be number, got string")]))

    def test_json_is_one_array_with_all_that_is_known(self):
        code, found = self.json_of(self.file("bad.rl", 'set näme = 1\n'), self.file("b.rl", "set unused = 1\nprint(nil.x)\n"))
        self.assertEqual(code, 1)
        for one in found:
            self.assertEqual(list(one), ["file", "line", "column", "end_line", "end_column", "severity", "message", "hint", "notes"])
        self.assertEqual([(one["file"], one["line"], one["column"], one["end_line"], one["end_column"], one["severity"]) for one in found[1:]],
                         [("b.rl", 1, 5, 1, 11, "warning"), ("b.rl", 2, 11, 2, 12, "error")])
        self.assertEqual(found[1]["notes"], ["`_unused` says that it is meant so"])

    def test_json_of_nothing_is_an_empty_array(self):
        self.assertEqual(self.json_of(self.file("good.rl", GOOD)), (0, []))

    def test_json_names_a_file_that_cannot_be_read(self):
        code, found = self.json_of("nowhere.rl")
        self.assertEqual((code, found[0]["file"], found[0]["severity"]), (1, "nowhere.rl", "error"))

    def test_texts_in_json_are_escaped(self):
        code, found = self.json_of(self.file('quo"te.rl', 'print("a" + 1, undefined_\\)\n'))
        self.assertEqual(code, 1)
        self.assertTrue(all(one["file"] == 'quo"te.rl' for one in found))

    def test_wrong_usage_is_told_apart(self):
        for words, part in (((), "expected the files"), (("-format", "xml", "a.rl"), "text or json"), (("-nope", "a.rl"), "unknown flag")):
            with self.subTest(words):
                done = self.check(*words)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn(part, done.stderr)

    def test_what_running_a_file_refuses_check_refuses_in_the_same_words(self):
        text = "fn f(a, a) { 1 }\nserver s implements Nobody { }\nbreak\n"
        name = self.file("refused.rl", text)
        run = relay(name, folder=self.folder)
        checked = self.check(name)
        for sentence in re.findall(r"^error: .*$", run.stderr, re.MULTILINE):
            self.assertIn(sentence, checked.stderr)
        self.assertEqual(checked.returncode, 1)

    def test_examples_and_the_blog_have_no_errors(self):
        for path in sorted((ROOT / "examples").glob("*.rl")):
            with self.subTest(path.name):
                self.assert_ends(relay("check", str(path)), 0, "0 errors, 0 warnings in 1 file")


if __name__ == "__main__":
    unittest.main()
