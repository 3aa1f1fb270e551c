#include "lang/check_definitions.h"

#include <algorithm>

namespace relay {

namespace {

using ast::as;
using ast::ExprKind;
using MethodKind = ast::ServerDef::MethodKind;

const std::vector<std::string>& config_keys() {
  static const std::vector<std::string> keys = {"app_name", "host", "port",     "node_id",
                                                "peers",    "cors", "timeouts", "limits"};
  return keys;
}

// The parameters that calls, `send` and JSON-RPC go by: names and types, in order.
bool same_params(const std::vector<ast::Param>& a, const std::vector<ast::Param>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ast::Param& x, const ast::Param& y) {
    return x.name.text == y.name.text && type_text(x.type.get()) == type_text(y.type.get());
  });
}

// What a template may take its values from.
struct Sources {
  std::vector<std::string> servers;  // those with a receive function of the name
  bool is_function = false;
  std::vector<std::string> names;    // of all that could have been meant
};

Sources sources_of(const ast::Module& module, const std::string& name) {
  Sources sources;
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind == ExprKind::kFn) {
      const std::string& function = as<ast::FnExpr>(*item).function.name.text;
      sources.names.push_back(function);
      sources.is_function = sources.is_function || function == name;
    }
    if (item->kind != ExprKind::kServerDef) continue;
    const auto& server = as<ast::ServerDef>(*item);
    for (const auto& method : server.methods) {
      if (method.kind != MethodKind::kReceive) continue;
      sources.names.push_back(method.function.name.text);
      if (method.function.name.text == name) sources.servers.push_back(server.name.text);
    }
  }
  return sources;
}

}  // namespace

DefinitionChecker::DefinitionChecker(const ast::Module& module, const SessionNames* session, Reporter& reporter,
                                     BodyChecker& bodies)
    : module_(module), session_(session), reporter_(reporter), bodies_(bodies) {}

const ast::ProtocolDef* DefinitionChecker::protocol(const std::string& name) const {
  if (const ast::ProtocolDef* found = find_protocol(module_, name)) return found;
  if (session_ == nullptr) return nullptr;
  const auto earlier = session_->protocols.find(name);
  return earlier == session_->protocols.end() ? nullptr : find_protocol(*earlier->second, name);
}

std::vector<std::string> DefinitionChecker::protocol_names() const {
  std::vector<std::string> names;
  for (const ast::ExprPtr& item : module_.items) {
    if (item->kind == ExprKind::kProtocolDef) names.push_back(as<ast::ProtocolDef>(*item).name.text);
  }
  if (session_ == nullptr) return names;
  for (const auto& [name, module] : session_->protocols) names.push_back(name);
  return names;
}

bool DefinitionChecker::check(const ast::Expr& item) {
  switch (item.kind) {
    case ExprKind::kStructDef:
      check_struct(as<ast::StructDef>(item));
      return true;
    case ExprKind::kProtocolDef:
      check_protocol(as<ast::ProtocolDef>(item));
      return true;
    case ExprKind::kServerDef:
      check_server(as<ast::ServerDef>(item));
      return true;
    case ExprKind::kTemplateDef:
      check_template(as<ast::TemplateDef>(item));
      return true;
    case ExprKind::kConfigDef:
      check_config(as<ast::ConfigDef>(item));
      return true;
    case ExprKind::kTestDef:
      check_test(as<ast::TestDef>(item));
      return true;
    default:
      return false;
  }
}

void DefinitionChecker::check_name(const ast::Word& name, std::string_view what,
                                   std::unordered_map<std::string, Span>& seen) {
  const auto [first, is_new] = seen.emplace(name.text, name.span);
  if (is_new) return;
  reporter_.error(name.span, "duplicate " + std::string(what) + " '" + name.text + "'", {},
                  {"the first stands in " + reporter_.line_of(first->second)});
}

void DefinitionChecker::check_fields(const std::vector<ast::Field>& fields, std::string_view what) {
  std::unordered_map<std::string, Span> seen;
  for (const ast::Field& field : fields) {
    check_name(field.name, what, seen);
    bodies_.check_type(field.type);
    if (field.default_value) bodies_.check_value(*field.default_value);
  }
}

