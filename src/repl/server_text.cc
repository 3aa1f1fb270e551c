#include "repl/server_text.h"

#include <algorithm>
#include <vector>

#include "bytecode/builtins.h"
#include "repl/style.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay::repl {
namespace {

std::string server_lines(const bytecode::ServerInfo& server, const bytecode::TypeTable& types, Colours colours) {
  std::string text = painted("server", Style::kKeyword, colours) + " " + server.name + "\n";
  for (const bytecode::Method& method : server.methods) text += "  " + signature_text(*method.function, types) + "\n";
  for (const bytecode::StateField& field : server.state) {
    const std::string line = "state." + std::string(string::text(field.name)) + ": " + types.text(field.type);
    text += "  " + painted(line, Style::kFaint, colours) + "\n";
  }
  return text;
}

std::string struct_line(const Value& value, const bytecode::TypeTable& types) {
  const auto& info = static_cast<const bytecode::StructInfo&>(*structure::type(value));
  std::string fields;
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    fields += (i == 0 ? "" : ", ") + std::string(string::text(info.fields[i])) + ": " + types.text(info.field_types[i]);
  }
  return "struct " + std::string(string::text(info.name)) + " { " + fields + " }";
}

}  // namespace

std::string signature_text(const bytecode::Function& function, const bytecode::TypeTable& types) {
  std::string text = std::string(string::text(function.name)) + "(";
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const bytecode::Parameter& parameter = function.parameters[i];
    text += (i == 0 ? "" : ", ") + std::string(string::text(parameter.name));
    if (parameter.type != bytecode::kAny) text += ": " + types.text(parameter.type);
  }
  text += ")";
  if (function.return_type != bytecode::kAny) text += " -> " + types.text(function.return_type);
  return text;
}

std::string servers_text(const bytecode::Program& program, Colours colours) {
  std::vector<const bytecode::ServerInfo*> servers;
  for (const auto& server : program.servers) {
    if (!server->is_replaced) servers.push_back(server.get());
  }
  std::sort(servers.begin(), servers.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  std::string text;
  for (const bytecode::ServerInfo* server : servers) text += server_lines(*server, program.types, colours);
  return text.empty() ? "no servers\n" : text;
}

std::string state_text(const StateStore& state, const ValueLook& look) {
  std::string text;
  for (std::uint32_t i = 0; i < state.info().state.size(); ++i) {
    const std::string name = std::string(string::text(state.info().state[i].name)) + ": ";
    ValueLook rest = look;
    rest.columns = look.columns > name.size() ? look.columns - name.size() : 0;
    text += name + value_text(state.committed(i), rest) + "\n";
  }
  return text.empty() ? "no state\n" : text;
}

std::string described_type(const Value& value, const bytecode::Program& program) {
  if (value.is_struct()) return struct_line(value, program.types);
  if (value.is_server()) {
    const bytecode::ServerInfo* server = program.server(string::text(server::name(value)));
    if (server == nullptr) return "server";
    std::string lines = server_lines(*server, program.types, Colours::kOff);
    lines.pop_back();
    return lines;
  }
  if (value.is_function() && function::info(value)->is_builtin) {
    const std::string_view name = string::text(function::info(value)->name);
    const std::uint16_t index = bytecode::builtin_index(name);
    return index == bytecode::kNoBuiltin ? type_text(value)
                                         : "fn " + std::string(name) + std::string(bytecode::builtin_names()[index].text);
  }
  if (value.is_function()) {
    return "fn " + signature_text(static_cast<const bytecode::Function&>(*function::info(value)), program.types);
  }
  return type_text(value);
}

}  // namespace relay::repl
