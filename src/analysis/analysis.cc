#include "analysis/analysis.h"

#include <algorithm>

#include "analysis/call_cycles.h"
#include "analysis/definitions.h"
#include "analysis/findings.h"
#include "analysis/index_builder.h"
#include "analysis/reach.h"
#include "analysis/variables.h"
#include "analysis/walker.h"
#include "lang/checks.h"
#include "lang/compiler.h"
#include "lang/parser.h"

namespace relay::analysis {
namespace {

void append(std::vector<Diagnostic>& to, std::vector<Diagnostic> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.place.span.begin < b.place.span.begin;
  });
}

Analysis analyse(const ast::Module& module) {
  Analysis analysis;
  Reporter reporter(module.file, analysis.diagnostics);
  Findings findings(reporter);
  Definitions definitions(module);
  Walker walker(module, definitions, findings);
  walker.run();
  check_variables(definitions, walker.observations(), findings);
  const Reach reach(definitions, walker.observations());
  warn_unknown_servers(module, reach, walker.observations(), findings);
  warn_call_cycles(definitions, walker.observations(), findings);
  reach.soften(analysis.diagnostics);
  analysis.visits = walker.observations().visits;
  analysis.index = IndexBuilder::build(definitions, walker.observations());
  sort_by_place(analysis.diagnostics);
  return analysis;
}

Analysis check_program(std::shared_ptr<const SourceFile> file) {
  ParseResult parsed = parse(std::move(file));
  Analysis analysis = analyse(*parsed.module);
  if (has_error(parsed.diagnostics)) {
    analysis.diagnostics = std::move(parsed.diagnostics);
    return analysis;
  }
  append(analysis.diagnostics, std::move(parsed.diagnostics));
  std::vector<Diagnostic> checked;
  check(*parsed.module, checked);
  const bool compiles = !has_error(checked);
  append(analysis.diagnostics, std::move(checked));
  if (compiles) {
    CompileResult compiled = compile(*parsed.module, Tests::kTakenIn);
    append(analysis.diagnostics, std::move(compiled.diagnostics));
    analysis.program = std::move(compiled.program);
  }
  sort_by_place(analysis.diagnostics);
  return analysis;
}

}  // namespace relay::analysis
