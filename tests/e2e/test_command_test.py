"""relay test: blocks `test "name" { ... }` of programs, each in a process of its own."""
import os
import pathlib
import pty
import re
import signal
import subprocess
import tempfile
import unittest

from harness import BINARY, PATIENCE, ROOT, clean_environment, relay, wait_until

COUNTER = """
server counter {
    state { n: number = 0 }
    receive fn add(by: number) -> number { state.set("n", state.n + by) }
    receive fn fail() { throw {error: "thrown", code: 3} }
    receive fn divide() { 1 / 0 }
    receive fn spin() { while true { } }
    receive fn round() { send "other" back {} }
}
server other { receive fn back() { send "counter" round {} } }
set base = 10
"""


class TestCommand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, text, name="tests.rl"):
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def run_tests(self, text, *flags, env=None):
        return relay("test", self.write(text), *flags, env=env, folder=self.folder)

    def lines(self, done):
        """Standard output without the times."""
        return re.sub(r"^(ok  |FAIL)(  .*) \([^()]*\)$", r"\1\2", done.stdout, flags=re.MULTILINE).splitlines()

    def assert_passed(self, done, *lines):
        self.assertEqual((done.returncode, self.lines(done), done.stderr), (0, list(lines), ""))

    def assert_failed(self, done, *parts):
        """One test has failed, and its report holds these parts in this order."""
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertEqual(self.lines(done)[-1], "0 passed, 1 failed")
        place = 0
        for part in parts:
            place = done.stdout.find(part, place)
            self.assertNotEqual(place, -1, f"{part!r} is not in its place in\n{done.stdout}")

    # ---- What a test sees

    def test_tests_pass_or_fail_and_the_last_line_counts_them(self):
        done = self.run_tests('test "a" { }\ntest "b" { assert(1 > 2) }\ntest "c" { assert(true) }')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.lines(done), [
            "ok    a", "FAIL  b", "error: assertion failed", " --> tests.rl:2:12", "  |",
            '2 | test "b" { assert(1 > 2) }', "  |            ^^^^^^^^^^^^^", '  at test "b" (tests.rl:2:12)', "ok    c",
            "2 passed, 1 failed"])
        self.assertRegex(done.stdout, r"(?m)^ok    a \([0-9.]+ (us|ms|s)\)$")

    def test_each_test_has_fresh_servers_and_fresh_top_level_code(self):
        add = "assert_equal(send counter add {by: base}, 10)"
        program = COUNTER + f'test "one" {{ {add}; send counter add {{by: 5}} }}\ntest "two" {{ {add} }}\ntest "three" {{ {add} }}'
        self.assert_passed(self.run_tests(program), "ok    one", "ok    two", "ok    three", "3 passed, 0 failed")

    def test_a_program_that_is_run_leaves_its_tests_out(self):
        name = self.write('print("program")\ntest "a" { print("test"); assert(false) }')
        done = relay(name, folder=self.folder)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "program\n", ""))
        dump = relay("-dump-bytecode", name, folder=self.folder).stdout
        self.assertIn("program", dump)
        self.assertNotIn("assert", dump)

    def test_top_level_code_that_returns_is_followed_by_the_test(self):
        done = self.run_tests('set ready = true\nif ready { return nil }\nset ready = false\ntest "a" { assert(ready) }')
        self.assert_passed(done, "ok    a", "1 passed, 0 failed")

    def test_a_test_has_no_input_no_arguments_and_no_environment(self):
        program = 'test "a" { assert_equal([read_line(), args()], [nil, []]); assert_equal(assert_throws(fn () { env("HOME") }).kind, "denied") }'
        self.assert_passed(self.run_tests(program), "ok    a", "1 passed, 0 failed")

    def test_the_environment_can_be_allowed_by_name(self):
        done = self.run_tests('test "a" { assert_equal(env("COLOUR") + env("SIZE"), "redbig") }', "-allow-env", "COLOUR",
                              "-allow-env=SIZE", env={"COLOUR": "red", "SIZE": "big"})
        self.assert_passed(done, "ok    a", "1 passed, 0 failed")

    def test_the_limits_of_the_config_hold(self):
        done = self.run_tests('config { limits: { max_call_depth: 50 } }\nfn f(n) { f(n + 1) }\n'
                              'test "a" { assert_equal(assert_throws(fn () { f(0) }).kind, "limit") }')
        self.assert_passed(done, "ok    a", "1 passed, 0 failed")

    def test_there_is_no_mesh(self):
        done = self.run_tests(COUNTER + 'test "a" { send "node9.counter" add {by: 1} }')
        self.assert_failed(done, "error: node 'node9' is unknown", "tests.rl:12:12")

    # ---- What fails a test

    def test_a_difference_is_shown_with_its_place_and_both_values(self):
        done = self.run_tests('fn same(a, b) { assert_equal(a, b) }\ntest "a" { same({tags: [1, 2]}, {tags: [1, 3]}) }')
        self.assert_failed(done, "error: not equal at .tags[1]: 2 and 3", "--> tests.rl:1:17", "= note: left:  {tags: [1, 2]}",
                           "= note: right: {tags: [1, 3]}", "at same (tests.rl:1:17)", 'at test "a" (tests.rl:2:12)')

    def test_an_error_in_a_server_shows_the_stack_through_it(self):
        done = self.run_tests(COUNTER + 'test "a" { send counter divide {} }')
        self.assert_failed(done, "error: division by zero", "--> tests.rl:6:27", "at counter.divide", 'at test "a" (tests.rl:12:12)')

    def test_an_error_of_top_level_code_fails_each_test(self):
        done = self.run_tests('test "a" { }\nthrow "not ready"')
        self.assert_failed(done, "FAIL  a", "error: not ready", "--> tests.rl:2:1")

    def test_a_notification_that_fails_fails_the_test_that_sent_it(self):
        done = self.run_tests(COUNTER + 'test "a" { notify(counter, "divide") }')
        self.assert_failed(done, "FAIL  a", "error: notification of counter.divide failed: division by zero", "--> tests.rl:6:27")

    def test_an_assertion_in_a_server_shows_both_values_to_whoever_asked(self):
        server = "server s { receive fn f(v: any) { assert_equal(v, [1]) } }\n"
        for body in ("send s f {v: [2]}", 'notify(s, "f", [2])'):
            done = self.run_tests(server + f'test "a" {{ {body} }}')
            self.assert_failed(done, "not equal at [0]: 2 and 1", "--> tests.rl:1:35", "= note: left:  [2]", "= note: right: [1]", "at s.f")

    def test_messages_that_are_on_their_way_at_the_end_are_handled(self):
        done = self.run_tests('server s { receive fn late() { sleep(0.05); print("handled") } }\ntest "a" { notify(s, "late") }', "-verbose")
        self.assert_passed(done, "ok    a", "output:", "  handled", "1 passed, 0 failed")

    def test_a_server_that_cannot_start_fails_the_test(self):
        done = self.run_tests('server s { state { n: number = 1 / 0 } }\ntest "a" { }')
        self.assert_failed(done, "error: ", "division by zero", "tests.rl:1:")

    def test_a_deadlock_is_named(self):
        done = self.run_tests(COUNTER + 'test "a" { send counter round {} }')
        self.assert_failed(done, "error: deadlock: counter.round -> other.back -> counter.round")

    def test_a_call_that_takes_too_long_is_an_error_of_the_test(self):
        done = self.run_tests(COUNTER + 'test "a" { send counter spin {} within 0.05 }')
        self.assert_failed(done, "error: ", "counter.spin", "tests.rl:12:12")

    def test_a_loop_without_end_is_stopped_and_the_other_tests_run(self):
        done = self.run_tests('test "spins" { print("begun"); while true { } }\ntest "b" { }', "-timeout", "3000ms")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.lines(done), ["FAIL  spins", "error: the test took longer than 3 s and was stopped", "output:",
                                            "  begun", "ok    b", "1 passed, 1 failed"])

    def test_a_program_that_never_gets_to_its_tests_is_stopped_too(self):
        done = self.run_tests('test "a" { }\nwhile true { sleep(1) }', "-timeout", "2")
        self.assert_failed(done, "FAIL  a", "error: the test took longer than 2 s and was stopped")

    # ---- What is shown

    def test_output_and_logs_are_shown_of_tests_that_fail(self):
        program = 'test "a" { print("from a") }\ntest "b" { print("from b"); notify("nobody", "x") }'
        done = self.run_tests(program)
        self.assertNotIn("from a", done.stdout)
        self.assertIn("output:\n  from b\n", done.stdout)

    def test_all_output_is_shown_on_demand(self):
        done = self.run_tests('print("top")\ntest "a" { print("one\\ntwo") }', "-verbose")
        self.assert_passed(done, "ok    a", "output:", "  top", "  one", "  two", "1 passed, 0 failed")

    def test_a_flood_of_output_is_cut(self):
        done = self.run_tests('test "a" { for i in range(200) { print("x".repeat(10000)) }; assert(false) }')
        self.assertLess(len(done.stdout), 300_000)
        self.assertRegex(done.stdout, r"\n  \.\.\. and 17\d{5} bytes more\n")

    def test_results_stand_in_the_order_of_the_file(self):
        names = [f"number {i}" for i in range(8)]
        program = "".join(f'test "{name}" {{ sleep({0.4 if i == 0 else 0}) }}\n' for i, name in enumerate(names))
        self.assert_passed(self.run_tests(program), *(f"ok    {name}" for name in names), "8 passed, 0 failed")

    def test_a_name_cannot_write_to_the_terminal(self):
        done = self.run_tests('test "a\\u001b[31m\\nb" { }')
        self.assertNotIn("\x1b", done.stdout)
        self.assertEqual(len(done.stdout.splitlines()), 2)

    def test_colours_are_for_terminals(self):
        self.write('test "a" { }\ntest "b" { assert(false) }')
        for no_color, wanted in (("", True), ("1", False)):
            ours, theirs = pty.openpty()
            process = subprocess.Popen([BINARY, "test", "tests.rl"], cwd=self.folder, stdout=theirs, stderr=theirs,
                                       env=clean_environment({"NO_COLOR": no_color}))
            os.close(theirs)
            shown = b""
            while True:
                try:
                    shown += os.read(ours, 65536)
                except OSError:  # its other end is closed
                    break
            self.assertEqual(process.wait(PATIENCE), 1)
            os.close(ours)
            self.assertEqual(b"\x1b[32mok" in shown and b"\x1b[1;31merror" in shown, wanted, shown)

    # ---- Files and flags

    def test_several_files_are_programs_of_their_own(self):
        self.write('set x = 1\ntest "a" { assert_equal(x, 1) }', "one.rl")
        self.write('set x = 2\ntest "a" { assert_equal(x, 2) }', "two.rl")
        done = relay("test", "one.rl", "two.rl", folder=self.folder)
        self.assert_passed(done, "one.rl", "ok    a", "two.rl", "ok    a", "2 passed, 0 failed")

    def test_a_file_that_does_not_load_fails_the_run_and_the_others_are_run(self):
        self.write('test "a" { }', "good.rl")
        self.write('test "a" { let }}', "bad.rl")
        for bad in ("bad.rl", "missing.rl"):
            done = relay("test", bad, "good.rl", folder=self.folder)
            self.assertEqual((done.returncode, self.lines(done)), (1, ["ok    a", "1 passed, 0 failed"]))
            self.assertIn(bad, done.stderr)

    def test_a_filter_takes_the_tests_with_a_text_in_their_name(self):
        program = 'test "posts: add" { }\ntest "posts: remove" { }\ntest "users" { assert(false) }'
        self.assert_passed(self.run_tests(program, "-filter", "posts:"), "ok    posts: add", "ok    posts: remove", "2 passed, 0 failed")
        none = self.run_tests(program, "-filter", "nothing")
        self.assertEqual((none.returncode, none.stdout), (0, "0 passed, 0 failed\n"))
        self.assertIn('no test has a name with "nothing" in it', none.stderr)

    def test_a_file_without_tests_is_named(self):
        done = self.run_tests("print(1)")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "0 passed, 0 failed\n", "relay: there are no tests in tests.rl\n"))

    def test_folders_are_walked(self):
        (self.folder / "below").mkdir()
        (self.folder / "plain.rl").write_text("print(1)")
        (self.folder / "below" / "some.relay").write_text('test "one" { assert(true) }')
        done = relay("test", ".", folder=self.folder)
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1], done.stderr), (0, "1 passed, 0 failed", ""))
        (self.folder / "below" / "bad.rl").write_text("print(")
        self.assertEqual(relay("test", ".", folder=self.folder).returncode, 1)

    def test_wrong_usage(self):
        for words in (["test"], ["test", "-timeout", "soon", "tests.rl"], ["test", "-nonsense", "tests.rl"], ["test", "-allow-env=", "x"]):
            done = relay(*words, folder=self.folder)
            self.assertEqual((done.returncode, done.stdout), (2, ""), words)
            self.assertIn("relay help test", done.stderr)

    def test_two_tests_of_one_name_are_refused(self):
        done = self.run_tests('test "a" { }\ntest "a" { }')
        self.assertEqual((done.returncode, done.stdout), (1, "0 passed, 0 failed\n"))
        self.assertIn("duplicate test 'a'", done.stderr)

    # ---- Ends

    def test_an_interruption_tells_what_has_finished_and_leaves_no_process(self):
        self.write('test "first" { }\ntest "sleeps" { sleep(1000) }\ntest "sleeps too" { sleep(1000) }\n' +
                   'test "last" { }\n')
        process = subprocess.Popen([BINARY, "test", "tests.rl"], cwd=self.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, encoding="utf-8", env=clean_environment())
        self.addCleanup(process.kill)
        self.assertTrue(process.stdout.readline().startswith("ok    first"))
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        started = wait_until(lambda: children.read_text().split(), "the tests that sleep run")
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, errors), (130, ""))
        self.assertRegex(rest.splitlines()[-1], r"^interrupted: [12] passed, 0 failed, [23] not finished$")
        for child in started:
            self.assertFalse(pathlib.Path(f"/proc/{child}").exists())

    def test_a_test_dies_with_the_command(self):
        self.write('test "sleeps" { sleep(1000) }')
        process = subprocess.Popen([BINARY, "test", "tests.rl"], cwd=self.folder, stdout=subprocess.DEVNULL, env=clean_environment())
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        started = wait_until(lambda: children.read_text().split(), "the test runs")
        process.kill()
        process.wait(PATIENCE)
        for child in started:
            wait_until(lambda: not pathlib.Path(f"/proc/{child}").exists(), "the test dies too")

    def test_a_test_that_is_killed_has_failed(self):
        self.write('test "sleeps" { sleep(1000) }')
        process = subprocess.Popen([BINARY, "test", "tests.rl"], cwd=self.folder, stdout=subprocess.PIPE, encoding="utf-8",
                                   env=clean_environment())
        self.addCleanup(process.kill)
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        os.kill(int(wait_until(lambda: children.read_text().split(), "the test runs")[0]), signal.SIGKILL)
        shown, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 1)
        self.assertIn("error: the process of the test was ended by signal 9", shown)

    # ---- Examples

    def test_the_tests_of_the_examples_pass(self):
        files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "examples").glob("*.rl")
                       if re.search('^test "', path.read_text(encoding="utf-8"), re.MULTILINE))
        self.assertTrue(files)
        done = relay("test", *files, folder=ROOT)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertRegex(self.lines(done)[-1], r"^[1-9]\d* passed, 0 failed$")


if __name__ == "__main__":
    unittest.main()
