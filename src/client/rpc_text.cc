#include "client/rpc_text.h"

#include <charconv>

#include "value/json_cursor.h"
#include "value/json_writer.h"

namespace relay::client {
namespace {

constexpr std::size_t kDeepestReply = 1024;

template <typename Number>
bool read_whole(std::string_view text, Number& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end == text.data() + text.size();
}

bool read_error(JsonCursor& cursor, RpcError& error) {
  bool has_code = false;
  std::string_view key;
  if (!cursor.enter_object()) return false;
  while (cursor.next_member(key)) {
    const std::string name(key);
    std::string_view value;
    if (name == "message" && cursor.peek() == JsonKind::kString) {
      if (!cursor.read_text(value)) return false;
      error.message = value;
      continue;
    }
    if (!cursor.skip(value)) return false;
    if (name == "code") has_code = read_whole(value, error.code);
    if (name == "data") error.data = value;
  }
  return has_code && !cursor.has_failed();
}

bool read_members(JsonCursor& cursor, RpcReply& reply) {
  bool has_result = false;
  std::string_view key;
  if (cursor.peek() != JsonKind::kObject || !cursor.enter_object()) return false;
  while (cursor.next_member(key)) {
    const std::string name(key);
    if (name == "error" && cursor.peek() == JsonKind::kObject) {
      if (!read_error(cursor, reply.error.emplace())) return false;
      continue;
    }
    std::string_view value;
    if (!cursor.skip(value)) return false;
    std::size_t id = 0;
    if (name == "id" && read_whole(value, id)) reply.id = id;
    if (name == "result") {
      has_result = true;
      reply.result = value;
    }
  }
  return !cursor.has_failed() && has_result != reply.error.has_value();
}

Result<RpcReply> read_reply(std::string_view text) {
  RpcReply reply;
  JsonCursor cursor(text, {.max_depth = kDeepestReply});
  if (!read_members(cursor, reply)) return Error{Errc::kIo, "it is no JSON-RPC reply"};
  reply.text = text;
  return reply;
}

}  // namespace

std::string request_text(std::string_view method, std::string_view params, std::size_t id) {
  std::string text = R"({"jsonrpc":"2.0","method":)";
  append_json_string(text, method);
  text += ",\"params\":";
  text += params;
  text += ",\"id\":" + std::to_string(id) + "}";
  return text;
}

Result<std::vector<RpcReply>> read_replies(std::string_view body) {
  std::vector<std::string_view> texts;
  JsonCursor cursor(body, {.max_depth = kDeepestReply});
  std::string_view text;
  if (cursor.peek() == JsonKind::kArray) {
    bool goes_on = cursor.enter_array();
    while (goes_on && cursor.next_element() && cursor.skip(text)) texts.push_back(text);
  } else if (cursor.skip(text)) {
    texts.push_back(text);
  }
  if (cursor.has_failed() || !cursor.finish())
    return Error{Errc::kIo, "it is not JSON: " + cursor.error().detail};
  std::vector<RpcReply> replies;
  for (const std::string_view one : texts) {
    auto reply = read_reply(one);
    if (!reply) return std::move(reply.error());
    replies.push_back(std::move(*reply));
  }
  return replies;
}

}  // namespace relay::client
