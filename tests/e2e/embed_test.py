"""A program with Relay inside: examples/embed, built against what `cmake --install` puts somewhere, and run."""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
import unittest

import harness
from harness import BINARY, PATIENCE, ROOT, Node, OwnNodesTest, wait_until

BUILD = pathlib.Path(BINARY).resolve().parent
EXAMPLE = ROOT / "examples" / "embed"


def cached(name):
    """A variable of the build under test."""
    match = re.search(rf"^{name}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.MULTILINE)
    return match.group(1) if match else ""


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=10 * PATIENCE)
    if done.returncode != 0:
        raise AssertionError(f"{command}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Embedded(Node):
    """The example, running."""

    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([str(program), *map(str, arguments)], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=harness.clean_environment())
        self._folder = tempfile.TemporaryDirectory()
        self._changed = threading.Condition()
        # The example says on its output where it listens.
        self.lines, self.output = [], []
        self._readers = [threading.Thread(target=self._collect, args=pair, daemon=True)
                         for pair in ((self.process.stdout, self.lines), (self.process.stderr, self.output))]
        for reader in self._readers:
            reader.start()
        try:
            self.port = int(self.wait_for_line(harness.LISTENING).group(2))
            self.address = ("127.0.0.1", self.port)
        except BaseException:
            self.kill()
            raise


class EmbedTest(OwnNodesTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.prefix = pathlib.Path(folder.name) / "prefix"
        cls.build = pathlib.Path(folder.name) / "build"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        # Without optimization: this test is of the package, and building is most of its time.
        run("cmake", "-S", EXAMPLE, "-B", cls.build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={cls.prefix}",
            f"-DCMAKE_CXX_COMPILER={cached('CMAKE_CXX_COMPILER')}", "-DCMAKE_CXX_FLAGS=-O0")
        run("cmake", "--build", cls.build)

    def embedded(self):
        node = Embedded(self.build / "embed", EXAMPLE / "greeter.rl", 0)
        self.addCleanup(node.kill)
        wait_until(lambda: node.get("/health").status == 200, "the program inside to be ready")
        return node

    def test_serves_what_is_written_in_cpp_and_what_is_written_in_relay(self):
        node = self.embedded()
        self.assertEqual(node.result("words.add", "so it goes"), 3)
        self.assertEqual(node.result("greeter.greet", "so it went"), "you have told me 6 words")
        self.assertEqual(node.result("words.count", "so"), 2)
        self.assertEqual(node.result("words.all"), {"goes": 1, "it": 2, "so": 2, "went": 1})
        self.assertEqual(node.rpc("words.count", ["nobody"])["error"]["data"], {"error": "never heard", "word": "nobody"})
        self.assertEqual(node.rpc("words.add", [1])["error"]["code"], -32602)
        self.assertEqual(node.get("/info").json()["servers"], ["greeter", "words"])

    def test_is_a_node_among_others(self):
        embedded = self.embedded()
        other = self.start('server caller { receive fn ask(text) { send "embedded.words" add {text: text} } }',
                           "-node-id", "other", "-add-peer", f"http://127.0.0.1:{embedded.port}")
        wait_until(lambda: "embedded.words" in other.get("/registry/servers").json(), "the other node to know its servers")
        self.assertEqual(other.result("caller.ask", "one two"), 2)
        self.assertEqual(other.result("embedded.words.add", "three"), 3)
        self.assertEqual(other.result("words.add", "four"), 4)
        entry = other.get("/registry/servers").json()["embedded.words"]
        self.assertEqual(entry["methods"], ["add", "count", "all"])
        self.assertEqual(entry["state"], {"words": "number"})

    def test_ends_in_good_order(self):
        node = self.embedded()
        node.signal(signal.SIGTERM)
        self.assertEqual(node.wait(), 0, "\n".join(node.output))
        self.assertEqual(node.lines[-1], "stopped")

    def test_says_what_is_wrong(self):
        broken = self.build / "broken.rl"
        broken.write_text("set x = ")
        done = subprocess.run([str(self.build / "embed"), str(broken), "0"], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 1)
        self.assertIn("broken.rl:1", done.stderr)

    def test_installs_the_binary_and_headers_that_stand_alone(self):
        version = run(self.prefix / "bin" / "relay", "-version")
        self.assertRegex(version, r"^relay \d+\.\d+\.\d+")
        for header in sorted((self.prefix / "include" / "relay").iterdir()):
            run(cached("CMAKE_CXX_COMPILER"), "-std=c++20", "-Wall", "-Wextra", "-Wshadow", "-Werror", "-fsyntax-only",
                f"-I{self.prefix / 'include'}", "-include", f"relay/{header.name}", "-x", "c++", os.devnull)


if __name__ == "__main__":
    unittest.main()
