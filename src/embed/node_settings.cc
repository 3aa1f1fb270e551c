#include "embed/node_settings.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "http/server.h"
#include "mesh/peer_table.h"
#include "node/peer_admin.h"

namespace relay::embed {
namespace {

using relay::Error;
using relay::Result;
using std::chrono::milliseconds;

constexpr milliseconds kLeastInterval{100};
constexpr milliseconds kMostTime = std::chrono::hours(24 * 365);

Error at(std::string_view field, const Error& error) {
  return {Errc::kParse, "NodeConfig::" + std::string(field) + ": " + error.detail};
}

struct Time {
  std::string_view field;
  milliseconds given;
  milliseconds least;
  Duration* into;
};

Result<void> set(const Time& time) {
  if (time.given < time.least || time.given > kMostTime) {
    return at(time.field, {Errc::kParse, "expected " + std::to_string(time.least.count()) + " ms to a year, got " +
                                             std::to_string(time.given.count()) + " ms"});
  }
  *time.into = time.given;
  return {};
}

Result<void> set_times(const api::NodeConfig& config, node::NodeConfig& settings) {
  const Time times[] = {
      {"read_timeout", config.read_timeout, milliseconds(1), &settings.http.head_timeout},
      {"write_timeout", config.write_timeout, milliseconds(1), &settings.http.write_stall},
      {"discovery_interval", config.discovery_interval, kLeastInterval, &settings.discovery_interval},
      {"ping_interval", config.ping_interval, kLeastInterval, &settings.ping_interval},
      {"call_timeout", config.call_timeout, milliseconds(1), &settings.rpc.call_timeout},
      {"drain", config.drain, milliseconds(0), &settings.drain},
  };
  for (const Time& time : times) {
    if (Result<void> done = set(time); !done) return done;
  }
  return {};
}

Result<void> set_http(const api::NodeConfig& config, node::NodeConfig& settings) {
  std::string cors = config.enable_cors ? "" : "off";
  for (const std::string& origin : config.cors_origins) {
    if (config.enable_cors) cors += (cors.empty() ? "" : ",") + origin;
  }
  Result<http::Cors> read = http::parse_cors(cors.empty() ? "*" : cors);
  if (!read) return at("cors_origins", read.error());
  settings.cors = std::move(*read);
  for (const auto& [name, value] : config.headers) {
    std::string line = name + ": " + value;
    if (Result<std::string> header = http::parse_response_header(line); !header) return at("headers", header.error());
    settings.response_headers.push_back(std::move(line));
  }
  return {};
}

Result<void> check_addresses(const api::NodeConfig& config) {
  if (config.host.empty()) return at("host", {Errc::kParse, "expected an address or a host name"});
  for (const std::string& peer : config.peers) {
    if (auto address = mesh::parse_peer_address(peer); !address) return at("peers", address.error());
  }
  if (!config.advertise.empty()) {
    if (auto address = mesh::parse_peer_address(config.advertise); !address) return at("advertise", address.error());
  }
  for (const std::string& network : config.peer_admins) {
    if (auto checked = node::check_network(network); !checked) return at("peer_admins", checked.error());
  }
  if (auto checked = node::check_node_id(config.node_id); !checked) return at("node_id", checked.error());
  return {};
}

}  // namespace

Result<node::NodeConfig> to_settings(const api::NodeConfig& config) {
  node::NodeConfig settings;
  if (Result<void> checked = check_addresses(config); !checked) return checked.error();
  if (Result<void> done = set_times(config, settings); !done) return done.error();
  if (Result<void> done = set_http(config, settings); !done) return done.error();
  settings.app_name = config.app_name;
  settings.host = config.host;
  settings.port = config.port;
  settings.node_id = config.node_id;
  settings.workers = config.workers;
  settings.arguments = config.arguments;
  settings.allowed_environment = config.allowed_environment;
  settings.dev = config.dev;
  settings.disable_registry = !config.enable_registry;
  settings.peers = config.peers;
  settings.advertise = config.advertise;
  settings.peer_admins = config.peer_admins;
  return settings;
}

}  // namespace relay::embed
