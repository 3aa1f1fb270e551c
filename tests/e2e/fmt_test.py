"""relay fmt: files, standard input, -check, and what must not happen to a file."""
import os
import pathlib
import stat
import tempfile
import unittest

from harness import ROOT, OwnNodesTest, relay

UGLY = 'fn f( x ){x+1} // add\nprint( f(1) )'
FINE = 'fn f(x) { x + 1 } // add\nprint(f(1))\n'


class Fmt(OwnNodesTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text.encode())
        return path

    def assert_done(self, done, code, stdout, stderr=""):
        self.assertEqual((done.returncode, done.stdout), (code, stdout), done.stderr)
        self.assertIn(stderr, done.stderr)
        if not stderr:
            self.assertEqual(done.stderr, "")

    def only_files(self, *names):
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(names))

    def test_files_are_rewritten_and_named(self):
        ugly, fine = self.write("ugly.rl", UGLY), self.write("fine.rl", FINE)
        self.assert_done(relay("fmt", str(ugly), str(fine)), 0, f"{ugly}\n")
        self.assertEqual(ugly.read_text(), FINE)
        self.assert_done(relay("fmt", str(ugly), str(fine)), 0, "")
        self.only_files("ugly.rl", "fine.rl")

    def test_a_file_in_its_layout_is_not_touched(self):
        fine = self.write("fine.rl", FINE)
        os.utime(fine, ns=(5, 5))
        before = fine.stat()
        relay("fmt", str(fine))
        self.assertEqual((fine.stat().st_mtime_ns, fine.stat().st_ino), (before.st_mtime_ns, before.st_ino))

    def test_check_names_what_would_change_and_changes_nothing(self):
        ugly, fine = self.write("ugly.rl", UGLY), self.write("fine.rl", FINE)
        self.assert_done(relay("fmt", "-check", str(fine), str(ugly)), 1, f"{ugly}\n")
        self.assertEqual(ugly.read_text(), UGLY)
        self.assert_done(relay("fmt", str(fine), "--check"), 0, "")

    def test_a_dash_goes_from_standard_input_to_standard_output(self):
        self.assert_done(relay("fmt", "-", stdin=UGLY), 0, FINE)
        self.assert_done(relay("fmt", "-", stdin=FINE), 0, FINE)
        self.assert_done(relay("fmt", "-", stdin=""), 0, "")
        self.assert_done(relay("fmt", "-check", "-", stdin=UGLY), 1, "<stdin>\n")
        self.assert_done(relay("fmt", "-check", "-", stdin=FINE), 0, "")

    def test_a_syntax_error_is_shown_and_the_file_kept(self):
        wrong = self.write("wrong.rl", "fn f( {\n  1\n}")
        ugly = self.write("ugly.rl", UGLY)
        done = relay("fmt", str(wrong), str(ugly))
        self.assert_done(done, 1, f"{ugly}\n", f"--> {wrong}:1:")
        self.assertIn("error: ", done.stderr)
        self.assertEqual(wrong.read_text(), "fn f( {\n  1\n}")
        self.assertEqual(ugly.read_text(), FINE)
        self.assert_done(relay("fmt", "-", stdin="1 +"), 1, "", "--> <stdin>:1:4")

    def test_permissions_stay(self):
        ugly = self.write("ugly.rl", "#!/usr/bin/env relay\n" + UGLY)
        ugly.chmod(0o751)
        relay("fmt", str(ugly))
        self.assertEqual(stat.S_IMODE(ugly.stat().st_mode), 0o751)
        self.assertEqual(ugly.read_text(), "#!/usr/bin/env relay\n" + FINE)

    def test_a_symbolic_link_stays_one(self):
        ugly = self.write("ugly.rl", UGLY)
        link = self.folder / "link.rl"
        link.symlink_to("ugly.rl")
        self.assert_done(relay("fmt", str(link)), 0, f"{link}\n")
        self.assertTrue(link.is_symlink())
        self.assertEqual(ugly.read_text(), FINE)
        self.only_files("ugly.rl", "link.rl")

    def test_a_path_without_a_folder_works(self):
        self.write("ugly.rl", UGLY)
        self.assert_done(relay("fmt", "ugly.rl", folder=self.folder), 0, "ugly.rl\n")
        self.only_files("ugly.rl")

    def test_what_cannot_be_read_or_written_is_said(self):
        self.assert_done(relay("fmt", str(self.folder / "none.rl")), 1, "", "cannot read")
        pipe = self.folder / "pipe.rl"
        pipe.symlink_to("/dev/stdin")
        self.assert_done(relay("fmt", str(pipe), stdin=UGLY), 1, "", "cannot write")

    def test_folders_are_walked(self):
        (self.folder / "below").mkdir()
        (self.folder / ".hidden").mkdir()
        files = [self.write(name, UGLY) for name in ("b.rl", "a.relay", "below/c.rl")]
        others = [self.write(name, UGLY) for name in ("notes.txt", ".d.rl", ".hidden/e.rl")]
        (self.folder / "below" / "up").symlink_to(self.folder)
        names = sorted(map(str, files))
        self.assert_done(relay("fmt", "-check", str(self.folder)), 1, "".join(name + "\n" for name in names))
        self.assert_done(relay("fmt", str(self.folder)), 0, "".join(name + "\n" for name in names))
        self.assertEqual({path.read_text() for path in files}, {FINE})
        self.assertEqual({path.read_text() for path in others}, {UGLY})
        self.assert_done(relay("fmt", str(self.folder / ".hidden")), 0, f"{others[2]}\n")

    def test_wrong_usage(self):
        self.assert_done(relay("fmt"), 2, "", "relay help fmt")
        self.assert_done(relay("fmt", "-", "a.rl"), 2, "", "standard input stands alone")
        self.assert_done(relay("fmt", "-chekc", "a.rl"), 2, "", "did you mean -check?")

    def test_the_examples_are_in_their_layout(self):
        examples = sorted(str(path) for path in (ROOT / "examples").rglob("*.rl"))
        self.assertGreater(len(examples), 3)
        self.assert_done(relay("fmt", "-check", *examples), 0, "")

    def test_what_is_no_program_is_not_changed(self):
        binary = self.folder / "binary.rl"
        binary.write_bytes(bytes(range(256)))
        self.assertEqual(relay("fmt", str(binary)).returncode, 1)
        self.assertEqual(binary.read_bytes(), bytes(range(256)))


if __name__ == "__main__":
    unittest.main()
