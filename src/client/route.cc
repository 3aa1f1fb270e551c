#include "client/route.h"

#include <fmt/format.h>

#include <utility>

#include "client/json_fields.h"
#include "value/array.h"
#include "value/json_reader.h"
#include "value/object.h"

namespace relay::client {
namespace {

constexpr int kFine = 200;
constexpr int kNotFound = 404;

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_plain = is_letter || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    encoded += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

Route route_of(const Value& object) {
  Route route{.node = text_of(object, "node"),
              .from = text_of(object, "from"),
              .by = text_of(object, "by"),
              .hops = count_of(object, "hops").value_or(0),
              .cost_us = count_of(object, "cost_us")};
  const Value* steps = object::find(object, "steps");
  if (steps == nullptr || !steps->is_array()) return route;
  for (std::size_t i = 0; i < array::size(*steps); ++i) {
    const Value& step = array::at(*steps, i);
    if (!step.is_object()) continue;
    route.steps.push_back({text_of(step, "from"), text_of(step, "to"), count_of(step, "cost_us")});
  }
  return route;
}

}  // namespace

Result<RouteReply> ask_route(const HttpClient& client, std::string_view node) {
  const std::string path = "/registry/route?node=" + percent_encoded(node);
  auto reply = client.get(path);
  if (!reply) return std::move(reply.error());
  const auto object = read_json(reply->body);
  const bool is_object = object && object->is_object();
  if (is_object && reply->status == kFine && object::find(*object, "steps") != nullptr) {
    RouteReply answer{route_of(*object), std::nullopt};
    answer.route.text = std::move(reply->body);
    return answer;
  }
  const std::string sentence = is_object ? text_of(*object, "error") : std::string();
  // Of an error a node says at least a sentence: other servers say other things.
  const bool is_refusal = reply->status == kNotFound || reply->status == 400;
  if (!is_refusal || sentence.empty()) return no_node_answer(client.url(), path, *reply, "no node says that");
  return RouteReply{{}, NoRoute{text_of(*object, "kind"), sentence, std::move(reply->body)}};
}

}  // namespace relay::client
