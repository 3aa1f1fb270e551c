"""tools/check_layers.py against small made-up source trees, each with one fault."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_layers  # noqa: E402

LAYERS = "# comment\n0 base\n1 value base\n1 net base\n2 vm base value\n3 cli *\n"


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("src/LAYERS", LAYERS)
        self.write("src/base/result.h", "#pragma once\n")
        self.write("src/value/value.h", '#pragma once\n#include "base/result.h"\n')

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def found(self):
        return list(check_layers.violations(self.root))

    def assert_only(self, part):
        found = self.found()
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])

    def test_a_tree_that_keeps_the_rules_has_no_violation(self):
        self.write("src/vm/vm.cc", '#include "value/value.h"\n#include "vm/vm.h"\n#include <vector>\n')
        self.write("src/vm/vm.h", "#pragma once\n")
        self.assertEqual(self.found(), [])

    def test_an_upward_include_is_named_with_file_and_line(self):
        self.write("src/vm/vm.h", "#pragma once\n")
        self.write("src/value/bad.cc", '\n#include "vm/vm.h"\n')
        self.assert_only("src/value/bad.cc:2: value may not include vm")

    def test_a_sideways_include_is_refused(self):
        self.write("src/net/net.h", "#pragma once\n")
        self.write("src/value/bad.cc", '#include "net/net.h"\n')
        self.assert_only("value may not include net")

    def test_a_star_allows_every_lower_module(self):
        self.write("src/cli/main.cc", '#include "value/value.h"\n#include "base/result.h"\n')
        self.assertEqual(self.found(), [])

    def test_an_include_of_a_missing_file_is_refused(self):
        self.write("src/vm/vm.cc", '#include "value/none.h"\n')
        self.assert_only('there is no "value/none.h"')

    def test_a_public_header_may_be_included_by_anyone(self):
        self.write("include/relay/value.h", "#pragma once\n")
        self.write("src/vm/vm.cc", '#include "relay/value.h"\n')
        self.assertEqual(self.found(), [])

    def test_a_table_that_allows_a_higher_or_equal_level_is_refused(self):
        self.write("src/LAYERS", LAYERS + "1 rpc value\n")
        self.assert_only("src/LAYERS:7: rpc may not use value")

    def test_a_mutex_outside_base_is_refused(self):
        for header in ("mutex", "shared_mutex", "condition_variable"):
            self.write("src/value/bad.cc", f"#include <{header}>\n")
            self.assert_only(f"value may not include <{header}>")

    def test_a_mutex_in_base_is_allowed(self):
        self.write("src/base/guarded.h", "#pragma once\n#include <mutex>\n")
        self.assertEqual(self.found(), [])

    def test_sockets_below_net_are_refused(self):
        self.write("src/vm/bad.cc", "#include <boost/asio/io_context.hpp>\n")
        self.assert_only("vm may not include <boost/asio/io_context.hpp>")

    def test_a_file_over_its_limit_is_refused(self):
        self.write("src/vm/long.cc", "\n" * 601)
        self.assert_only("src/vm/long.cc:601: 601 lines; the limit is 600")

    def test_the_interpreter_may_be_longer(self):
        self.write("src/vm/interpreter.cc", "\n" * 800)
        self.assertEqual(self.found(), [])
        self.write("src/vm/interpreter.cc", "\n" * 801)
        self.assert_only("the limit is 800")

    def test_a_header_without_pragma_once_is_refused(self):
        self.write("src/vm/vm.h", "// first\n#pragma once\n")
        self.assert_only("src/vm/vm.h:1: a header begins with #pragma once")

    def test_a_module_needs_a_short_readme(self):
        self.write("src/vm/CMakeLists.txt", "relay_module(vm MODULES base value LIBRARIES fmt)\n")
        self.assert_only("src/vm/README.md:1: a module says")
        self.write("src/vm/README.md", "line\n" * 21)
        self.assert_only("src/vm/README.md:21: 21 lines")
        self.write("src/vm/README.md", "line\n" * 20)
        self.assertEqual(self.found(), [])

    def test_a_module_may_not_link_what_it_may_not_include(self):
        self.write("src/value/README.md", "value\n")
        self.write("src/value/CMakeLists.txt", "relay_module(value MODULES base vm)\n")
        self.assert_only("value may not link vm")

    def test_a_module_outside_the_table_is_refused(self):
        self.write("src/extra/CMakeLists.txt", "relay_module(extra)\n")
        self.assert_only("module extra is not in src/LAYERS")


if __name__ == "__main__":
    unittest.main()
