#include "actor/name_hint.h"

#include <vector>

#include "base/diagnostic.h"
#include "value/string.h"

namespace relay {
namespace {

std::string hint(std::string_view name, const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(name, known);
  return nearest.empty() ? std::string() : "did you mean `" + nearest + "`?";
}

}  // namespace

std::string server_hint(const bytecode::Program& program, std::string_view name) {
  std::vector<std::string> known;
  known.reserve(program.servers.size());
  for (const auto& server : program.servers) known.push_back(server->name);
  return hint(name, known);
}

std::string method_hint(const bytecode::ServerInfo& server, std::string_view name) {
  std::vector<std::string> known;
  known.reserve(server.methods.size());
  for (const bytecode::Method& method : server.methods) known.emplace_back(string::text(method.name));
  return hint(name, known);
}

}  // namespace relay
