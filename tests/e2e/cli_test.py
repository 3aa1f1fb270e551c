"""The command line: flags, environment, programs from everywhere, exit statuses."""
import os
import pathlib
import pty
import re
import signal
import subprocess
import tempfile
import unittest

from harness import BINARY, PATIENCE, OwnNodesTest, clean_environment, relay


class Folder(OwnNodesTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def assert_output(self, done, stdout):
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, stdout, ""))


class Expressions(Folder):
    def test_e_prints_the_value_as_shown_inside_a_value(self):
        for text, shown in (("1 + 2", "3"), ('"text"', '"text"'), ("nil", "nil"), ("[1, \"a\"]", '[1, "a"]'), ("set x = 4", "4"),
                            ("2024-01-01", "2024-01-01T00:00:00Z"), ("fn f() { 1 }", "<function: f>"), ("{a: 1}", "{a: 1}"),
                            ("server s { receive fn f() { 1 } }", "<server: s>"), ("struct P { a: number }", "nil"),
                            ("1\n2", "2"), ("", "nil")):
            self.assert_output(relay("-e", text), shown + "\n")

    def test_e_prints_behind_what_the_program_prints(self):
        self.assert_output(relay("-e", 'print("a")\n5'), "a\n5\n")

    def test_e_takes_its_argument_even_if_it_begins_with_a_dash(self):
        self.assert_output(relay("-e", "-5"), "-5\n")
        self.assertIn("undefined variable: port", relay("-e", "-port").stderr)

    def test_e_takes_arguments(self):
        self.assert_output(relay("-e", "args()", "a", "b c"), '["a", "b c"]\n')

    def test_a_failing_expression_exits_with_1(self):
        done = relay("-e", "1 / 0")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("division by zero", done.stderr)


class Files(Folder):
    def test_a_program_prints_only_what_it_prints(self):
        self.assert_output(relay(self.write("a.rl", 'print("a")\n5')), "a\n")
        self.assert_output(relay(self.write("b.relay", 'print("b")')), "b\n")
        self.assert_output(relay("-run", self.write("c.rl", 'print("c")')), "c\n")
        self.assert_output(relay(self.write("empty.rl", "")), "")

    def test_a_dash_reads_standard_input(self):
        self.assert_output(relay("-", stdin='print("in")'), "in\n")
        self.assert_output(relay("-", "x", stdin="print(args())"), '["x"]\n')

    def test_a_path_with_spaces(self):
        self.assert_output(relay(self.write("a program.rl", 'print("a")')), "a\n")

    def test_a_missing_file_is_named(self):
        done = relay(str(self.folder / "none.rl"))
        self.assertIn(done.returncode, (1, 2))
        self.assertIn("none.rl", done.stderr)

    def test_a_word_that_no_file_has_as_its_name_gets_the_command_that_was_meant(self):
        for word, meant in (("chek", "check"), ("repl", "-repl"), ("serve", "-server")):
            done = relay(word, folder=str(self.folder))
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(f"did you mean `relay {meant}`?", done.stderr)
        self.assertNotIn("did you mean", relay("chek.rl", folder=str(self.folder)).stderr)
        (self.folder / "chek").mkdir()
        self.assertNotIn("did you mean", relay("chek", folder=str(self.folder)).stderr)

    def test_a_file_without_an_end_is_refused(self):
        done = relay("/dev/zero")
        self.assertEqual(done.returncode, 2)
        self.assertIn("longer than a program may be (64 MiB)", done.stderr)

    def test_a_folder_and_bytes_that_are_no_text(self):
        self.assertIn(relay(str(self.folder)).returncode, (1, 2))
        path = self.folder / "binary.rl"
        path.write_bytes(b"print(\xff\xfe)\x00")
        done = relay(str(path))
        self.assertEqual(done.returncode, 1)
        self.assertIn("binary.rl", done.stderr)

    def test_a_failure_goes_to_stderr_with_a_code_frame(self):
        done = relay(self.write("bad.rl", 'print("a")\n  nope(1)\n'))
        self.assertEqual((done.returncode, done.stdout), (1, "a\n"))
        self.assertIn("error: undefined function: nope", done.stderr)
        self.assertIn("bad.rl:2:3", done.stderr)
        self.assertIn("2 |   nope(1)", done.stderr)
        self.assertIn("^^^^", done.stderr)

    def test_what_was_printed_before_the_end_is_all_there(self):
        done = relay("-", stdin="for i in range(100000) { print(i) }")
        self.assertEqual(done.stdout.splitlines(), [str(n) for n in range(100000)])

    def test_a_reader_that_goes_away_ends_the_program(self):
        process = subprocess.Popen([BINARY, "-e", "while true { print(1) }"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=clean_environment())
        process.stdout.read(100)
        process.stdout.close()
        process.wait(PATIENCE)
        process.stderr.close()

    def test_an_interrupted_program_exits_with_130(self):
        process = subprocess.Popen([BINARY, "-e", 'print("up")\nwhile true { sleep(1) }'], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env=clean_environment())
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline(), b"up\n")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), 130)

    def with_closed(self, stream, text):
        """What becomes of a program that the parent starts without one of its standard streams."""
        command = ["sh", "-c", f'exec "$0" -e "$1" {stream}', BINARY, text]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=clean_environment())

    def test_a_closed_standard_input_is_empty(self):
        self.assert_output(self.with_closed("<&-", "read_line()"), "nil\n")

    def test_a_closed_standard_output_is_an_error(self):
        done = self.with_closed(">&-", "1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write to standard output", done.stderr)

    def test_a_closed_standard_error_is_no_harm(self):
        self.assert_output(self.with_closed("2>&-", "1"), "1\n")
        self.assertEqual(self.with_closed("2>&-", "1 / 0").returncode, 1)


