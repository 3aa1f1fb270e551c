#include "cli/command_fmt.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/program_files.h"
#include "cli/replace_file.h"
#include "format/format.h"
#include "lang/parser.h"

namespace relay::cli {
namespace {

constexpr std::string_view kStandardInput = "-";

enum class Outcome { kSame, kChanged, kFailed };

Outcome explain(const Error& error) {
  complain_in_colour("error: " + error.detail + "\n");
  return Outcome::kFailed;
}

// The canonical layout of a program, or nothing when it has an error, which is then on stderr.
std::optional<std::string> layout_of(const std::shared_ptr<const SourceFile>& file) {
  const ParseResult parsed = parse(file);
  show(parsed.diagnostics);
  if (!parsed.diagnostics.empty()) return std::nullopt;
  auto layout = format::format(*parsed.module);
  if (layout) return std::move(*layout);
  explain(layout.error());
  return std::nullopt;
}

Outcome format_file(const std::string& name, const CommandOptions& options) {
  const auto file = read_program(name);
  if (!file) return explain(file.error());
  const std::optional<std::string> layout = layout_of(*file);
  if (!layout) return Outcome::kFailed;
  const bool is_input = name == kStandardInput;
  const bool is_same = *layout == (*file)->text();
  if (is_input && !options.check) return print(*layout, kExitFine) == kExitFine ? Outcome::kSame : Outcome::kFailed;
  if (is_same) return Outcome::kSame;
  if (!options.check) {
    if (auto replaced = replace_file(name, *layout); !replaced) return explain(replaced.error());
  }
  return print((*file)->name() + "\n", kExitFine) == kExitFine ? Outcome::kChanged : Outcome::kFailed;
}

bool is_fine(Outcome outcome, const CommandOptions& options) {
  return outcome == Outcome::kSame || (outcome == Outcome::kChanged && !options.check);
}

}  // namespace

int run_fmt(const CommandOptions& options) {
  const auto& names = options.operands;
  if (names.empty()) return fail_usage("fmt", "expected the files or folders to format, or - for standard input");
  const bool has_input = std::find(names.begin(), names.end(), kStandardInput) != names.end();
  if (has_input && names.size() > 1) return fail_usage("fmt", "standard input stands alone");
  bool are_fine = true;
  for (const std::string& name : names) {
    const auto files = program_files(name);
    if (!files) {
      explain(files.error());
      are_fine = false;
      continue;
    }
    for (const std::string& file : *files) are_fine &= is_fine(format_file(file, options), options);
  }
  return are_fine ? kExitFine : kExitProgramFailed;
}

}  // namespace relay::cli
