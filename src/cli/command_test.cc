#include "cli/command_test.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_output.h"
#include "cli/config_block.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/program_files.h"
#include "cli/stop_signals.h"
#include "cli/test_pool.h"
#include "cli/test_report.h"
#include "lang/compiler.h"

namespace relay::cli {
namespace {

using TestFiles = std::vector<std::unique_ptr<TestFile>>;

bool is_error(const Diagnostic& diagnostic) { return diagnostic.severity == Diagnostic::Severity::kError; }

void note(const std::string& sentence) { std::fprintf(stderr, "relay: %s\n", sentence.c_str()); }

// Null when it does not load, which has been said.
std::unique_ptr<TestFile> load(const std::string& name, const CommandOptions& options) {
  auto file = std::make_unique<TestFile>();
  file->name = name;
  file->options.file = name;
  auto source = read_source(file->options);
  if (!source) {
    note(source.error().detail);
    return nullptr;
  }
  CompileResult loaded = load_program(std::move(*source), LastValue::kDropped, Tests::kTakenIn);
  show(loaded.diagnostics);
  if (loaded.program == nullptr) return nullptr;
  const std::vector<Diagnostic> about_config = apply_config(*loaded.program, file->options);
  show(about_config);
  if (std::any_of(about_config.begin(), about_config.end(), is_error)) return nullptr;
  file->options.node.workers = 1;
  file->options.node.disable_registry = true;
  file->options.node.allowed_environment = options.allowed_environment;
  file->program = std::move(loaded.program);
  return file;
}

std::vector<TestCase> cases_of(const TestFiles& files, const std::string& filter) {
  std::vector<TestCase> cases;
  for (const auto& file : files) {
    for (const bytecode::TestInfo& test : file->program->tests) {
      if (test.name.find(filter) != std::string::npos) cases.push_back({file.get(), &test});
    }
  }
  return cases;
}

// The files that a command line names, and whether all of them load.
struct Loaded {
  TestFiles files;
  bool is_whole = true;

  void add(const std::string& operand, const CommandOptions& options) {
    const auto names = program_files(operand);
    if (!names) note(names.error().detail);
    is_whole = is_whole && names;
    if (!names) return;
    bool has_test = false;
    for (const std::string& name : *names) {
      auto file = load(name, options);
      is_whole = is_whole && file != nullptr;
      has_test = has_test || file == nullptr || !file->program->tests.empty();
      if (file) files.push_back(std::move(file));
    }
    // It is likely to be another than was meant.
    if (!has_test) note("there are no tests in " + operand);
  }
};

}  // namespace

int run_test(const CommandOptions& options) {
  if (options.operands.empty()) return fail_usage("test", "expected files or folders with tests, such as blog_server.rl");
  const StopSignals signals;
  Loaded loaded;
  for (const std::string& operand : options.operands) loaded.add(operand, options);
  const std::vector<TestCase> cases = cases_of(loaded.files, options.filter);
  if (cases.empty() && !options.filter.empty()) note("no test has a name with \"" + options.filter + "\" in it");

  const Colours colours = stdout_colours();
  TestReport report(cases, colours, options.verbose ? TestReport::Output::kOfAll : TestReport::Output::kOfFailed);
  TestPool pool(cases, options.timeout, colours, signals);
  const auto finish = pool.run([&](std::size_t index, TestOutcome outcome) { report.add(index, std::move(outcome)); });
  if (finish == TestPool::Finish::kInterrupted) {
    report.close_interrupted();
    return kExitInterrupted;
  }
  report.close();
  return loaded.is_whole && report.failed() == 0 ? kExitFine : kExitProgramFailed;
}

}  // namespace relay::cli
