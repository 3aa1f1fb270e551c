"""The launcher in a small checkout whose `relay` is a program that prints its arguments."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTS = """cmake_minimum_required(VERSION 3.25)
project(relay LANGUAGES CXX)
add_executable(relay src/main.cc)
"""
PRESETS = """{"version": 4, "configurePresets": [
  {"name": "release", "generator": "Ninja", "binaryDir": "${sourceDir}/build/${presetName}"}]}
"""
MAIN = """#include <cstdio>
int main(int count, char** words) {
  for (int i = 1; i < count; ++i) std::printf("[%s]", words[i]);
  std::puts("VERSION");
  return 7;
}
"""


class Launcher(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # A space in the path: checkouts live anywhere.
        self.root = pathlib.Path(folder.name).resolve() / "a checkout"
        for name in ("relay", "tools/build.sh", "tools/setup.sh", "tools/packages.txt"):
            target = self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
        for name in ("include", "cmake"):
            (self.root / name).mkdir()
        self.write("CMakeLists.txt", LISTS)
        self.write("CMakePresets.json", PRESETS)
        self.write("src/main.cc", MAIN.replace("VERSION", "one"))

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run_relay(self, *arguments, program=None, folder=None):
        return subprocess.run([program or str(self.root / "relay"), *arguments], cwd=folder or "/",
                              capture_output=True, text=True, timeout=120)

    def test_builds_once_and_hands_over_arguments_and_exit_status(self):
        first = self.run_relay("a b", "-x", "")
        self.assertEqual((first.returncode, first.stdout), (7, "[a b][-x][]one\n"), first.stderr)
        self.assertIn("building", first.stderr)
        again = self.run_relay("c")
        self.assertEqual((again.returncode, again.stdout, again.stderr), (7, "[c]one\n", ""))

    def test_builds_again_when_a_source_is_newer(self):
        self.run_relay()
        self.write("src/main.cc", MAIN.replace("VERSION", "two"))
        self.assertEqual(self.run_relay().stdout, "two\n")

    def test_a_source_that_does_not_compile_is_told_on_stderr_and_nothing_runs(self):
        self.run_relay()
        self.write("src/main.cc", "int main() { return missing; }\n")
        failed = self.run_relay()
        self.assertNotEqual(failed.returncode, 0)
        self.assertEqual(failed.stdout, "")
        self.assertIn("missing", failed.stderr)
        self.assertNotEqual(self.run_relay().returncode, 7, "an old binary must not run after a failed build")

    def test_works_through_a_symlink_and_from_any_folder(self):
        elsewhere = self.root / "else where"
        elsewhere.mkdir()
        os.symlink("../relay", elsewhere / "link")
        self.assertEqual(self.run_relay("x", program="./link", folder=elsewhere).stdout, "[x]one\n")
        self.assertEqual(self.run_relay("y", program="./relay", folder=self.root).stdout, "[y]one\n")

    def test_a_missing_package_is_named_with_the_command(self):
        self.write("tools/packages.txt", "[build]\nrelay-no-such-package\npresent-by-command sh\n[test]\nnot-asked-for\n")
        # A made-up `id` plays a user who is not root, so that nothing is installed.
        self.write("bin/id", "#!/bin/sh\necho 1000\n")
        (self.root / "bin/id").chmod(0o755)
        environment = {**os.environ, "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}"}
        failed = subprocess.run([str(self.root / "relay")], env=environment, capture_output=True, text=True, timeout=120)
        self.assertEqual((failed.returncode, failed.stdout), (1, ""))
        self.assertIn("sudo apt-get install -y --no-install-recommends relay-no-such-package\n", failed.stderr)


if __name__ == "__main__":
    unittest.main()
