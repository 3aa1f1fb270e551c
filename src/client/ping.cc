#include "client/ping.h"

#include <chrono>
#include <utility>

#include "base/plain_text.h"
#include "client/rpc_failure.h"
#include "value/array.h"
#include "value/json_reader.h"
#include "value/json_writer.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::client {
namespace {

// No name of a server has a dot.
constexpr std::string_view kNobody = "rpc.ping";

std::string params_for(std::string_view node) {
  std::string params = "{\"node_id\":";
  append_json_string(params, node);
  params += ",\"server_name\":";
  append_json_string(params, kNobody);
  return params + R"(,"method":"ping"})";
}

bool has_text(const Value& object, std::string_view key, std::string_view text) {
  const Value* content = object::find(object, key);
  return content != nullptr && content->is_string() && string::text(*content) == text;
}

// Takes node and path from the refusal of another node; false when it is none.
bool read_refusal(const Value& data, Ping& ping) {
  if (!data.is_object() || !has_text(data, "kind", "server_not_found")) return false;
  const Value* node = object::find(data, "node");
  const Value* path = object::find(data, "path");
  if (node == nullptr || !node->is_string() || path == nullptr || !path->is_array()) return false;
  ping.node = plain_text(string::text(*node));
  ping.path_json = "[";
  for (std::size_t i = 0; i < array::size(*path); ++i) {
    const Value& hop = array::at(*path, i);
    if (!hop.is_string()) return false;
    if (i > 0) ping.path += " -> ";
    if (i > 0) ping.path_json += ',';
    ping.path += plain_text(string::text(hop));
    append_json_string(ping.path_json, string::text(hop));
  }
  ping.path_json += ']';
  return true;
}

}  // namespace

Result<Ping> ping_node(const HttpClient& client, std::string_view name) {
  const auto begun = std::chrono::steady_clock::now();
  auto answer = client.post("/rpc", request_text("remote_call", params_for(name), 1));
  const auto ended = std::chrono::steady_clock::now();
  if (!answer) return std::move(answer.error());
  auto replies = read_replies(answer->body);
  if (!replies || replies->size() != 1)
    return no_node_answer(client.url(), "/rpc", *answer, "there is no JSON-RPC");
  std::optional<RpcError>& error = replies->front().error;
  if (!error)
    return no_node_answer(client.url(), "/rpc", *answer, "no node has a server " + std::string(kNobody));

  Ping ping;
  ping.round_trip = ended - begun;
  ping.path_json = "[]";
  const auto data = read_json(error->data);
  const bool is_refusal = error->code == kMethodNotFoundCode && data;
  const bool is_asked_itself = is_refusal && data->is_string();
  if (!is_asked_itself && !(is_refusal && read_refusal(*data, ping))) ping.error = std::move(error);
  return ping;
}

}  // namespace relay::client
