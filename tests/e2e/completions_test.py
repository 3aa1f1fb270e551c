"""relay completions and relay manual: what shells and man are told of the commands and flags that there are."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest

from harness import BINARY, PATIENCE, clean_environment, relay


def commands_of_help():
    text = relay("-help").stdout.split("Commands")[1].split("\n\n")[0]
    return re.findall(r"^  ([a-z]+)\b", text, re.MULTILINE)


def flags_of(text):
    return re.findall(r"^  -([a-z-]+)", text, re.MULTILINE)


class Shell:
    """A folder with files, and the completions of SHELL in a file beside it."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.script = pathlib.Path(folder.name) / "completions"
        cls.script.write_text(relay("completions", cls.SHELL).stdout)
        cls.files = pathlib.Path(folder.name) / "files"
        (cls.files / "more").mkdir(parents=True)
        for name in ("blog.rl", "two words.rl", "old.relay", "notes.txt"):
            (cls.files / name).touch()
        # `relay` is the binary under test.
        cls.bin = pathlib.Path(folder.name) / "bin"
        cls.bin.mkdir()
        (cls.bin / "relay").symlink_to(BINARY)
        cls.commands = commands_of_help()
        cls.flags = flags_of(relay("-help").stdout)

    def run_shell(self, *words):
        environment = clean_environment({"HOME": str(self.files)})
        environment["PATH"] = f"{self.bin}:{environment['PATH']}"
        done = subprocess.run([self.SHELL, *words], cwd=self.files, capture_output=True, encoding="utf-8", timeout=PATIENCE,
                              env=environment)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def test_the_script_is_right_by_the_shell_itself(self):
        self.run_shell("-n", str(self.script))


class Offers:
    """What is offered at the end of a command line; `offered` is the shell's."""

    OTHER_FILES = set()

    def test_commands_stand_first(self):
        self.assertEqual(set(self.commands) - set(self.offered("relay ")), set())
        self.assertIn("help", self.offered("relay "))
        self.assertEqual(self.offered("relay serv"), ["servers"])
        self.assertEqual(set(self.offered("relay help ")) & set(self.commands), set(self.commands))

    def test_all_flags_are_offered_behind_a_dash(self):
        self.assertEqual({word.lstrip("-") for word in self.offered("relay -")}, set(self.flags))
        self.assertEqual(self.offered("relay -node"), ["-node-id"])
        self.assertEqual(self.offered("relay blog.rl -max-bo"), ["-max-body"])

    def test_each_command_has_its_flags(self):
        for name in self.commands:
            wanted = {"-" + flag for flag in flags_of(relay("help", name).stdout)}
            self.assertEqual(set(self.offered(f"relay {name} -")) - {"-help"}, wanted, name)

    def test_programs_and_folders_are_offered(self):
        for line in ("relay ", "relay test ", "relay check blog.rl "):
            offered = {name.rstrip("/") for name in self.offered(line)}
            self.assertEqual(offered & {"blog.rl", "two words.rl", "old.relay", "more", "notes.txt"} - self.OTHER_FILES,
                             {"blog.rl", "two words.rl", "old.relay", "more"}, line)

    def test_values_of_flags_are_offered_where_they_are_known(self):
        self.assertEqual(sorted(self.offered("relay -log-level ")), ["debug", "error", "info", "off", "warn"])
        self.assertEqual(sorted(self.offered("relay -log-format ")), ["json", "text"])
        self.assertIn("notes.txt", self.offered("relay call -batch "))
        self.assertEqual(sorted(self.offered("relay completions ")), ["bash", "fish", "zsh"])

    def test_the_values_that_are_offered_are_taken(self):
        for flag in ("-log-level", "-log-format"):
            for value in self.offered(f"relay {flag} "):
                self.assertEqual(relay(flag, value, "-e", "1").returncode, 0, (flag, value))


class Bash(Offers, Shell, unittest.TestCase):
    SHELL = "bash"

    def offered(self, line):
        words = line.split(" ")
        ask = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _relay; '
               '((${#COMPREPLY[@]})) && printf "%s\\n" "${COMPREPLY[@]}" || true')
        return self.run_shell("-c", ask, "bash", str(self.script), *words).splitlines()

    def test_nothing_is_offered_where_nothing_is_known(self):
        for line in ("relay -port ", "relay call ", "relay -e ", "relay call -timeout "):
            self.assertEqual(self.offered(line), [], line)

    def test_it_is_registered_for_relay(self):
        self.assertIn("-F _relay relay", self.run_shell("-c", 'source "$1"; complete -p relay', "bash", str(self.script)))


