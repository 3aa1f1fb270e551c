#pragma once

#include "relay/registry.h"

namespace relay::embed {

// What the registry's JSON says (spec mesh.md, Registry endpoints), as the API's types.
[[nodiscard]] std::map<std::string, api::ServerInfo> read_servers(const api::Value& servers);
[[nodiscard]] std::map<std::string, api::PeerInfo> read_peers(const api::Value& peers);
[[nodiscard]] api::RegistryInfo read_registry(const api::Value& registry);
[[nodiscard]] api::NodeInfo read_health(const api::Value& health);

}  // namespace relay::embed
