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

// A file without tests is likely to be another than was meant.
void note_empty_files(const TestFiles& files) {
  for (const auto& file : files) {
    if (file->program->tests.empty()) note("there are no tests in " + file->name);
  }
}

}  // namespace

int run_test(const CommandOptions& options) {
  if (options.operands.empty()) return fail_usage("test", "expected files with tests, such as blog_server.rl");
  const StopSignals signals;
  TestFiles files;
  bool do_all_load = true;
  for (const std::string& name : options.operands) {
    auto file = load(name, options);
    do_all_load = do_all_load && file != nullptr;
    if (file) files.push_back(std::move(file));
  }
  note_empty_files(files);
  const std::vector<TestCase> cases = cases_of(files, options.filter);
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
  return do_all_load && report.failed() == 0 ? kExitFine : kExitProgramFailed;
}

}  // namespace relay::cli
