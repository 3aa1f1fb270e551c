#include <algorithm>

#include "format/format.h"
#include "lang/parser.h"
#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

std::size_t common_start(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t lines = 0;
  for (std::size_t i = 0; i < most && a[i] == b[i]; ++i) {
    if (a[i] == '\n') lines = i + 1;
  }
  return lines;
}

// In whole lines, and not into the first `taken` bytes.
std::size_t common_end(std::string_view a, std::string_view b, std::size_t taken) {
  const std::size_t most = std::min(a.size(), b.size()) - taken;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < most && a[a.size() - 1 - i] == b[b.size() - 1 - i]; ++i) {
    if (a[a.size() - 1 - i] == '\n') lines = i;
  }
  return lines;
}

}  // namespace

// One edit of the lines between the first and the last that change, so that the editor keeps its place.
Answer formatting(OpenProgram& program) {
  const ParseResult parsed = parse(program.file());
  if (!parsed.diagnostics.empty()) return kNull;
  const auto layout = format::format(*parsed.module);
  if (!layout) return Failure{FailureCode::kRequestFailed, layout.error().detail};
  const std::string_view old = program.text();
  if (*layout == old) return "[]";
  const std::size_t start = common_start(old, *layout);
  const std::size_t end = common_end(old, *layout, start);
  const Span changed{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(old.size() - end)};
  const std::string text = layout->substr(start, layout->size() - end - start);
  return json_array({json_object({{"range", json_range(program.document().range(changed))}, {"newText", json_string(text)}})});
}

}  // namespace relay::lsp
