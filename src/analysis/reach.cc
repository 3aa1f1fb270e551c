#include "analysis/reach.h"

#include <algorithm>

namespace relay::analysis {

using ast::as;
using ast::ExprKind;

namespace {

// It either fails or does not: nothing is done before, and nothing depends on a condition.
bool is_one_step(const ast::Block& body) {
  if (body.items.size() != 1) return false;
  const ExprKind kind = body.items[0]->kind;
  return kind != ExprKind::kIf && kind != ExprKind::kFor && kind != ExprKind::kWhile &&
         kind != ExprKind::kTry && kind != ExprKind::kDispatch && kind != ExprKind::kBlock;
}

bool names_peers(const ast::Expr& item) {
  if (item.kind != ExprKind::kConfigDef) return false;
  const auto& entries = as<ast::ConfigDef>(item).entries;
  return std::any_of(entries.begin(), entries.end(),
                     [](const ast::Entry& entry) { return entry.key.text == "peers"; });
}

}  // namespace

Reach::Reach(const Definitions& definitions, const Observations& observations)
    : definitions_(definitions), calls_from_(definitions.functions.size() + 1) {
  const auto count = static_cast<std::uint32_t>(definitions.functions.size());
  Marks is_called(count);
  std::vector<std::uint32_t> caught;
  for (const KnownCall& call : observations.calls) {
    calls_from_[std::min(call.from, count)].push_back(&call);
    is_called[call.to] = true;
    if (call.is_caught) caught.push_back(call.to);
  }
  std::vector<std::uint32_t> own = {count};   // where the program itself begins
  std::vector<std::uint32_t> open = {count};  // and where anybody can
  for (std::uint32_t function = 0; function < count; ++function) {
    if (is_called[function]) continue;
    open.push_back(function);
    if (!definitions.functions[function].is_receive) own.push_back(function);
  }
  runs_by_itself_ = follow(std::move(own), Way::kEvery);
  const Marks is_open = follow(std::move(open), Way::kUncaught);
  is_caught_ = follow(std::move(caught), Way::kEvery);
  for (std::uint32_t function = 0; function < count; ++function)
    is_caught_[function] = is_caught_[function] && !is_open[function];
}

// Breadth first, the starts included.
Reach::Marks Reach::follow(std::vector<std::uint32_t> from, Way way) const {
  Marks reached(calls_from_.size());
  for (const std::uint32_t start : from) reached[start] = true;
  for (std::size_t next = 0; next < from.size(); ++next) {
    for (const KnownCall* call : calls_from_[from[next]]) {
      if ((way == Way::kUncaught && call->is_caught) || reached[call->to]) continue;
      reached[call->to] = true;
      from.push_back(call->to);
    }
  }
  return reached;
}

bool Reach::runs_by_itself(std::uint32_t function) const {
  return function == kUnknown || runs_by_itself_[function];
}

void Reach::soften(std::vector<Diagnostic>& findings) const {
  std::vector<const ast::Function*> caught;
  for (std::size_t function = 0; function < definitions_.functions.size(); ++function) {
    const ast::Function* node = definitions_.functions[function].node;
    if (is_caught_[function] && is_one_step(node->body)) caught.push_back(node);
  }
  for (Diagnostic& finding : findings) {
    if (finding.severity != Diagnostic::Severity::kError) continue;
    const std::uint32_t at = finding.place.span.begin;
    const auto around = std::find_if(caught.begin(), caught.end(), [&](const ast::Function* function) {
      return function->span.begin <= at && at < function->span.end;
    });
    if (around == caught.end()) continue;
    finding.severity = Diagnostic::Severity::kWarning;
    finding.notes.push_back("every call of '" + (*around)->name.text +
                            "' that shows in this program catches what fails");
  }
}

void warn_unknown_servers(const ast::Module& module, const Reach& reach, const Observations& observations,
                          Findings& findings) {
  const bool has_peers = std::any_of(module.items.begin(), module.items.end(),
                                     [](const ast::ExprPtr& item) { return names_peers(*item); });
  for (const UnknownServer& server : observations.unknown_servers) {
    const bool is_elsewhere = has_peers || server.is_caught || !reach.runs_by_itself(server.caller);
    if (server.hint.empty() && is_elsewhere) continue;
    findings.warning(server.span, "server '" + server.name + "' is not defined in this program", server.hint,
                     {"it may be declared in C++ or live on another node"});
  }
}

}  // namespace relay::analysis
