"""The Debian package relay: what is in it, what it depends on, and that it installs into an empty system and leaves it again."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD_FOLDER", ROOT / "build" / "release"))
PATIENCE = 250
# The system's own programs for packages stand where users without rights do not look.
ENVIRONMENT = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, encoding="utf-8", timeout=PATIENCE, env=ENVIRONMENT,
                          **options)
    if done.returncode != 0:
        raise AssertionError(f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder, "-D", "CPACK_COMPONENTS_ALL=runtime",
            cwd=cls.folder)
        (cls.package,) = cls.folder.glob("relay_*.deb")
        cls.system = cls.folder / "system"
        cls.database = cls.system / "var/lib/dpkg"
        (cls.database / "updates").mkdir(parents=True)
        (cls.database / "info").mkdir()
        (cls.database / "status").touch()

    def field(self, name):
        return run("dpkg-deb", "--field", self.package, name).strip()

    def dpkg(self, *words):
        # The empty system has none of the libraries; whether Debian has them is another test.
        return run("fakeroot", "dpkg", f"--root={self.system}", f"--admindir={self.database}", "--force-not-root",
                   "--force-depends", "--log=/dev/null", *words)

    def test_it_installs_into_an_empty_system_and_leaves_nothing_behind(self):
        before = files_below(self.system)
        self.dpkg("--install", self.package)
        self.assertIn("relay", self.dpkg("--get-selections"))
        for name in ("usr/bin/relay", "usr/share/man/man1/relay.1", "usr/share/bash-completion/completions/relay",
                     "usr/share/zsh/site-functions/_relay", "usr/share/fish/vendor_completions.d/relay.fish",
                     "usr/lib/systemd/system/relay@.service", "usr/share/doc/relay/README.md", "usr/share/doc/relay/docs/language.md",
                     "usr/share/doc/relay/examples/blog_server.rl"):
            self.assertTrue((self.system / name).is_file(), name)
        binary = self.system / "usr/bin/relay"
        self.assertRegex(run(binary, "-version"), rf"^relay {re.escape(self.field('Version'))}\n$")
        self.assertEqual(run(binary, "-e", "[1, 2].map(fn (x) { x * 2 })"), "[2, 4]\n")
        run(binary, "test", self.system / "usr/share/doc/relay/examples/accounts_test.rl")
        self.dpkg("--purge", "relay")
        left = {name for name in files_below(self.system) - before if not name.startswith("var/lib/dpkg/")}
        self.assertEqual(left, set())
        self.assertFalse((self.system / "usr").exists())

    def test_what_it_installs_is_what_the_binary_tells(self):
        content = self.folder / "content"
        run("dpkg-deb", "--extract", self.package, content)
        binary = content / "usr/bin/relay"
        for words, name in ((["manual"], "man/man1/relay.1"), (["completions", "bash"], "bash-completion/completions/relay"),
                            (["completions", "zsh"], "zsh/site-functions/_relay"),
                            (["completions", "fish"], "fish/vendor_completions.d/relay.fish")):
            self.assertEqual((content / "usr/share" / name).read_text(), run(binary, *words))
        self.assertIn("stripped", run("file", binary))
        self.assertNotIn("not stripped", run("file", binary))

    def test_all_belongs_to_root_and_nobody_else_can_write_it(self):
        for line in run("dpkg-deb", "--contents", self.package).splitlines():
            self.assertRegex(line, r"^[-d]rw[-x]r-[-x]r-[-x] root/root ", line)
            self.assertRegex(line, r" \./(usr/|$)", line)

    def test_the_links_of_its_first_page_lead_somewhere(self):
        content = self.folder / "documents"
        run("dpkg-deb", "--extract", self.package, content)
        folder = content / "usr/share/doc/relay"
        links = re.findall(r"\]\(([^)#:]+)", (folder / "README.md").read_text())
        self.assertGreater(len(links), 10)
        self.assertEqual([link for link in links if not (folder / link).exists()], [])

    def test_it_has_no_scripts_and_no_files_that_users_edit(self):
        control = self.folder / "control"
        run("dpkg-deb", "--control", self.package, control)
        self.assertEqual(files_below(control), {"control", "md5sums"})

    def test_it_depends_on_the_libraries_that_the_binary_loads_and_no_others(self):
        depends = [part.split()[0] for part in self.field("Depends").split(", ")]
        for library in ("libc6", "libfmt", "libspdlog", "libsimdjson", "libssl3", "libutf8proc", "libstdc++6"):
            self.assertTrue(any(name.startswith(library) for name in depends), (library, depends))
        self.assertEqual([name for name in depends if name.endswith("-dev")], [])
        self.assertIn("Inst relay ", run("apt-get", "install", "--simulate", "--no-install-recommends", self.package))

    def test_it_says_what_it_is(self):
        self.assertEqual(self.field("Package"), "relay")
        self.assertEqual(self.field("Architecture"), run("dpkg", "--print-architecture").strip())
        self.assertEqual(self.field("Section"), "interpreters")
        self.assertGreater(len(self.field("Description").splitlines()), 1)
        self.assertGreater(int(self.field("Installed-Size")), 1000)

    def test_the_service_is_valid_and_locked_down(self):
        content = self.folder / "service"
        run("dpkg-deb", "--extract", self.package, content)
        text = (content / "usr/lib/systemd/system/relay@.service").read_text()
        self.assertEqual(len(re.findall("^ExecStart=relay ", text, re.MULTILINE)), 1)
        unit = self.folder / "relay@.service"  # systemd looks for the program where it is installed
        unit.write_text(text.replace("ExecStart=relay ", f"ExecStart={content}/usr/bin/relay "))
        instance = self.folder / "relay@blog.service"
        instance.write_text(unit.read_text())
        verified = subprocess.run(["systemd-analyze", "verify", "--man=no", str(instance)], capture_output=True, encoding="utf-8",
                                  timeout=PATIENCE, env=ENVIRONMENT)
        about_it = [line for line in verified.stderr.splitlines() if "relay" in line]
        self.assertEqual((verified.returncode, about_it), (0, []), verified.stderr)
        # 10 is a service without any protection, and 9.6 what most have.
        exposure = run("systemd-analyze", "security", "--offline=true", "--no-pager", instance)
        self.assertLess(float(re.search(r"Overall exposure level for \S+: ([0-9.]+)", exposure)[1]), 1.5, exposure)


if __name__ == "__main__":
    unittest.main()
