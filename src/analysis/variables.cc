#include "analysis/variables.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace relay::analysis {
namespace {

bool is_inside(Span inner, Span outer) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

// In a loop an earlier round may have run the `set`, unless the read is part of what each of them sets.
bool certainly_precedes(const VariableUse::Place& read, const std::vector<VariableUse::Place>& sets) {
  const auto comes_after = [&](const VariableUse::Place& set) {
    const bool shares_loop = set.loop.end != 0 && set.loop.begin == read.loop.begin;
    return set.span.end >= read.span.end && !shares_loop;
  };
  const bool is_only_set = sets.size() == 1 && is_inside(read.span, sets[0].span);
  return is_only_set || std::all_of(sets.begin(), sets.end(), comes_after);
}

class VariableChecker {
 public:
  VariableChecker(const Definitions& definitions, const Observations& observations, Findings& findings)
      : definitions_(definitions), observations_(observations), findings_(findings) {
    for (const Symbol& symbol : definitions.symbols) {
      if (symbol.kind == SymbolKind::kVariable && !is_local(symbol)) program_names_.insert(symbol.name);
    }
  }

  void check(SymbolId id) {
    const Symbol& symbol = definitions_.symbols[id];
    switch (symbol.kind) {
      case SymbolKind::kVariable:
        if (id < observations_.variables.size()) check_variable(symbol, observations_.variables[id]);
        return;
      case SymbolKind::kFunction:
        // Functions of the program may be what a file is for.
        if (is_local(symbol) && !is_value_used(id)) warn_if_unused(symbol, "function");
        return;
      case SymbolKind::kHelper:
        return warn_if_unused(symbol, "private method");
      default:
        return;
    }
  }

 private:
  [[nodiscard]] bool is_local(const Symbol& symbol) const {
    return symbol.scope.begin != definitions_.whole_text().begin ||
           symbol.scope.end != definitions_.whole_text().end;
  }
  [[nodiscard]] static bool is_meant(const Symbol& symbol) { return symbol.name.starts_with('_'); }

  [[nodiscard]] bool is_value_used(SymbolId id) const {
    return id < observations_.variables.size() && observations_.variables[id].is_value_used;
  }

  void check_variable(const Symbol& symbol, const VariableUse& use) {
    if (use.is_bound_otherwise || use.sets.empty()) return;
    if (!use.is_set_by_closure) check_early_reads(symbol, use);
    if (use.reads > 0 || use.is_value_used || is_meant(symbol)) return;
    findings_.warning(symbol.name_span, "variable '" + symbol.name + "' is never read", {},
                      {"`_" + symbol.name + "` says that it is meant so"});
  }

  void check_early_reads(const Symbol& symbol, const VariableUse& use) {
    for (const VariableUse::Place& read : use.early_reads) {
      if (!certainly_precedes(read, use.sets)) continue;
      const std::string message = "undefined variable: " + symbol.name;
      if (read.is_in_try) {
        findings_.warning(read.span, message, {}, {unset_note(symbol)});
      } else {
        findings_.error(read.span, message, {}, {unset_note(symbol)});
      }
    }
  }

  [[nodiscard]] std::string unset_note(const Symbol& symbol) const {
    if (!is_local(symbol)) return "it is set later";
    if (!program_names_.contains(symbol.name)) return "it is set later in this function";
    return "this function sets its own `" + symbol.name +
           "`; the program's variable of that name cannot be changed by functions";
  }

  void warn_if_unused(const Symbol& symbol, std::string_view what) {
    if (!symbol.references.empty() || is_meant(symbol)) return;
    findings_.warning(symbol.name_span, std::string(what) + " '" + symbol.name + "' is never called", {},
                      {"`_" + symbol.name + "` says that it is meant so"});
  }

  const Definitions& definitions_;
  const Observations& observations_;
  Findings& findings_;
  std::unordered_set<std::string_view> program_names_;  // of its variables
};

}  // namespace

void check_variables(const Definitions& definitions, const Observations& observations, Findings& findings) {
  VariableChecker checker(definitions, observations, findings);
  for (SymbolId id = 0; id < definitions.symbols.size(); ++id) checker.check(id);
}

}  // namespace relay::analysis