@unittest.skipUnless(shutil.which("fish"), "fish is not installed")
class Fish(Offers, Shell, unittest.TestCase):
    SHELL = "fish"

    OTHER_FILES = {"notes.txt"}  # fish puts them behind those that fit

    def offered(self, line):
        shown = self.run_shell("--no-config", "-c", "source $argv[1]; complete -C $argv[2]", str(self.script), line)
        return [word.split("\t")[0].replace("\\ ", " ") for word in shown.splitlines()]


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(Shell, unittest.TestCase):
    SHELL = "zsh"

    def test_it_knows_all_commands_and_flags(self):
        text = self.script.read_text()
        self.assertTrue(text.startswith("#compdef relay\n"))
        for name in self.commands:
            self.assertIn(f"        '{name}:", text)
            part = text.split(f"        {name})\n")[1].split(";;")[0]
            for flag in flags_of(relay("help", name).stdout):
                self.assertIn(f"'*-{flag}[", part)
        for flag in self.flags:
            self.assertIn(f"'*-{flag}[", text.split("esac")[-1])


    def test_its_line_editor_completes(self):
        """Only the line editor makes offers: what it puts in at a Tab is looked at."""
        for line, wanted in (("relay serv", "relay servers"), ("relay -node", "relay -node-id"), ("relay blo", "relay blog.rl"),
                             ("relay test old", "relay test old.relay"), ("relay completions fi", "relay completions fish"),
                             ("relay blog.rl -max-bod", "relay blog.rl -max-body"), ("relay help serv", "relay help servers"),
                             ("relay -log-level de", "relay -log-level debug"), ("relay call -batch no", "relay call -batch notes.txt")):
            self.complete(line, wanted)

    def complete(self, line, wanted):
        folder = self.script.parent / "zsh"
        folder.mkdir(exist_ok=True)
        shutil.copy(self.script, folder / "_relay")
        environment = clean_environment({"HOME": str(self.files), "TERM": "dumb"})
        environment["PATH"] = f"{self.bin}:{environment['PATH']}"
        ours, theirs = pty.openpty()
        shell = subprocess.Popen(["zsh", "-f", "-i"], cwd=self.files, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
                                 start_new_session=True)
        os.close(theirs)
        try:
            os.write(ours, f"PS1='> '; fpath=('{folder}' $fpath); autoload -U compinit; compinit -u -D; echo rea''dy\n".encode())
            self.read_until(ours, "ready\r\n")
            os.write(ours, line.encode() + b"\t")
            self.read_until(ours, wanted)
        finally:
            shell.kill()
            shell.wait()
            os.close(ours)

    def read_until(self, terminal, text):
        shown = ""
        give_up = time.monotonic() + PATIENCE
        while text not in shown:
            readable, _, _ = select.select([terminal], [], [], max(0, give_up - time.monotonic()))
            self.assertTrue(readable, f"{text!r} never came: {shown!r}")
            shown += os.read(terminal, 65536).decode(errors="replace")


class Manual(unittest.TestCase):
    def shown(self):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-rLL=300n", "-P-cbou"], input=relay("manual").stdout, capture_output=True,
                              encoding="utf-8", timeout=PATIENCE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_it_has_all_commands_and_flags_with_what_help_says_of_them(self):
        page = re.sub(r"\s+", " ", self.shown())
        for name in commands_of_help():
            self.assertIn(f" relay {name} ", page)
            for flag in flags_of(relay("help", name).stdout):
                self.assertIn(f" -{flag} ", page)
        for flag, text in re.findall(r"^  -(\S+).*\n      (.*?)(?: \(.*\))?$", relay("-help").stdout, re.MULTILINE):
            self.assertIn(f" -{flag} ", page)
            self.assertIn(text, page)

    def test_it_shows_examples_as_they_are_written(self):
        page = self.shown()
        self.assertIn("relay call blog_server.get_post 1\n", page)
        self.assertIn('title="My Post"', page)
        self.assertIn("`-port 80`", page)

    def test_it_tells_of_all_ways_to_begin_and_of_what_is_read_beside(self):
        page = re.sub(r"\s+", " ", self.shown())
        for usage in ("relay FILE [flags] [arguments]", "relay -run FILE [flags]", "relay -server [flags]", "relay -e EXPR",
                      "relay [FILE] -repl [-server] [flags]", "relay COMMAND"):
            self.assertIn(usage, page)
        for name in ("RELAY_URL", "NO_COLOR", "$XDG_STATE_HOME/relay/history", "/etc/relay/NAME.env"):
            self.assertIn(name, page)

    def test_it_names_the_version(self):
        self.assertIn(relay("-version").stdout.strip(), self.shown())


class WrongUsage(unittest.TestCase):
    def test_shells_that_are_not_known_are_refused(self):
        for words in (["completions"], ["completions", "tcsh"], ["completions", "bash", "zsh"], ["manual", "relay"]):
            done = relay(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ""), words)


if __name__ == "__main__":
    unittest.main()