void DefinitionChecker::check_struct(const ast::StructDef& def) {
  check_name(def.name, "struct", structs_);
  if (TypeNames::is_built_in(def.name.text)) {
    reporter_.error(def.name.span, "'" + def.name.text + "' is a type of the language and cannot name a struct");
  }
  check_fields(def.fields, "field");
}

void DefinitionChecker::check_protocol(const ast::ProtocolDef& def) {
  check_name(def.name, "protocol", protocols_);
  std::unordered_map<std::string, Span> seen;
  for (const auto& method : def.methods) {
    check_name(method.name, "method", seen);
    bodies_.check_params(method.params);
    bodies_.check_type(method.return_type);
  }
}

void DefinitionChecker::check_server(const ast::ServerDef& def) {
  check_name(def.name, "server", servers_);
  check_fields(def.state, "state field");
  check_methods(def);
  if (def.protocol) check_implements(def);
}

void DefinitionChecker::check_methods(const ast::ServerDef& def) {
  std::unordered_map<std::string, Span> seen;
  for (const auto& method : def.methods) {
    check_name(method.function.name, "method", seen);
    bodies_.check_function(method.function);
  }
}

void DefinitionChecker::check_implements(const ast::ServerDef& def) {
  if (const ast::ProtocolDef* found = protocol(def.protocol->text)) {
    for (const auto& wanted : found->methods) check_implemented(def, wanted);
    return;
  }
  reporter_.error(def.protocol->span, "undefined protocol: " + def.protocol->text,
                  did_you_mean(nearest_name(def.protocol->text, protocol_names())));
}

void DefinitionChecker::check_implemented(const ast::ServerDef& def, const ast::ProtocolDef::Method& wanted) {
  const std::string name = wanted.name.text;
  const auto method = std::find_if(def.methods.begin(), def.methods.end(), [&name](const auto& candidate) {
    return candidate.kind == MethodKind::kReceive && candidate.function.name.text == name;
  });
  const std::string message =
      "server '" + def.name.text + "' does not implement " + name + " of protocol " + def.protocol->text;
  const std::string wanted_note = "the protocol has " + name + params_text(wanted.params);
  if (method == def.methods.end()) return reporter_.error(def.name.span, message, {}, {wanted_note});
  const ast::Function& found = method->function;
  if (!same_params(found.params, wanted.params)) {
    return reporter_.error(found.name.span, message, {},
                           {wanted_note, "the server has " + name + params_text(found.params)});
  }
  const bool both_written = found.return_type && wanted.return_type;
  if (!both_written || type_text(found.return_type.get()) == type_text(wanted.return_type.get())) return;
  reporter_.warning(found.return_type->span,
                    "protocol " + def.protocol->text + " says that " + name + " returns " +
                        type_text(wanted.return_type.get()));
}

void DefinitionChecker::check_template(const ast::TemplateDef& def) {
  bodies_.check_params(def.params);
  const std::string& name = def.from.text;
  const Sources sources = sources_of(module_, name);
  if (sources.servers.size() > 1) {
    return reporter_.error(def.from.span, "template '" + def.path.text + "': two servers have a method '" + name + "'",
                           {}, {"'" + sources.servers[0] + "' and '" + sources.servers[1] + "'"});
  }
  if (sources.servers.empty() && !sources.is_function) {
    return reporter_.error(def.from.span,
                           "template '" + def.path.text + "': no server has a method '" + name + "', and no function has that name",
                           did_you_mean(nearest_name(name, sources.names)));
  }
  reporter_.warning(def.path.span, "template '" + def.path.text + "' is not served yet");
}

void DefinitionChecker::check_config(const ast::ConfigDef& def) {
  for (const ast::Entry& entry : def.entries) {
    const auto& keys = config_keys();
    if (std::find(keys.begin(), keys.end(), entry.key.text) == keys.end()) {
      reporter_.warning(entry.key.span, "unknown config key: " + entry.key.text,
                        did_you_mean(nearest_name(entry.key.text, keys)));
    }
    bodies_.check_value(*entry.value);
  }
}

void DefinitionChecker::check_test(const ast::TestDef& def) {
  check_name(def.function.name, "test", tests_);
  bodies_.check_function(def.function);
}

}  // namespace relay
