#include "analysis/describe.h"
#include "analysis/literal.h"
#include "analysis/walker.h"

// Messages whose server and method are written where they are sent.

namespace relay::analysis {

using ast::as;
using ast::ExprKind;

namespace {

std::string method_subject(const FunctionInfo& method, const Definitions& definitions) {
  return "method '" + definitions.servers[method.server].node->name.text + "." + method.node->name.text + "'";
}

}  // namespace

TypeId Walker::walk_send(const ast::SendExpr& send) {
  const TypeId target = visit(*send.target);
  std::vector<TypeId> entries;
  TypeId args = kAny;
  if (send.args->kind == ExprKind::kObject) {
    for (const ast::Entry& entry : as<ast::ObjectExpr>(*send.args).entries)
      entries.push_back(visit(*entry.value));
  } else {
    args = visit(*send.args);
  }
  if (send.within) check_within(*send.within, visit(*send.within));
  if (pool_.cannot_fit(target, kString) && pool_.cannot_fit(target, pool_.server(kUnknown))) {
    findings_.error(send.target->span,
                    "send needs a server or its name, got " + kind_text(definitions_, target));
  }
  if (pool_.cannot_fit(args, pool_.object_of(kAny))) {
    findings_.error(send.args->span,
                    "send needs an object of arguments, got " + kind_text(definitions_, args));
  }
  const std::uint32_t server = find_server(*send.target, target);
  if (server == kUnknown) return kAny;
  const std::uint32_t method = find_receive(server, send.method.text, send.method.span);
  if (method == kUnknown) return kAny;
  note_call(KnownCall::Form::kMessage, method, send.span);
  if (send.args->kind == ExprKind::kObject)
    check_named(method, as<ast::ObjectExpr>(*send.args), entries, send.method.span);
  return result_of(method);
}

void Walker::check_within(const ast::Expr& within, TypeId type) {
  if (!pool_.cannot_fit(type, kNumber)) return;
  findings_.error(within.span, "within needs a number of seconds, got " + kind_text(definitions_, type));
}

// `message`, `notify`, `notify_after`: server, method and the arguments by position.
TypeId Walker::walk_message(std::string_view builtin, const std::vector<ast::ExprPtr>& args,
                            std::span<const TypeId> types) {
  if (builtin == "message_all") {
    walk_message_all(args);
    return pool_.array_of(pool_.object_of(kAny));
  }
  const std::size_t first = builtin == "notify_after" ? 1 : 0;
  const std::uint32_t method = find_method_of(args, first, types);
  const Span place = {args[first]->span.begin, args[first + 1]->span.end};
  if (builtin != "message") {
    if (method != kUnknown) note_call(KnownCall::Form::kNotice, method, place);
    const auto here = findings_.in_try();  // arguments that do not fit are only logged
    check_positional(method, args, first, types);
    return kNil;
  }
  if (method == kUnknown) return kAny;
  check_positional(method, args, first, types);
  note_call(KnownCall::Form::kMessage, method, place);
  return result_of(method);
}

// The method that is called where the server stands at `first`; kUnknown where it cannot be told.
std::uint32_t Walker::find_method_of(const std::vector<ast::ExprPtr>& args, std::size_t first,
                                     std::span<const TypeId> types) {
  const std::uint32_t server = find_server(*args[first], types[first]);
  const std::string* name = literal_text(*args[first + 1]);
  if (server == kUnknown || name == nullptr) return kUnknown;
  return find_receive(server, *name, name_span(*module_.file, *args[first + 1]));
}

void Walker::walk_message_all(const std::vector<ast::ExprPtr>& args) {
  if (!is_last_walk() || args[0]->kind != ExprKind::kArray) return;
  const auto here = findings_.in_try();  // a call that fails gives its error as a value
  for (const ast::ExprPtr& item : as<ast::ArrayExpr>(*args[0]).items) {
    if (item->kind != ExprKind::kObject) continue;
    const ast::Expr* target = nullptr;
    const ast::Expr* method = nullptr;
    for (const ast::Entry& entry : as<ast::ObjectExpr>(*item).entries) {
      if (entry.key.text == "server") target = entry.value.get();
      if (entry.key.text == "method") method = entry.value.get();
    }
    const std::string* name = method != nullptr ? literal_text(*method) : nullptr;
    if (target == nullptr || name == nullptr) continue;
    const std::uint32_t server = find_server(*target, part_types_.at(target));
    if (server == kUnknown) continue;
    const std::uint32_t found = find_receive(server, *name, name_span(*module_.file, *method));
    if (found != kUnknown) note_call(KnownCall::Form::kMessage, found, item->span);
  }
}

// ---- Who is meant ----------------------------------------------------------------------------------------

// kUnknown where it cannot be told. A name with a dot is that of a server on another node.
std::uint32_t Walker::find_server(const ast::Expr& target, TypeId type) {
  if (pool_.kind(type) == Kind::kServer) return pool_.node(type).definition;
  const std::string* name = literal_text(target);
  if (name == nullptr || name->find('.') != std::string::npos) return kUnknown;
  const std::uint32_t server = definitions_.server_index(*name);
  if (server != kUnknown) {
    refer(definitions_.servers[server].symbol, name_span(*module_.file, target));
    return server;
  }
  if (findings_.speaks()) {
    std::string hint = findings_.nearest(*name, [this] { return definitions_.server_names(); });
    observations_.unknown_servers.push_back(
        {target.span, *name, std::move(hint), place_.caller, findings_.is_caught()});
  }
  return kUnknown;
}

std::uint32_t Walker::find_receive(std::uint32_t server, std::string_view method, Span span) {
  const ServerInfo& info = definitions_.servers[server];
  const auto found = info.methods.find(method);
  if (found != info.methods.end() && definitions_.functions[found->second].is_receive) {
    refer(definitions_.functions[found->second].symbol, span);
    return found->second;
  }
  const auto gather = [&] {
    std::vector<std::string> names;
    for (const auto& [name, function] : info.methods) {
      if (definitions_.functions[function].is_receive) names.emplace_back(name);
    }
    return names;
  };
  const bool is_private = found != info.methods.end();
  findings_.error(span,
                  "method '" + std::string(method) + "' not found on server '" + info.node->name.text + "'",
                  is_private ? "it lacks `receive`, so only the server itself can call it"
                             : findings_.nearest(method, gather));
  return kUnknown;
}

// ---- Arguments -------------------------------------------------------------------------------------------

// `args` holds, from `server` on: server, method, arguments.
void Walker::check_positional(std::uint32_t method, const std::vector<ast::ExprPtr>& args, std::size_t server,
                              std::span<const TypeId> types) {
  if (method == kUnknown || !findings_.speaks()) return;
  const Span span = name_span(*module_.file, *args[server + 1]);
  const std::size_t first = server + 2;
  const FunctionInfo& info = definitions_.functions[method];
  const std::string subject = method_subject(info, definitions_);
  const std::size_t given = args.size() - first;
  if (given > info.params.size()) {
    check_count(subject, info.required, info.params.size(), given, span);
    return;
  }
  for (std::size_t i = 0; i < info.params.size(); ++i) {
    const std::string name(info.params[i].name);
    if (i < given) {
      check_fits(*args[first + i], types[first + i], info.params[i].type,
                 subject + ": parameter '" + name + "'");
    } else if (i < info.required) {
      findings_.error(span, subject + ": missing argument for parameter '" + name + "'");
    }
  }
}

void Walker::check_named(std::uint32_t method, const ast::ObjectExpr& args, std::span<const TypeId> types,
                         Span span) {
  if (!is_last_walk()) return;
  const FunctionInfo& info = definitions_.functions[method];
  const std::string subject = method_subject(info, definitions_);
  std::vector<bool> is_given(info.params.size());
  bool has_unknown = false;
  std::vector<std::string> names;
  for (const Slot& param : info.params) names.emplace_back(param.name);
  for (const ast::Entry& entry : args.entries) {
    std::size_t i = 0;
    while (i < names.size() && names[i] != entry.key.text) ++i;
    if (i == names.size()) {
      findings_.error(entry.key.span, subject + " has no parameter '" + entry.key.text + "'",
                      findings_.nearest(entry.key.text, [&] { return names; }));
      has_unknown = true;
      continue;
    }
    is_given[i] = true;
    refer(info.params[i].symbol, entry.key.span);
    check_fits(*entry.value, types[static_cast<std::size_t>(&entry - args.entries.data())],
               info.params[i].type, subject + ": parameter '" + names[i] + "'");
  }
  if (has_unknown) return;  // it may be the one that is missing
  for (std::size_t i = 0; i < info.required; ++i) {
    if (!is_given[i]) findings_.error(span, subject + ": missing argument for parameter '" + names[i] + "'");
  }
}

void Walker::note_call(KnownCall::Form form, std::uint32_t to, Span span) {
  if (is_last_walk()) observations_.calls.push_back({form, place_.caller, to, span, findings_.is_caught()});
}

}  // namespace relay::analysis
