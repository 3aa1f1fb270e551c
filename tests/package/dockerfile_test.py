"""The Dockerfile, which is not built here: a linter of another author, and what can be known from the checkout."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEXT = (ROOT / "Dockerfile").read_text()
NPM = pathlib.Path(os.environ.get("NPM_FOLDER", "/tmp/relay-dockerfile-test"))


def install_linter():
    """Installs what the lock file names, unless this has been done for the same lock file."""
    NPM.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, NPM / name)
    digest = hashlib.sha256((NPM / "package-lock.json").read_bytes()).hexdigest()
    stamp = NPM / "installed"
    if not stamp.exists() or stamp.read_text() != digest:
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=NPM, check=True)
        stamp.write_text(digest)


def lint(path):
    return subprocess.run([NPM / "node_modules/.bin/dockerfile-utils", "lint", path], capture_output=True, encoding="utf-8", timeout=60)


class Dockerfile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        install_linter()
        # One line an instruction.
        lines = re.sub(r"\\\n\s*", "", TEXT).splitlines()
        cls.instructions = [line.split(None, 1) for line in lines if line and not line.startswith("#")]

    def all_of(self, name):
        return [rest for word, rest in self.instructions if word == name]

    def test_the_linter_has_nothing_to_say(self):
        done = lint(ROOT / "Dockerfile")
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_the_linter_finds_faults(self):
        wrong = NPM / "Dockerfile.wrong"
        wrong.write_text("FROM debian:12-slim\nEXPOSE port\nRUNN true\n")
        done = lint(wrong)
        self.assertNotEqual(done.stdout, "")

    def test_it_builds_in_one_stage_and_runs_in_another_of_a_named_release(self):
        self.assertEqual(self.all_of("FROM"), ["debian:12-slim AS build", "debian:12-slim"])

    def test_it_does_not_run_as_root(self):
        names = [word for word, _ in self.instructions]
        last_stage = names[len(names) - names[::-1].index("FROM") - 1:]
        self.assertEqual(self.all_of("USER"), ["relay"])
        self.assertLess(last_stage.index("USER"), last_stage.index("ENTRYPOINT"))
        self.assertNotIn("RUN", last_stage[last_stage.index("USER"):])

    def test_what_it_copies_and_calls_is_there(self):
        sources = [word for line in self.all_of("COPY") if "--from" not in line for word in line.split()[:-1]]
        for name in sources:
            self.assertTrue((ROOT / name).exists(), name)
        self.assertIn("[package]", (ROOT / "tools/packages.txt").read_text())
        self.assertIn("relay_pages", (ROOT / "cmake/RelayInstall.cmake").read_text())

    def test_lists_of_packages_do_not_stay_in_an_image(self):
        for line in self.all_of("RUN"):
            if "apt-get" in line or "setup.sh" in line:
                self.assertIn("/var/lib/apt/lists/*", line)


if __name__ == "__main__":
    unittest.main()
