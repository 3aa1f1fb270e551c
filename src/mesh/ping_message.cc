#include "mesh/ping_message.h"

#include "mesh/mesh_limits.h"
#include "value/json_cursor.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

// A time in whatever form the other side writes it; longer is none.
constexpr std::size_t kMaxTimestampBytes = 64;

bool take_member(JsonCursor& cursor, std::string_view key, PingMessage& ping) {
  // The key is valid until the value is read.
  const bool is_time = key == "timestamp";
  const bool is_link = key == "link" && cursor.peek() == JsonKind::kString;
  const bool is_answer = key == "is_mine";
  std::string_view text;
  if (is_link) {
    if (!cursor.read_text(text)) return false;
    if (text.size() <= kMaxMessageIdBytes) ping.link = text;
    return true;
  }
  if (!cursor.skip(text)) return false;
  if (is_time && text.size() <= kMaxTimestampBytes) ping.timestamp = text;
  if (is_answer) ping.is_mine = text == "true";
  return true;
}

}  // namespace

PingMessage parse_ping(std::string_view data) {
  PingMessage ping;
  JsonCursor cursor(data, {});
  std::string_view key;
  if (data.empty() || !cursor.enter_object()) return ping;
  while (cursor.next_member(key) && take_member(cursor, key, ping)) {
  }
  return ping;
}

void append_ping(std::string& out, std::int64_t now, std::string_view link) {
  out += R"({"timestamp":)" + std::to_string(now) + R"(,"link":)";
  append_json_string(out, link);
  out += '}';
}

void append_pong(std::string& out, const PingMessage& ping, std::int64_t now) {
  out += '{';
  if (!ping.timestamp.empty()) out.append(R"("timestamp":)").append(ping.timestamp).append(",");
  out += R"("pong_time":)" + std::to_string(now);
  if (!ping.link.empty()) {
    out += R"(,"link":)";
    append_json_string(out, ping.link);
    out += ping.is_mine ? R"(,"is_mine":true)" : R"(,"is_mine":false)";
  }
  out += '}';
}

}  // namespace relay::mesh
