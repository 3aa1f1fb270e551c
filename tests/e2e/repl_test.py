"""The prompt: relay -repl on a terminal, which is a pseudo-terminal here, and without one."""
import contextlib
import fcntl
import os
import pathlib
import pty
import re
import resource
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unittest

import harness
from harness import BINARY, PATIENCE, relay

PROMPT = "relay> "
# What the session sends when it begins to read an input, and when it draws.
READY = "\x1b[?2004h"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
UNFINISHED = re.compile(r"\x1b[^A-Za-z]*$")


class Terminal:
    """A session on a terminal of 80 columns and 24 rows."""

    def __init__(self, *arguments, folder, env=None, colours=False):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        settings = {"TERM": "xterm-256color", "XDG_STATE_HOME": folder, **(env or {})}
        if not colours:
            settings["NO_COLOR"] = "1"
        self.process = subprocess.Popen([BINARY, *arguments, "-repl"], stdin=slave, stdout=slave, stderr=slave, close_fds=True,
                                        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
                                        env=harness.clean_environment(settings))
        os.close(slave)
        self.master = master
        self.raw = ""
        self.plain = ""  # without what steers the terminal
        self.unfinished = ""
        self.seen = 0

    def send(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        while data:
            self._read(0)
            written = os.write(self.master, data[:2048])
            data = data[written:]
        return self

    def _read(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        text = data.decode("utf-8", "replace")
        self.raw += text
        text = self.unfinished + text
        begin = UNFINISHED.search(text)
        end = begin.start() if begin else len(text)
        self.unfinished = text[end:]
        self.plain += ESCAPES.sub("", text[:end].replace(READY, "<ready>"))
        return bool(data)

    def wait_for(self, text):
        """Waits until `text` stands in what has come since the last wait; gives all up to its end."""
        give_up = time.monotonic() + PATIENCE
        while True:
            at = self.plain.find(text, self.seen)
            if at >= 0:
                begin, self.seen = self.seen, at + len(text)
                return self.plain[begin:self.seen]
            if not self._read(1) or time.monotonic() > give_up:
                raise AssertionError(f"{text!r} did not come; came: {self.plain[self.seen:][-2000:]!r}")

    def prompt(self):
        return self.wait_for("<ready>")

    def ask(self, text, answer):
        """Types an input and waits for its answer and the next prompt."""
        self.send(text + "\r")
        self.wait_for("\r\n" + answer + "\r\n")
        self.prompt()
        return self

    def leave(self, text="\x04"):
        self.send(text)
        give_up = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < give_up:
            self._read(0.05)
        code = self.process.wait(timeout=1)
        os.close(self.master)
        self.master = -1
        return code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.master >= 0:
            os.close(self.master)


class OnATerminal(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, *arguments, **settings):
        terminal = Terminal(*arguments, folder=self.folder, **settings)
        self.addCleanup(terminal.close)
        terminal.prompt()
        return terminal

    def interrupt(self, terminal):
        """Presses Ctrl-C when what has printed "go" runs: before, the key would be the editor's."""
        terminal.wait_for("\r\ngo\r\n")
        terminal.send("\x03")
        terminal.wait_for("interrupted\r\n")
        terminal.prompt()

    def test_values_names_and_errors(self):
        terminal = self.start()
        terminal.ask("set x = 41", "41").ask("x + 1", "42").ask("fn f(a) { a * x }", "<function: f>").ask("f(2)", "82")
        terminal.send("x + foo\r")
        shown = terminal.prompt()
        self.assertIn("error: undefined variable: foo", shown)
        self.assertIn("<input 5>:1:5", shown)
        self.assertIn("^^^", shown)
        terminal.ask("_", "82")
        self.assertEqual(terminal.leave(), 0)

    def test_editing_keys(self):
        terminal = self.start()
        terminal.ask("2 + 2\x01" + "40 + " + "\x05" + "0\x7f", "44")
        terminal.ask("12\x1b[D\x1b[D9\x1b[C\x1b[3~", "91")
        terminal.ask("junk words\x17\x17" + "7", "7")
        terminal.ask("1 + 1\x15" + "2 * (\x19)", "4")
        terminal.ask("\"\u00e9\u4e2d\U0001F600\x7f\"", "\"\u00e9\u4e2d\"")
        terminal.ask("12\x14", "21")
        self.assertEqual(terminal.leave(), 0)

    def test_an_input_of_several_lines(self):
        terminal = self.start()
        terminal.send("fn add(a, b) {\r")
        terminal.wait_for("...>")
        terminal.send("a + b\r}\r")
        terminal.wait_for("\r\n<function: add>\r\n")
        terminal.prompt()
        terminal.send("add(1,\r")
        terminal.wait_for("...>")
        terminal.ask("2)", "3")
        terminal.send("1 +\r")
        terminal.wait_for("...>")
        terminal.ask("2", "3")
        terminal.send("\x1b[200~set a = 1\nset b = a + 1\n[a, b]\x1b[201~")
        terminal.wait_for("[a, b]")
        terminal.ask("", "[1, 2]")

    def test_the_history_lives_on_in_the_next_session(self):
        first = self.start()
        first.ask("set apple = 5", "5").ask("apple * 2", "10")
        self.assertEqual(first.leave(), 0)
        path = pathlib.Path(self.folder, "relay", "history")
        self.assertEqual(path.read_text(), "set apple = 5\napple * 2\n")
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        second = self.start()
        second.ask("\x1b[A\x1b[A", "5").ask("\x1b[A\x1b[A", "10")
        second.send("\x12set a")
        second.wait_for("search `set a`: set apple = 5")
        second.ask("", "5")
        second.send("1 + 1\x12set a")
        second.wait_for("search `set a`: set apple = 5")
        second.send("\x1b")
        second.wait_for(PROMPT + "1 + 1")
        second.ask("", "2")

    def test_a_history_that_cannot_be_written_is_a_note(self):
        pathlib.Path(self.folder, "relay").write_text("in the way")
        terminal = self.start()
        terminal.send("1\r")
        self.assertIn("note: the history is not kept", terminal.prompt())
        terminal.ask("2", "2")
        self.assertEqual(terminal.leave(), 0)

    def test_tab_completes(self):
        terminal = self.start()
        terminal.ask("set person = {name: \"Ann\", address: {city: \"Bern\"}}", "{name: \"Ann\", address: {city: \"Bern\"}}")
        terminal.ask("pers\t.addr\t.ci\t", "\"Bern\"")
        terminal.ask("person.name.upp\t()", "\"ANN\"")
        terminal.send("[1].inde\t")
        terminal.wait_for("[1].index_of")
        terminal.send("\x15\"a\".starts\t\x15\"a\".pad_\t\t")
        shown = terminal.wait_for("pad_start")
        self.assertIn("pad_end", shown)
        terminal.send("\x15:sta\t")
        terminal.wait_for(":state")
        terminal.send("\x03")

    def test_ctrl_c_stops_what_runs_and_keeps_the_session(self):
        terminal = self.start()
        terminal.ask("set kept = 7", "7")
        for text in ["while true { }", "sleep(1000)", "while true { try { while true { } } catch e { } }", "[1].map(fn (x) { while true { } })"]:
            terminal.send(f"print(\"go\"); {text}\r")
            self.interrupt(terminal)
        terminal.ask("kept", "7")
        terminal.ask("server s { receive fn spin() { while true { } } receive fn ok() { 1 } }", "<server: s>")
        terminal.send("print(\"go\"); send s spin {}\r")
        self.interrupt(terminal)
        terminal.ask("send s ok {}", "1")
        self.assertEqual(terminal.leave(), 0)

    def test_ctrl_c_that_comes_with_the_enter_before_it_stops_what_runs(self):
        terminal = self.start()
        terminal.send("while true { }\r\x03")
        terminal.wait_for("interrupted\r\n")
        terminal.prompt()
        terminal.ask("1", "1")

    def test_ctrl_c_that_comes_with_the_enter_before_it_leaves_what_stands_behind_it(self):
        terminal = self.start()
        terminal.send(":help\r\x03\"after\" + \"wards\"\r")
        self.assertNotIn("interrupted", terminal.wait_for(":quit"))
        self.assertNotIn("interrupted", terminal.wait_for("\"afterwards\"\r\n"))
        terminal.prompt()
        for text in ["while true { }", "[read_line(), sleep(1000)]"]:
            terminal.send(text + "\r\x03\"after\" + \"wards\"\r")
            terminal.wait_for("interrupted\r\n")
            terminal.wait_for("\"afterwards\"\r\n")
            terminal.prompt()

    def test_ctrl_c_stops_what_prints_without_end(self):
        terminal = self.start()
        for _ in range(5):  # what the system does with a full terminal depends on the moment
            terminal.send("while true { print(\"flood\") }\r")
            terminal.wait_for("\r\nflood\r\n")
            terminal.send("\x03")
            terminal.wait_for("interrupted\r\n")
            terminal.prompt()
        terminal.ask("1", "1")

    def test_a_line_is_drawn_anew_in_a_window_of_another_size(self):
        terminal = self.start()
        terminal.send("\"" + "a" * 100 + "\"")
        terminal.wait_for("a" * 28 + "\"")
        fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
        terminal.wait_for("a" * 48 + "\"")
        # The first row has become two: the cursor goes up over both.
        self.assertIn("\r\x1b[2A\x1b[J", terminal.raw)

    def test_ctrl_c_at_the_prompt_clears_the_line(self):
        terminal = self.start()
        terminal.send("1 + (\rhalf\x03")
        terminal.ask("3", "3")
        terminal.send("\x03\x03\x03")
        terminal.ask("4", "4")
        terminal.wait_for(PROMPT)  # now it waits: the signal meets no input that runs
        os.kill(terminal.process.pid, signal.SIGINT)
        terminal.ask("5", "5")

    def test_leaving(self):
        self.assertEqual(self.start().leave("\x04"), 0)
        self.assertEqual(self.start().leave(":quit\r"), 0)
        terminal = self.start()
        terminal.ask("1", "1")
        os.kill(terminal.process.pid, signal.SIGTERM)
        self.assertEqual(terminal.leave(""), 130)

    def test_the_terminal_is_left_as_it_was(self):
        terminal = self.start()
        busy = termios.tcgetattr(terminal.master)[3]
        self.assertFalse(busy & termios.ICANON)
        terminal.send(":quit\r")
        terminal.process.wait(timeout=PATIENCE)
        after = termios.tcgetattr(terminal.master)[3]
        self.assertTrue(after & termios.ICANON and after & termios.ECHO)

    def test_the_terminal_is_as_it_was_until_the_session_begins(self):
        path = pathlib.Path(self.folder, "slow.rl")
        os.mkfifo(path)
        terminal = Terminal(str(path), folder=self.folder)
        self.addCleanup(terminal.close)
        with open(path, "w") as program:  # which waits until it is read
            self.assertFalse(termios.tcgetattr(terminal.master)[3] & termios.NOFLSH)
            program.write("set x = 7")
        terminal.prompt()
        terminal.ask("x", "7")

    def test_no_signal_that_ends_the_session_leaves_the_terminal_raw(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            for text in ("half", "print(\"go\"); while true { }\r"):
                terminal = self.start()
                terminal.send(text)
                terminal.wait_for("half" if text == "half" else "\r\ngo\r\n")
                os.kill(terminal.process.pid, number)
                self.assertEqual(terminal.process.wait(timeout=PATIENCE), 130)
                after = termios.tcgetattr(terminal.master)[3]
                self.assertTrue(after & termios.ICANON and after & termios.ECHO and after & termios.ISIG)

    def test_ctrl_c_while_calls_may_still_end_leaves_the_terminal_as_it_was(self):
        terminal = self.start("-server", "-port", "0", "-host", "127.0.0.1")
        match = harness.LISTENING.search(terminal.raw)
        terminal.ask("server s { receive fn nap() { print(\"napping\"); sleep(60) } }", "<server: s>")
        caller = subprocess.Popen([BINARY, "call", f"http://127.0.0.1:{match.group(2)}", "s.nap"], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env=harness.clean_environment())
        self.addCleanup(caller.wait)
        self.addCleanup(caller.kill)
        terminal.wait_for("napping\r\n")
        terminal.send("\x04")
        harness.wait_until(lambda: termios.tcgetattr(terminal.master)[3] & termios.ISIG, "Ctrl-C is a signal")
        terminal.send("\x03")
        self.assertEqual(terminal.process.wait(timeout=PATIENCE), 130)
        after = termios.tcgetattr(terminal.master)[3]
        self.assertTrue(after & termios.ICANON and after & termios.ECHO)

    def test_commands(self):
        terminal = self.start()
        terminal.ask("server counter { state { n: number = 0 } receive fn add(by: number) { state.set(\"n\", state.n + by) } }",
                     "<server: counter>")
        terminal.ask("send counter add {by: 3}", "3")
        terminal.ask(":state counter", "n: 3")
        terminal.ask(":servers", "server counter\r\n  add(by: number)\r\n  state.n: number")
        terminal.ask(":type [1, 2]", "[number]")
        terminal.send("range(500)\r")
        self.assertIn("... 450 more parts", terminal.prompt())
        terminal.send(":full\r")
        shown = terminal.prompt()
        self.assertNotIn("more parts", shown)
        self.assertIn("499", shown)
        terminal.send(":time 1 + 1\r")
        self.assertRegex(terminal.prompt(), r"\r\n2\r\n[0-9.]+ (us|ms|s)\r\n")
        terminal.send(":hepl\r")
        self.assertIn("did you mean :help?", terminal.prompt())
        terminal.send(":help\r")
        self.assertIn(":quit", terminal.prompt())

    def test_a_server_defined_again_replaces_the_first(self):
        terminal = self.start()
        terminal.ask("server s { state { n: number = 1 } receive fn get() { state.n } }", "<server: s>")
        terminal.ask("send s get {}", "1")
        terminal.ask("server s { state { n: number = 2 } receive fn get() { state.n * 10 } }", "<server: s>")
        terminal.ask("send s get {}", "20")

    def test_loading_files(self):
        good = pathlib.Path(self.folder, "good.rl")
        good.write_text("fn triple(x) { x * 3 }\nprint(\"loaded\")\n")
        bad = pathlib.Path(self.folder, "bad.rl")
        bad.write_text("fn broken( {\n")
        terminal = self.start()
        terminal.ask(f":load {good}", "loaded").ask("triple(3)", "9")
        terminal.send(f":load {bad}\r")
        self.assertIn("error:", terminal.prompt())
        terminal.send(":load /nonexistent\r")
        self.assertIn("cannot read /nonexistent", terminal.prompt())
        terminal.ask("triple(4)", "12")

    def test_a_file_before_the_prompt(self):
        good = pathlib.Path(self.folder, "good.rl")
        good.write_text("set base = 5\nserver s { receive fn get() { base } }\nprint(\"ready\")\n")
        terminal = Terminal(str(good), folder=self.folder)
        self.addCleanup(terminal.close)
        self.assertIn("ready\r\n", terminal.prompt())
        terminal.ask("send s get {}", "5")
        bad = pathlib.Path(self.folder, "bad.rl")
        bad.write_text("1 +\n")
        terminal = Terminal(str(bad), folder=self.folder)
        self.addCleanup(terminal.close)
        self.assertIn("error:", terminal.prompt())
        terminal.ask("1 + 1", "2")
        self.assertEqual(terminal.leave(), 0)

    def test_a_node_that_serves(self):
        terminal = self.start("-server", "-port", "0", "-host", "127.0.0.1")
        match = harness.LISTENING.search(terminal.raw)
        terminal.ask("server hello { receive fn greet(name: string) { `hello ${name}` } }", "<server: hello>")
        called = relay("call", f"http://127.0.0.1:{match.group(2)}", "hello.greet", "\"Ann\"")
        self.assertEqual(called.stdout, "\"hello Ann\"\n", called.stderr)
        terminal.ask("server hello { receive fn greet(name: string) { `hi ${name}` } }", "<server: hello>")
        called = relay("call", f"http://127.0.0.1:{match.group(2)}", "hello.greet", "\"Ann\"")
        self.assertEqual(called.stdout, "\"hi Ann\"\n", called.stderr)
        self.assertEqual(terminal.leave(), 0)

    def test_what_is_printed_while_a_line_is_typed_stands_above_it(self):
        terminal = self.start()
        terminal.ask("server s { receive fn say() { print(\"tick\") } }", "<server: s>")
        terminal.send("notify_after(0.05, s, \"say\")\r")
        terminal.prompt()
        terminal.send("1 + ")
        terminal.wait_for("tick\r\n")
        terminal.wait_for(PROMPT + "1 + ")
        terminal.ask("1", "2")

    def test_what_is_logged_while_a_line_is_typed_stands_above_it(self):
        terminal = self.start()
        terminal.ask("server s { receive fn fail() { throw \"no\" } }", "<server: s>")
        terminal.send("notify_after(0.05, s, \"fail\")\r")
        terminal.prompt()
        terminal.send("1 + ")
        logged = terminal.wait_for("server=s")
        self.assertRegex(logged.split(PROMPT)[-1], r"\r[0-9T:.Z-]+ +ERROR ")
        terminal.wait_for(PROMPT + "1 + ")
        terminal.ask("1", "2")

    def test_a_program_that_reads_a_line(self):
        terminal = self.start()
        terminal.send("set name = read_line()\r")
        harness.wait_until(lambda: termios.tcgetattr(terminal.master)[3] & termios.ICANON, "the terminal gives lines")
        terminal.ask("Ann", "\"Ann\"")
        terminal.send("print(\"go\"); read_line()\r")
        self.interrupt(terminal)
        terminal.ask("name", "\"Ann\"")
        terminal.send("set first = read_line()\rBob\r1 + 1\r")
        terminal.wait_for("\r\n\"Bob\"\r\n")
        terminal.wait_for("\r\n2\r\n")

    def test_nothing_that_is_shown_steers_the_terminal(self):
        terminal = self.start()
        terminal.ask("\"\\u001b[2Jx\"", "\"\\u001b[2Jx\"")
        terminal.ask("print(\"\\u001b[31mred\\u0007\")", "\\u001b[31mred\\u0007")
        self.assertNotIn("\x1b[2J", terminal.raw)
        self.assertNotIn("\x1b[31m", terminal.raw)

    def test_a_terminal_that_cannot_be_steered_has_a_prompt(self):
        terminal = Terminal(folder=self.folder, env={"TERM": "dumb"})
        self.addCleanup(terminal.close)
        terminal.wait_for(PROMPT)
        terminal.send("[1,\n")
        terminal.wait_for("...> ")
        terminal.send("2]\n")
        terminal.wait_for("[1, 2]\r\n" + PROMPT)
        terminal.send("print(\"go\"); while true { }\n")
        terminal.wait_for("\r\ngo\r\n")
        terminal.send("\x03")
        terminal.wait_for("interrupted\r\n" + PROMPT)
        terminal.send("half\x03")
        terminal.wait_for("\r\n" + PROMPT)
        terminal.send("3\n")
        terminal.wait_for("\r\n3\r\n" + PROMPT)
        self.assertNotIn("\x1b", terminal.raw)
        self.assertEqual(terminal.leave(), 0)

    def test_names_of_files_steer_the_terminal_no_more_than_values(self):
        for name in ("a\x1b[2Jb.rl", "ab.rl"):
            pathlib.Path(self.folder, name).touch()
        terminal = self.start()
        terminal.send(f":load {self.folder}/a\t\t")
        terminal.wait_for("a\\u001b[2Jb.rl")
        self.assertNotIn("\x1b[2J", terminal.raw)

    def test_colours_only_where_they_are_wanted(self):
        self.assertNotRegex(self.start().ask("[1, \"a\"]", "[1, \"a\"]").raw, r"\x1b\[[0-9;]*m")
        self.assertIn("\x1b[33m1\x1b[0m", self.start(colours=True, env={"NO_COLOR": ""}).ask("[1, \"a\"]", "[1, \"a\"]").raw)

    def test_junk_and_much_text(self):
        terminal = self.start()
        terminal.send(bytes([0xFF, 0xFE, 0x00, 0x1F, 0xC3]) + b"\x1b[999;999zjunk\x1b[Z\r")
        terminal.wait_for("error:")
        terminal.prompt()
        terminal.send("\x03")
        terminal.send("\x1b[200~\"" + "a" * 100_000 + "\".length()\x1b[201~\r")
        terminal.wait_for("\r\n100000\r\n")
        terminal.prompt()
        self.assertEqual(terminal.leave(), 0)

    def test_a_paste_takes_no_stack_for_each_piece_of_it(self):
        terminal = self.start()
        terminal.ask("1", "1")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_STACK, (256 << 10, 256 << 10))
        terminal.wait_for(PROMPT)
        paste = b"\x1b[200~\"" + b"a" * 100_000
        os.kill(terminal.process.pid, signal.SIGSTOP)  # so that many pieces wait
        os.set_blocking(terminal.master, False)
        taken = 0
        with contextlib.suppress(BlockingIOError):
            while taken < len(paste):
                taken += os.write(terminal.master, paste[taken:taken + 512])
        os.set_blocking(terminal.master, True)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.send("\".length()\x1b[201~\r")
        terminal.wait_for(f"\r\n{taken - 7}\r\n")


class ThroughAPipe(unittest.TestCase):
    def test_inputs_are_evaluated_one_after_the_other(self):
        done = relay("-repl", stdin="set x = 1\nx + 1\nfn f(a) {\n  a * 2\n}\nf(4)\n[1, 2]\n  .map(f)\nif x > 5 { 1 }\nelse { 2 }\nprint(\"p\")\n")
        self.assertEqual(done.stdout, "1\n2\n<function: f>\n8\n[2, 4]\n2\np\n")
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 0)

    def test_an_error_is_told_and_the_rest_evaluated(self):
        done = relay("-repl", stdin="1\nfoo\n2\n")
        self.assertEqual(done.stdout, "1\n2\n")
        self.assertIn("<input 2>:1:1", done.stderr)
        self.assertEqual(done.returncode, 1)

    def test_an_input_that_is_never_whole_is_an_error_at_the_end(self):
        done = relay("-repl", stdin="(1 + ")
        self.assertIn("error:", done.stderr)
        self.assertEqual(done.returncode, 1)

    def test_quit_ends_the_session_before_the_input_does(self):
        done = relay("-repl", stdin="1\n:quit\n2\n")
        self.assertEqual((done.stdout, done.returncode), ("1\n", 0))

    def test_a_program_reads_the_line_behind_the_input_that_asks(self):
        done = relay("-repl", stdin="set a = read_line()\nfirst\n[a, read_line()]\nsecond\n3\n")
        self.assertEqual(done.stdout, "\"first\"\n[\"first\", \"second\"]\n3\n")

    def test_one_who_waits_for_each_answer_gets_it(self):
        process = subprocess.Popen([BINARY, "-repl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                   env=harness.clean_environment())
        for number in range(5):
            process.stdin.write(f"{number} + 1\n")
            process.stdin.flush()
            self.assertEqual(process.stdout.readline(), f"{number + 1}\n")
        process.stdin.close()
        self.assertEqual(process.wait(timeout=PATIENCE), 0)
        process.stdout.close()

    def test_a_line_of_a_megabyte_and_bytes_that_are_no_text(self):
        done = relay("-repl", stdin="\"" + "a" * 1_000_000 + "\".length()\n")
        self.assertEqual(done.stdout, "1000000\n")
        done = subprocess.run([BINARY, "-repl"], input=b"\xff\xfe\x00\n1\n", capture_output=True, timeout=PATIENCE)
        self.assertEqual(done.stdout, b"1\n")
        self.assertEqual(done.returncode, 1)

    def test_a_file_that_does_not_load(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "bad.rl")
            path.write_text("set = 1\n")
            done = relay(str(path), "-repl", stdin="1 + 1\n")
            self.assertIn("bad.rl:1:5", done.stderr)
            self.assertEqual((done.stdout, done.returncode), ("2\n", 1))
        done = relay("/nonexistent.rl", "-repl", stdin="1\n")
        self.assertEqual(done.returncode, 2)

    def test_who_reads_no_further_ends_the_session(self):
        process = subprocess.Popen([BINARY, "-repl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=harness.clean_environment())
        process.stdout.close()
        process.stdin.write(b"print(1)\n")
        process.stdin.flush()
        self.assertEqual(process.wait(timeout=PATIENCE), 1)
        process.stdin.close()
        process.stderr.close()

    def test_an_output_that_takes_no_value_ends_the_session(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([BINARY, "-repl"], input=b"1 + 1\n2\n", stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE,
                                  env=harness.clean_environment())
        self.assertEqual((done.returncode, done.stderr), (1, b"relay: cannot write to standard output: No space left on device\n"))
        process = subprocess.Popen([BINARY, "-repl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=harness.clean_environment())
        process.stdout.close()
        self.assertEqual(process.communicate(b"1 + 1\n2\n", timeout=PATIENCE)[1], b"")
        self.assertEqual(process.returncode, 1)

    def test_an_output_that_does_not_block_gets_a_long_value_whole(self):
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        process = subprocess.Popen([BINARY, "-repl"], stdin=subprocess.PIPE, stdout=writer, env=harness.clean_environment())
        os.close(writer)
        process.stdin.write(b"\"" + b"a" * 1_000_000 + b"\"\n")
        process.stdin.close()
        with open(reader, "rb") as output:
            self.assertEqual(output.read().strip(b"\"\n"), b"a" * 1_000_000)
        self.assertEqual(process.wait(timeout=PATIENCE), 0)

    def test_flags_that_do_not_go_together(self):
        for arguments in (["-repl", "-e", "1"], ["-repl", "-"]):
            done = relay(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn("-repl reads standard input itself", done.stderr)


if __name__ == "__main__":
    unittest.main()
