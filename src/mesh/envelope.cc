#include "mesh/envelope.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mesh/field_reader.h"
#include "mesh/json_out.h"
#include "mesh/mesh_limits.h"
#include "mesh/node_name.h"
#include "value/calendar.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

constexpr std::array<std::pair<MessageType, std::string_view>, 8> kTypes = {{
    {MessageType::kServerCall, "server_call"},
    {MessageType::kServerResponse, "server_response"},
    {MessageType::kRouteMessage, "route_message"},
    {MessageType::kRegistrySync, "registry_sync"},
    {MessageType::kPing, "ping"},
    {MessageType::kPong, "pong"},
    {MessageType::kProbe, "probe"},
    {MessageType::kError, "error"},
}};
constexpr std::size_t kMaxTimestampBytes = 64;

MessageType type_of(std::string_view text) {
  for (const auto& [type, type_name] : kTypes) {
    if (type_name == text) return type;
  }
  return MessageType::kOther;
}

bool is_json_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_json_space(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_json_space(text.front())) text.remove_prefix(1);
  return text;
}

class EnvelopeReader {
 public:
  EnvelopeReader(std::string_view text, JsonText state) : in_(text, kMaxMessageDepth, state) {
    message_.text = text;
  }

  Result<Envelope> read() {
    in_.object("message", [&](std::string_view key) { return take(key); });
    if (!in_.finish()) return in_.error();
    for (const auto& [field, value] :
         {std::pair<std::string_view, const std::string&>{"type", message_.type_name},
          {"from", message_.from},
          {"to", message_.to}}) {
      if (value.empty()) {
        in_.missing(field);
        return in_.error();
      }
    }
    message_.type = type_of(message_.type_name);
    return std::move(message_);
  }

 private:
  bool take(std::string_view key) {
    if (key == "type") return in_.text("type", kMaxNameBytes, message_.type_name);
    if (key == "from") return in_.node("from", message_.from);
    if (key == "to") return in_.node("to", message_.to);
    if (key == "route") return take_route();
    if (key == "ttl") return take_ttl();
    if (in_.take_null()) return true;
    if (key == "data") return in_.object_text("data", message_.data);
    if (key == "id") return in_.text("id", kMaxMessageIdBytes, message_.id);
    if (key == "timestamp") return in_.text_or_empty("timestamp", kMaxTimestampBytes, ignored_);
    if (key == "reply_to") return in_.text_or_empty("reply_to", kMaxNameBytes, ignored_);
    return in_.ignore();
  }

  bool take_route() {
    const std::size_t begin = in_.position();
    message_.route.clear();
    const bool is_read = in_.take_null() || in_.nodes("route", kMaxTtl, message_.route);
    message_.route_text = since(begin);
    return is_read;
  }

  bool take_ttl() {
    const std::size_t begin = in_.position();
    message_.has_ttl = !in_.take_null();
    double ttl = 0;
    bool is_read = !message_.has_ttl || in_.number("ttl", ttl);
    // However large it is, it counts as the largest.
    ttl = std::min<double>(ttl, kMaxTtl);
    message_.ttl = static_cast<int>(ttl);
    if (ttl < 0 || ttl != message_.ttl) is_read = in_.fail("ttl", "must be a whole number from 0");
    message_.ttl_text = since(begin);
    return is_read;
  }

  // The value that began there: what is left of it up to the next token is white space.
  [[nodiscard]] std::string_view since(std::size_t begin) const {
    return trimmed(message_.text.substr(begin, in_.position() - begin));
  }

  Envelope message_;
  std::string ignored_;
  FieldReader in_;
};

void append_text(std::string& out, std::string_view before, std::string_view text) {
  out.append(before);
  append_json_string(out, text);
}

void append_name(std::string& out, std::string_view before, std::string_view node) {
  out.append(before);
  append_quoted(out, node);
}

void append_ttl(std::string& out, int ttl) {
  append_whole(out, static_cast<std::uint64_t>(std::max(ttl, 0)));
}

// The elements of an array, which must be objects; each message's own faults are found when it is read.
Result<SplitFrame> split_array(std::string_view text) {
  FieldReader in(text, kMaxMessageDepth);
  std::vector<std::string_view> messages;
  in.array("frame", kMaxFrameMessages, [&] { return in.object_text("frame", messages.emplace_back()); });
  if (messages.empty() && !in.has_failed()) in.fail("frame", "must not be an empty array");
  if (!in.finish()) return in.error();
  return SplitFrame{std::move(messages), JsonText::kChecked};
}

}  // namespace

std::string_view name(MessageType type) {
  for (const auto& [known, type_name] : kTypes) {
    if (known == type) return type_name;
  }
  return "other";
}

Result<Envelope> parse_envelope(std::string_view text, JsonText state) {
  return EnvelopeReader(trimmed(text), state).read();
}

