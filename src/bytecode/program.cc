#include "bytecode/program.h"

#include "value/string.h"

namespace relay::bytecode {

const Method* ServerInfo::method(std::string_view method_name) const {
  for (const Method& candidate : methods) {
    if (string::text(candidate.name) == method_name) return &candidate;
  }
  return nullptr;
}

std::uint32_t ServerInfo::field(const Value& field_name) const {
  for (std::uint32_t i = 0; i < state.size(); ++i) {
    if (state[i].name.is_same(field_name)) return i;
  }
  for (std::uint32_t i = 0; i < state.size(); ++i) {
    if (string::equal(state[i].name, field_name)) return i;
  }
  return kNone;
}

const ServerInfo* Program::server(std::string_view server_name) const {
  const std::uint16_t index = server_index(server_name);
  return index == kNoServer ? nullptr : servers[index].get();
}

std::uint16_t Program::server_index(std::string_view server_name) const {
  for (std::size_t i = 0; i < servers.size(); ++i) {
    if (servers[i]->name == server_name && !servers[i]->is_replaced) return static_cast<std::uint16_t>(i);
  }
  return kNoServer;
}

}  // namespace relay::bytecode
