#include "client/registry.h"

#include <chrono>
#include <cstdint>
#include <utility>

#include "client/json_fields.h"
#include "value/array.h"
#include "value/json_reader.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::client {
namespace {

constexpr int kFine = 200;
constexpr int kNotFound = 404;

std::vector<std::string> texts_of(const Value& object, std::string_view key) {
  std::vector<std::string> texts;
  const Value* list = object::find(object, key);
  if (list == nullptr || !list->is_array()) return texts;
  for (std::size_t i = 0; i < array::size(*list); ++i) {
    const Value& element = array::at(*list, i);
    if (element.is_string()) texts.emplace_back(string::text(element));
  }
  return texts;
}

Error strange(const HttpClient& client, const std::string& path, const HttpReply& reply) {
  return no_node_answer(client.url(), path, reply, "no node says that");
}

Result<Value> read_object(const HttpClient& client, const std::string& path, const HttpReply& reply) {
  auto value = read_json(reply.body);
  if (reply.status != kFine || !value || !value->is_object()) return strange(client, path, reply);
  return value;
}

PeerRow peer_of(const Value& name, const Value& entry) {
  PeerRow row{.name = std::string(string::text(name)),
              .node_id = text_of(entry, "node_id"),
              .address = text_of(entry, "address"),
              .state = text_of(entry, "state"),
              .last_seen = text_of(entry, "last_seen")};
  row.servers = count_of(entry, "server_count").value_or(0);
  if (const auto microseconds = count_of(entry, "rtt_us")) {
    row.round_trip = std::chrono::microseconds(static_cast<std::int64_t>(*microseconds));
  }
  return row;
}

// The names alone.
Result<ServerList> list_from_info(const HttpClient& client) {
  auto reply = client.get("/info");
  if (!reply) return std::move(reply.error());
  auto info = read_object(client, "/info", *reply);
  if (!info) return std::move(info.error());
  if (object::find(*info, "servers") == nullptr) return strange(client, "/info", *reply);
  ServerList list;
  for (std::string& name : texts_of(*info, "servers")) list.servers.push_back({.name = std::move(name)});
  list.text = std::move(reply->body);
  return list;
}

}  // namespace

Result<ServerList> list_servers(const HttpClient& client) {
  auto reply = client.get("/registry/servers");
  if (!reply) return std::move(reply.error());
  if (reply->status == kNotFound) return list_from_info(client);
  auto map = read_object(client, "/registry/servers", *reply);
  if (!map) return std::move(map.error());
  ServerList list;
  list.has_methods = true;
  for (std::size_t at = object::first(*map); at != object::kNone; at = object::next(*map, at)) {
    const object::Entry entry = object::entry(*map, at);
    if (!entry.content->is_object()) return strange(client, "/registry/servers", *reply);
    list.servers.push_back({.name = std::string(string::text(*entry.key)),
                            .node_id = text_of(*entry.content, "node_id"),
                            .address = text_of(*entry.content, "node_address"),
                            .methods = texts_of(*entry.content, "methods")});
  }
  list.text = std::move(reply->body);
  return list;
}

Result<PeerList> list_peers(const HttpClient& client) {
  auto reply = client.get("/registry/peers");
  if (!reply) return std::move(reply.error());
  PeerList list;
  list.text = "{}";
  if (reply->status == kNotFound) {
    // No registry, or no node at all: then it has nothing to say of itself either.
    if (auto servers = list_from_info(client); !servers) return std::move(servers.error());
    return list;
  }
  auto map = read_object(client, "/registry/peers", *reply);
  if (!map) return std::move(map.error());
  list.has_registry = true;
  for (std::size_t at = object::first(*map); at != object::kNone; at = object::next(*map, at)) {
    const object::Entry entry = object::entry(*map, at);
    if (!entry.content->is_object()) return strange(client, "/registry/peers", *reply);
    list.peers.push_back(peer_of(*entry.key, *entry.content));
  }
  list.text = std::move(reply->body);
  return list;
}

}  // namespace relay::client
