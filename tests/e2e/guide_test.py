"""The guide, done word for word in a folder of its own: its files, its commands, and what they print.

A block ```relay NAME is a file (with `+`, more of it), a block ```console a terminal: `$ ` stands before a command, `^C` ends the
node that was started last, all else is printed by the command above it."""
import os
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile
import unittest

from harness import BINARY, PATIENCE, ROOT, clean_environment, wait_until

BLOCK = re.compile(r"^```(relay|console)(?: (\S+)( \+)?)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Terminal:
    """Runs the commands of the guide in one folder. What stands there as port 8080 or 8081 is one that the system gave."""

    def __init__(self, folder):
        self.folder = folder
        self.nodes = []  # processes with the files that take what they print, the last one last
        self.ports = {}  # of the guide: the real ones

    def run(self, command):
        """What the command has printed, once it has ended; of a node, once it serves."""
        real = re.sub("8080|8081", lambda port: self.ports.get(port.group(0), "0"), command)
        printed = self.start(command, real) if " -server" in command else self.finish(real)
        for port, real_port in self.ports.items():
            printed = printed.replace(real_port, port)
        return printed if printed.endswith("\n") else printed + "\n"

    def environment(self):
        port = self.ports.get("8080", "0")
        return clean_environment({"RELAY_URL": f"http://localhost:{port}", "RELAY_PORT": port})

    def finish(self, command):
        done = subprocess.run(command, shell=True, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=PATIENCE,
                              env=self.environment())
        return done.stdout + done.stderr

    def start(self, command, real):
        log = tempfile.TemporaryFile("w+", encoding="utf-8", dir=self.folder)
        node = subprocess.Popen(shlex.split(real), cwd=self.folder, stdout=log, stderr=log, env=self.environment())
        self.nodes.append((node, log))

        def first_line():
            log.seek(0)
            return re.match(r".*listening on http://[^:]*:(\d+).*\n", log.read())

        wait_until(first_line, f"{command} serves")
        self.ports["8081" if "8081" in command else "8080"] = first_line().group(1)
        return first_line().group(0)

    def interrupt(self):
        node, log = self.nodes.pop()
        node.send_signal(signal.SIGINT)
        node.wait(PATIENCE)
        log.close()

    def close(self):
        while self.nodes:
            self.interrupt()


def plain(text):
    """What is printed without what a clock has measured, and with columns that fit any number."""
    text = re.sub(r"\d+(\.\d+)? (us|ms|s)\b", "N ms", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text)
    return re.sub(" {2,}", "  ", text)


class Guide(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        os.symlink(BINARY, self.folder / "relay")
        self.terminal = Terminal(self.folder)
        self.addCleanup(self.terminal.close)

    def test_does_what_it_says(self):
        blocks = BLOCK.findall((ROOT / "docs/guide.md").read_text(encoding="utf-8"))
        self.assertGreater(len(blocks), 5)
        for kind, name, more, body in blocks:
            if kind == "console":
                self.play(body)
                continue
            with open(self.folder / name, "a" if more else "w", encoding="utf-8") as file:
                file.write(body)

    def play(self, block):
        steps = re.split(r"^(\$ .*|\^C)\n", block, flags=re.MULTILINE)
        for command, expected in zip(steps[1::2], steps[2::2]):
            if command == "^C":
                self.terminal.interrupt()
                continue
            with self.subTest(command):
                self.check(command[2:], plain(expected))

    def check(self, command, expected):
        def printed():
            return plain(self.terminal.run(command))

        if re.fullmatch(r"\./relay (peers|servers)", command):
            # Until the nodes have told each other.
            wait_until(lambda: printed() == expected, f"{command} shows\n{expected}\ninstead of\n{printed()}")
        else:
            self.assertEqual(printed(), expected)


if __name__ == "__main__":
    unittest.main()
