#include "embed/registry_reader.h"

#include "value/display.h"

namespace relay::embed {
namespace {

using SystemTime = std::chrono::system_clock::time_point;

std::string text(const api::Value& value) {
  return value.is_string() ? value.as_string() : std::string();
}

bool is_true(const api::Value& value) {
  return value == api::Value(true);
}

std::size_t count(const api::Value& value) {
  return value.is_number() ? static_cast<std::size_t>(value.as_number()) : 0;
}

std::optional<SystemTime> time(const api::Value& value) {
  std::int64_t nanoseconds = 0;
  if (!value.is_string() || !parse_datetime(value.as_string(), nanoseconds)) return std::nullopt;
  return SystemTime(std::chrono::duration_cast<SystemTime::duration>(std::chrono::nanoseconds(nanoseconds)));
}

api::ServerInfo read_server(const std::string&, const api::Value& entry) {
  api::ServerInfo info;
  info.name = text(entry["name"]);
  info.node_id = text(entry["node_id"]);
  info.node_address = text(entry["node_address"]);
  for (const api::Value& method : entry["methods"].as_array()) info.methods.push_back(text(method));
  for (const api::Member& field : entry["state"].as_object()) info.state.emplace_back(field.key, text(field.value));
  info.last_seen = time(entry["last_seen"]).value_or(SystemTime());
  info.is_local = is_true(entry["is_local"]);
  return info;
}

api::PeerInfo read_peer(const std::string& name, const api::Value& entry) {
  api::PeerInfo info;
  info.name = name;
  info.node_id = text(entry["node_id"]);
  info.address = text(entry["address"]);
  info.last_seen = time(entry["last_seen"]);
  info.is_healthy = is_true(entry["is_healthy"]);
  info.server_count = count(entry["server_count"]);
  info.is_configured = is_true(entry["is_configured"]);
  info.state = text(entry["state"]);
  if (const double* microseconds = entry["rtt_us"].if_number()) {
    info.round_trip = std::chrono::microseconds(static_cast<std::int64_t>(*microseconds));
  }
  return info;
}

// A map of names to entries, as the registry's endpoints answer.
template <typename Info>
std::map<std::string, Info> read_all(const api::Value& entries, Info (*read)(const std::string& name, const api::Value& entry)) {
  std::map<std::string, Info> all;
  for (const api::Member& member : entries.as_object()) all.emplace(member.key, read(member.key, member.value));
  return all;
}

}  // namespace

std::map<std::string, api::ServerInfo> read_servers(const api::Value& servers) { return read_all(servers, read_server); }

std::map<std::string, api::PeerInfo> read_peers(const api::Value& peers) { return read_all(peers, read_peer); }

api::RegistryInfo read_registry(const api::Value& registry) {
  api::RegistryInfo info;
  info.node_id = text(registry["node_id"]);
  info.node_address = text(registry["node_address"]);
  info.servers = read_servers(registry["servers"]);
  info.peers = read_peers(registry["peers"]);
  info.timestamp = time(registry["timestamp"]).value_or(SystemTime());
  return info;
}

api::NodeInfo read_health(const api::Value& health) {
  api::NodeInfo info;
  info.status = text(health["status"]);
  info.node_id = text(health["node_id"]);
  info.node_address = text(health["node_address"]);
  info.server_count = count(health["server_count"]);
  info.peer_count = count(health["peer_count"]);
  info.timestamp = time(health["timestamp"]).value_or(SystemTime());
  return info;
}

}  // namespace relay::embed
