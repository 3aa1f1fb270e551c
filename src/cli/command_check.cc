#include "cli/command_check.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "cli/check_source.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/program_files.h"
#include "value/json_writer.h"

namespace relay::cli {
namespace {

using Severity = Diagnostic::Severity;

// What is found in all files. That one cannot be read is an error at its start.
class Check {
 public:
  explicit Check(OutputFormat format) : format_(format) {}

  void add(const std::string& operand) {
    const auto names = program_files(operand);
    if (!names) return add_unreadable(operand, names.error());
    for (const std::string& name : *names) {
      ++files_;
      auto source = read_program(name);
      if (!source) {
        add_unreadable(name, source.error());
        continue;
      }
      std::vector<Diagnostic> found = check_source(std::move(*source)).diagnostics;
      if (format_ == OutputFormat::kText) show(found);
      std::move(found.begin(), found.end(), std::back_inserter(found_));
    }
  }

  [[nodiscard]] const std::vector<Diagnostic>& found() const { return found_; }
  [[nodiscard]] std::size_t files() const { return files_; }

 private:
  // There is no line to show.
  void add_unreadable(const std::string& name, const Error& error) {
    Diagnostic unreadable;
    unreadable.message = error.detail;
    unreadable.place.file = std::make_shared<SourceFile>(name, "");
    found_.push_back(std::move(unreadable));
    if (format_ == OutputFormat::kText) complain_in_colour("error: " + error.detail + "\n");
  }

  OutputFormat format_;
  std::vector<Diagnostic> found_;
  std::size_t files_ = 0;
};

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

// ---- JSON ------------------------------------------------------------------------------------------------

void append_field(std::string& out, std::string_view name, std::string_view text) {
  out += ", \"" + std::string(name) + "\": ";
  append_json_string(out, text);
}

void append_field(std::string& out, std::string_view name, std::uint32_t number) {
  out += ", \"" + std::string(name) + "\": " + std::to_string(number);
}

std::string json_of(const Diagnostic& diagnostic) {
  const SourceFile& file = *diagnostic.place.file;
  const Position begin = file.position(diagnostic.place.span.begin);
  const Position end = file.position(diagnostic.place.span.end);
  std::string out = "{\"file\": ";
  append_json_string(out, file.name());
  append_field(out, "line", begin.line);
  append_field(out, "column", begin.column);
  append_field(out, "end_line", end.line);
  append_field(out, "end_column", end.column);
  append_field(out, "severity", diagnostic.severity == Severity::kError ? "error" : "warning");
  append_field(out, "message", diagnostic.message);
  append_field(out, "hint", diagnostic.hint);
  out += ", \"notes\": [";
  for (const std::string& note : diagnostic.notes) {
    if (&note != &diagnostic.notes.front()) out += ", ";
    append_json_string(out, note);
  }
  return out + "]}";
}

std::string json_of(const std::vector<Diagnostic>& diagnostics) {
  std::string out = "[";
  for (const Diagnostic& diagnostic : diagnostics) {
    out += (&diagnostic == &diagnostics.front() ? "\n  " : ",\n  ") + json_of(diagnostic);
  }
  return out + (diagnostics.empty() ? "]\n" : "\n]\n");
}

}  // namespace

int run_check(const CommandOptions& options) {
  if (options.operands.empty()) return fail_usage("check", "expected the files or folders to check, or - for standard input");
  Check check(options.format);
  for (const std::string& operand : options.operands) check.add(operand);
  const std::vector<Diagnostic>& all = check.found();
  const auto errors = static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [](const Diagnostic& one) { return one.severity == Severity::kError; }));
  const int code = errors == 0 ? kExitFine : kExitProgramFailed;
  if (options.format == OutputFormat::kJson) return print(json_of(all), code);
  std::fprintf(stderr, "%s, %s in %s\n", counted(errors, "error").c_str(),
               counted(all.size() - errors, "warning").c_str(),
               counted(check.files(), "file").c_str());
  return code;
}

}  // namespace relay::cli