Sender sender_of(std::string_view text) {
  Sender sender;
  JsonCursor cursor(text, {.max_depth = kMaxMessageDepth});
  std::string_view key;
  if (!cursor.enter_object()) return sender;
  while (cursor.next_member(key)) {
    std::string* field = key == "from" ? &sender.from : key == "id" ? &sender.id : nullptr;
    std::string_view value;
    const bool is_text = field != nullptr && cursor.peek() == JsonKind::kString;
    if (!(is_text ? cursor.read_text(value) : cursor.skip(value))) break;
    if (is_text && value.size() <= kMaxMessageIdBytes) *field = value;
  }
  if (!is_node_name(sender.from)) sender.from.clear();
  return sender;
}

Result<SplitFrame> split_frame(std::string_view text, FrameForm form) {
  const std::string_view frame = trimmed(text);
  if (frame.starts_with('{')) return SplitFrame{.messages = {frame}};
  if (frame.starts_with('[') && form == FrameForm::kObjectOrArray) return split_array(frame);
  return Error{Errc::kParse, form == FrameForm::kObjectOrArray
                                 ? "a frame must be a JSON object or an array of objects"
                                 : "a frame must be one JSON object"};
}

void begin_envelope(std::string& out, const EnvelopeHead& head) {
  append_text(out, R"({"type":)", head.type);
  if (!head.id.empty()) append_text(out, R"(,"id":)", head.id);
  append_name(out, R"(,"from":)", head.from);
  append_name(out, R"(,"to":)", head.to);
  if (!head.timestamp.empty()) append_name(out, R"(,"timestamp":)", head.timestamp);
  if (head.route != nullptr) {
    out += R"(,"route":)";
    append_nodes_list(out, *head.route);
  }
  if (head.ttl != 0) {
    out += R"(,"ttl":)";
    append_ttl(out, head.ttl);
  }
  out += R"(,"data":)";
}

void end_envelope(std::string& out) {
  out += '}';
}

void append_envelope(std::string& out, const EnvelopeHead& head, std::string_view data) {
  constexpr std::size_t kFrameBytes = 256;  // names and punctuation of most messages
  out.reserve(out.size() + data.size() + kFrameBytes);
  begin_envelope(out, head);
  out.append(data);
  end_envelope(out);
}

void append_forwarded(std::string& out, const Envelope& original, const std::vector<std::string>& route,
                      int ttl) {
  const std::string_view text = original.text;
  std::size_t copied = 0;
  const auto copy_to = [&](std::size_t end) {
    out.append(text.substr(copied, end - copied));
    copied = end;
  };
  const auto patch = [&](std::string_view old, auto write) {
    copy_to(static_cast<std::size_t>(old.data() - text.data()));
    write();
    copied += old.size();
  };
  const auto write_route = [&] { append_nodes_list(out, route); };
  const auto write_ttl = [&] { append_ttl(out, ttl); };
  const std::string_view route_text = original.route_text;
  const std::string_view ttl_text = original.ttl_text;
  const bool is_route_later = route_text.data() > ttl_text.data();
  if (!route_text.empty() && !is_route_later) patch(route_text, write_route);
  if (!ttl_text.empty()) patch(ttl_text, write_ttl);
  if (!route_text.empty() && is_route_later) patch(route_text, write_route);
  copy_to(text.size() - 1);  // the closing brace
  if (route_text.empty()) {
    out += R"(,"route":)";
    write_route();
  }
  if (ttl_text.empty()) {
    out += R"(,"ttl":)";
    write_ttl();
  }
  copy_to(text.size());
}

Result<std::string_view> original_message(const Envelope& wrapper) {
  if (wrapper.data.empty()) return Error{Errc::kParse, "field 'data' is missing"};
  FieldReader in(wrapper.data, kMaxMessageDepth, JsonText::kChecked);
  std::string_view original;
  in.object("data", [&](std::string_view key) {
    return key == "original_message" ? in.object_text("data.original_message", original) : in.ignore();
  });
  if (original.empty()) in.missing("data.original_message");
  if (!in.finish()) return in.error();
  return original;
}

std::string rfc3339(WallTime time) {
  const CalendarTime parts = to_calendar(time.time_since_epoch().count());
  std::string out = "0000-00-00T00:00:00.000Z";
  const auto write = [&](std::size_t end, int number, int digits) {
    for (; digits > 0; --digits, number /= 10) out[--end] = static_cast<char>('0' + number % 10);
  };
  write(4, parts.year, 4);
  write(7, parts.month, 2);
  write(10, parts.day, 2);
  write(13, parts.hour, 2);
  write(16, parts.minute, 2);
  write(19, parts.second, 2);
  write(23, parts.nanosecond / 1'000'000, 3);
  return out;
}

}  // namespace relay::mesh
