#include "actor/server_summary.h"

#include <algorithm>

#include "value/string.h"

namespace relay {
namespace {

ServerSummary summarize(const bytecode::Program& program, const bytecode::ServerInfo& server) {
  ServerSummary summary;
  summary.name = server.name;
  for (const bytecode::Method& method : server.methods) summary.methods.emplace_back(string::text(method.name));
  for (const bytecode::StateField& field : server.state) {
    summary.state.emplace_back(string::text(field.name), program.types.text(field.type));
  }
  return summary;
}

}  // namespace

std::vector<ServerSummary> summarize_servers(const bytecode::Program& program) {
  std::vector<ServerSummary> summaries;
  for (const auto& server : program.servers) {
    if (!server->is_replaced) summaries.push_back(summarize(program, *server));
  }
  std::sort(summaries.begin(), summaries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return summaries;
}

}  // namespace relay
