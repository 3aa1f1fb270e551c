#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "value/json_reader.h"

namespace relay::mesh {

// What a message is (spec mesh.md, Messages). kOther: a type that only a registered handler may know.
enum class MessageType : std::uint8_t {
  kPing,
  kPong,
  kServerCall,
  kServerResponse,
  kRegistrySync,
  kRouteMessage,
  kProbe,  // between Relay nodes: the search for cycles of calls
  kError,
  kOther,
};
[[nodiscard]] std::string_view name(MessageType type);

// One message as it came in: its own fields read and checked, its `data` and nothing else left as text.
//
// Wire:   {"type","id","from","to","data","timestamp","route","ttl","reply_to"}; unknown members are ignored.
// Owner:  views point into the text that was parsed.
struct Envelope {
  MessageType type = MessageType::kOther;
  std::string type_name;  // as sent
  std::string id;         // empty: none
  std::string from;
  std::string to;
  std::vector<std::string> route;  // nodes that have sent it on, first to last; advice only
  int ttl = 0;                     // 0: none was sent (has_ttl says which); clamped to kMaxTtl
  bool has_ttl = false;
  std::string_view data;  // one JSON object, checked; empty: none was sent
  std::string_view text;  // the whole message, from '{' to '}'
  // Where `route` (the array) and `ttl` (the number) stand in `text`, for forward_text(); empty when absent.
  std::string_view route_text;
  std::string_view ttl_text;
};

// Reads one message. `text` is one whole JSON object (`state`: whether a reader has been over it); a member
// that may be missing may be null too. Errors: kParse, a sentence that names the field: not JSON, no `type`,
// `from` or `to` that is no node name,
// ...;
//         kTooLarge: an id longer than kMaxMessageIdBytes, a `route` longer than kMaxTtl, ...
[[nodiscard]] Result<Envelope> parse_envelope(std::string_view text, JsonText state = JsonText::kUnchecked);

// Who seems to have sent a message that parse_envelope() refuses, and its id, as far as these can be read; so
// that its fault is told to them. Empty: not to be read.
struct Sender {
  std::string from;
  std::string id;
};
[[nodiscard]] Sender sender_of(std::string_view text);

// The messages in a WebSocket message, and whether splitting has checked them: one alone is not, since it is
// read next.
struct SplitFrame {
  std::vector<std::string_view> messages;
  JsonText state = JsonText::kUnchecked;
};
// Splits a WebSocket message into the messages in it: one object, or (relay.1 only) an array of objects.
// Errors: kParse; kTooLarge past kMaxFrameMessages.
enum class FrameForm : std::uint8_t { kObject, kObjectOrArray };
[[nodiscard]] Result<SplitFrame> split_frame(std::string_view text, FrameForm form);

// What a message to be sent begins with.
struct EnvelopeHead {
  std::string_view type;
  std::string_view id;
  std::string_view from;
  std::string_view to;
  std::string_view timestamp;                       // RFC 3339
  const std::vector<std::string>* route = nullptr;  // null: none
  int ttl = 0;                                      // 0: none
};
// Appends the message whose `data` is the JSON object `data`.
void append_envelope(std::string& out, const EnvelopeHead& head, std::string_view data);
// The two halves of the same, for a `data` that is written in between without a copy.
void begin_envelope(std::string& out, const EnvelopeHead& head);
void end_envelope(std::string& out);

// Appends the message with its `route` and `ttl` replaced and every other byte as it came in: a payload that
// is passed on is not parsed and written again (spec mesh.md, Routing).
void append_forwarded(std::string& out, const Envelope& original, const std::vector<std::string>& route,
                      int ttl);

// The message inside a `route_message`: the text of data.original_message. Errors: kParse.
[[nodiscard]] Result<std::string_view> original_message(const Envelope& wrapper);

// "2026-11-21T06:43:50.123Z": RFC 3339 UTC with milliseconds.
[[nodiscard]] std::string rfc3339(WallTime time);

}  // namespace relay::mesh