class Flags(Folder):
    def test_they_stand_before_or_after_the_file(self):
        program = self.write("id.rl", "print(node_id())")
        for flags in (["-node-id", "n1"], ["--node-id", "n1"], ["-node-id=n1"], ["--node-id=n1"]):
            self.assert_output(relay(*flags, program), "n1\n")
            self.assert_output(relay(program, *flags), "n1\n")

    def test_what_follows_the_programs_own_arguments_is_its_own(self):
        program = self.write("args.rl", "print(args())")
        self.assert_output(relay(program, "a", "-node-id", "n1"), '["a", "-node-id", "n1"]\n')
        self.assert_output(relay(program, "-node-id", "n1", "--", "-x"), '["-x"]\n')

    def test_the_environment_sets_flags_and_the_flag_wins(self):
        program = self.write("id.rl", "print(node_id())")
        self.assert_output(relay(program, env={"RELAY_NODE_ID": "from-env"}), "from-env\n")
        self.assert_output(relay(program, "-node-id", "flag", env={"RELAY_NODE_ID": "from-env"}), "flag\n")

    def test_a_bad_value_in_the_environment_is_named(self):
        done = relay("-e", "1", env={"RELAY_PORT": "many"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("RELAY_PORT", done.stderr)

    def test_config_sets_what_no_flag_sets(self):
        program = self.write("config.rl", 'config { node_id: "from-config" }\nprint(node_id())')
        self.assert_output(relay(program), "from-config\n")
        self.assert_output(relay(program, "-node-id", "flag"), "flag\n")
        self.assert_output(relay(program, env={"RELAY_NODE_ID": "env"}), "env\n")

    def test_an_unknown_flag_is_an_error_with_the_nearest_name(self):
        done = relay("-prot", "80", "-server")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("-prot", done.stderr)
        self.assertIn("-port", done.stderr)

    def test_bad_values_are_refused(self):
        for flags in (["-port", "x"], ["-port", "65536"], ["-port", "-1"], ["-workers", "0"], ["-node-id", "a b"], ["-node-id", "rpc"],
                      ["-node-id", "x" * 65], ["-log-level", "loud"], ["-log-format", "xml"], ["-cors", "nonsense"],
                      ["-header", "no colon"], ["-header", "X: a\r\nY: b"], ["-drain", "soon"], ["-max-body", "-5"], ["-call-timeout", "0"],
                      ["-server=maybe"]):
            done = relay("-e", "1", *flags)
            self.assertEqual((done.returncode, done.stdout), (2, ""), flags)
            self.assertIn(flags[0].split("=")[0], done.stderr, flags)

    def test_a_flag_without_its_value(self):
        for flag in ("-port", "-e", "-run", "-node-id"):
            done = relay(flag)
            self.assertEqual(done.returncode, 2, flag)
            self.assertIn(flag, done.stderr)

    def test_two_programs_are_refused(self):
        program = self.write("a.rl", "1")
        self.assertEqual(relay("-run", program, "-e", "1").returncode, 2)

    def test_nothing_at_all_shows_the_usage(self):
        done = relay()
        self.assertEqual(done.returncode, 2)
        self.assertIn("usage", (done.stdout + done.stderr).lower())

    def test_version_and_help(self):
        version = relay("-version")
        self.assertEqual((version.returncode, version.stderr), (0, ""))
        self.assertRegex(version.stdout, r"\d+\.\d+\.\d+")
        self.assertEqual(relay("--version").stdout, version.stdout)
        for flag in ("-help", "--help"):
            done = relay(flag)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            for name in ("-server", "-host", "-port", "-node-id", "-workers", "-dev", "-log-level", "-cors", "-header", "-drain",
                         "RELAY_NODE_ID", "-max-body", "-call-timeout"):
                self.assertIn(name, done.stdout)

    def test_every_flag_of_help_is_explained_in_the_docs(self):
        text = relay("-help").stdout
        commands = re.findall(r"^  ([a-z]+)\b", text.split("Commands")[1].split("\n\n")[0], re.MULTILINE)
        text += "".join(relay("help", name).stdout for name in commands)
        shown = [line.split()[0] for line in text.splitlines() if line.startswith("  -")]
        self.assertGreater(len(shown), 20)
        root = pathlib.Path(__file__).resolve().parents[2]
        pages = (root / "docs/limits.md").read_text() + (root / "docs/cli.md").read_text()
        explained = set(re.findall(r"`(-[a-z-]+)[ `]", pages))
        self.assertEqual([name for name in shown if name not in explained], [])
        self.assertEqual(sorted(explained - {*shown, "-", "--"}), [], "the docs explain flags that do not exist")

    def test_dump_bytecode_shows_the_program_and_runs_nothing(self):
        done = relay("-dump-bytecode", self.write("a.rl", 'print("never")'))
        self.assertEqual(done.returncode, 0)
        self.assertNotIn("never\n", done.stdout.splitlines())
        self.assertTrue(done.stdout)


class Colours(Folder):
    def stderr_on_a_terminal(self, env):
        main, worker = pty.openpty()
        try:
            process = subprocess.Popen([BINARY, "-e", "nope"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=worker,
                                       env=clean_environment(env))
            process.wait(PATIENCE)
            return os.read(main, 65536)
        finally:
            os.close(main)
            os.close(worker)

    def test_they_are_on_a_terminal_only(self):
        self.assertIn(b"\x1b[", self.stderr_on_a_terminal({"TERM": "xterm", "NO_COLOR": ""}))
        self.assertNotIn("\x1b[", relay("-e", "nope").stderr)

    def test_no_color_turns_them_off(self):
        self.assertNotIn(b"\x1b[", self.stderr_on_a_terminal({"TERM": "xterm", "NO_COLOR": "1"}))


if __name__ == "__main__":
    unittest.main()
