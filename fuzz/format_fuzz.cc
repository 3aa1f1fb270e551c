// Any text that parses as a program: its layout parses, says the same, and is its own layout.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/check.h"
#include "format/format.h"
#include "lang/dump.h"
#include "lang/parser.h"

namespace {

using namespace relay;

ParseResult parsed(std::string text) { return parse(std::make_shared<SourceFile>("fuzz.rl", std::move(text))); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ParseResult before = parsed(std::string(reinterpret_cast<const char*>(data), size));
  if (!before.diagnostics.empty()) return 0;
  const auto layout = format::format(*before.module);
  RELAY_CHECK(layout.has_value(), "a program has no layout");
  const ParseResult after = parsed(*layout);
  RELAY_CHECK(after.diagnostics.empty(), "a layout does not parse");
  RELAY_CHECK(dump(*before.module) == dump(*after.module), "a layout says something else");
  RELAY_CHECK(before.comments.size() == after.comments.size(), "a comment is lost");
  const auto again = format::format(*after.module);
  RELAY_CHECK(again.has_value() && *again == *layout, "the layout of a layout is another");
  return 0;
}
