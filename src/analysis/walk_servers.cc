#include <array>

#include "analysis/describe.h"
#include "analysis/literal.h"
#include "analysis/walker.h"

// The state of a server: `state.n`, `state.get("n")`, `state.set("n", v)`, `state.update("n", f)`.

namespace relay::analysis {

using LinkKind = ast::PostfixExpr::LinkKind;

TypeId Walker::walk_state_chain(const ast::PostfixExpr& expr) {
  const ast::PostfixExpr::Link& link = expr.links[0];
  record(expr.base->span, pool_.state(place_.server));
  if (link.kind == LinkKind::kField && !link.name.text.empty()) {
    return state_field(link.name.text, link.name.span, Reference::Access::kRead);
  }
  if (link.kind == LinkKind::kMethod) return call_state(link);
  const TypeId snapshot = pool_.object_of(kAny);
  if (link.kind == LinkKind::kIndex)
    return index_into(snapshot, visit(*link.args[0]), link.args[0]->span, expr.span);
  if (link.kind == LinkKind::kCall) return call_value(snapshot, link, {expr.span.begin, link.span.end});
  return kAny;
}

TypeId Walker::call_state(const ast::PostfixExpr::Link& link) {
  using Access = Reference::Access;
  const std::string& method = link.name.text;
  if (method != "get" && method != "set" && method != "update")
    return call_method(pool_.object_of(kAny), link);
  const std::string* name = link.args.empty() ? nullptr : literal_text(*link.args[0]);
  const ServerInfo& server = definitions_.servers[place_.server];
  const Slot* field = name != nullptr ? server.state.find(*name) : nullptr;
  const TypeId held = field != nullptr ? definitions_.type_of(field->symbol) : kAny;
  std::vector<TypeId> types;
  for (const ast::ExprPtr& arg : link.args) types.push_back(walk_callback(*arg, std::array{held}));
  const std::size_t expected = method == "get" ? 1 : 2;
  if (!check_count("method '" + method + "' of state", expected, expected, types.size(), link.name.span))
    return kAny;
  if (name != nullptr) {
    state_field(*name, name_span(*module_.file, *link.args[0]),
                method == "get" ? Access::kRead : Access::kWrite);
  } else if (pool_.cannot_fit(types[0], kString)) {
    findings_.error(link.args[0]->span,
                    "the name of a state field must be string, got " + kind_text(definitions_, types[0]));
  }
  if (method == "get") return held;
  if (method == "update") {
    const TypeId changed = result_of_callback(types[1]);
    if (pool_.cannot_fit(types[1], pool_.function(kUnknown))) {
      findings_.error(link.args[1]->span, "cannot call " + kind_text(definitions_, types[1]));
    } else if (name != nullptr) {
      check_state_value(*name, *link.args[1], changed);
    }
    return field != nullptr ? field->type : kAny;
  }
  if (name != nullptr) check_state_value(*name, *link.args[1], types[1]);
  return types[1];
}

TypeId Walker::state_field(std::string_view name, Span span, Reference::Access access) {
  const ServerInfo& server = definitions_.servers[place_.server];
  if (const Slot* field = server.state.find(name)) {
    refer(field->symbol, span, access);
    return definitions_.type_of(field->symbol);
  }
  findings_.error(span,
                  "server '" + server.node->name.text + "' has no state field '" + std::string(name) + "'",
                  findings_.nearest(name, [&] { return server.state.names(); }));
  return kAny;
}

void Walker::check_state_value(std::string_view field, const ast::Expr& value, TypeId type) {
  const ServerInfo& server = definitions_.servers[place_.server];
  const Slot* slot = server.state.find(field);
  if (slot == nullptr) return;
  check_fits(value, type, slot->type,
             "state field '" + std::string(field) + "' of server '" + server.node->name.text + "'");
}

}  // namespace relay::analysis
