// Any bytes as a frame of a peer. Whatever is read must write to text that reads the same, and a message that
// is passed on must differ in route and ttl alone.

#include <cstdint>
#include <string>

#include "base/check.h"
#include "mesh/announcement.h"
#include "mesh/call_message.h"
#include "mesh/envelope.h"
#include "mesh/mesh_limits.h"
#include "mesh/node_name.h"
#include "value/json_cursor.h"

namespace {

using namespace relay;
using namespace relay::mesh;

bool is_json(std::string_view text) {
  JsonCursor cursor(text, {.max_depth = 2 * kMaxMessageBytes});
  std::string_view raw;
  return cursor.skip(raw) && cursor.finish();
}

void check_nodes(const std::vector<std::string>& nodes) {
  for (const std::string& node : nodes) RELAY_CHECK(is_node_name(node), "a list holds no name of a node");
}

void check_call(std::string_view data) {
  const Result<CallMessage> call = parse_call(data);
  if (!call) return;
  RELAY_CHECK(!call->server.empty() && !call->method.empty(), "a call of nobody");
  RELAY_CHECK(call->left >= Duration::zero() && call->left <= kMaxCallTimeout, "a call without bounds");
  RELAY_CHECK(call->args.empty() || is_json(call->args), "arguments that are no JSON");
  std::string text;
  append_call(text, *call);
  const Result<CallMessage> again = parse_call(text);
  RELAY_CHECK(again.has_value(), "a written call cannot be read");
  RELAY_CHECK(again->response_id == call->response_id && again->server == call->server &&
                  again->method == call->method && again->args == call->args &&
                  again->is_notification == call->is_notification,
              "a written call reads as another");
  if (call->origin_inc == 0) return;
  RELAY_CHECK(again->n == call->n && again->target_inc == call->target_inc &&
                  again->attempt == call->attempt && again->trace == call->trace &&
                  again->chain.size() == call->chain.size(),
              "a written call reads as another");
  std::string same;
  append_call(same, *again);
  RELAY_CHECK(same == text, "a written call writes as another");
}

void check_response(std::string_view data) {
  const Result<ResponseMessage> response = parse_response(data);
  if (!response) return;
  const std::string node = response->node_id.empty() ? "n" : response->node_id;
  const auto write = [&](const ResponseMessage& from) {
    std::string text;
    if (from.success) append_response(text, from.response_id, node, from.result);
    if (!from.success) append_response(text, from.response_id, node, from.failure);
    return text;
  };
  const std::string text = write(*response);
  const Result<ResponseMessage> again = parse_response(text);
  RELAY_CHECK(again.has_value(), "a written response cannot be read");
  RELAY_CHECK(again->success == response->success && again->response_id == response->response_id,
              "a written response reads as another");
  if (response->success) {
    RELAY_CHECK(is_json(response->result) && again->result == response->result, "a result is lost");
    return;
  }
  const Failure& failure = response->failure;
  RELAY_CHECK(again->failure.code == failure.code && again->failure.message == failure.message &&
                  again->failure.ran == failure.ran && again->failure.thrown_json == failure.thrown_json &&
                  again->failure.retry_after == failure.retry_after,
              "a written failure reads as another");
  RELAY_CHECK(failure.code != Errc::kApplication || is_json(failure.thrown_json), "thrown text is no JSON");
  if (failure.where) check_nodes(failure.where->path);
}

void check_sync(std::string_view data) {
  const Result<SyncMessage> sync = parse_sync(data);
  if (!sync) return;
  std::string digest;
  append_digest(digest, sync->digest);
  const Result<SyncMessage> same_digest = parse_sync(digest);
  RELAY_CHECK(same_digest.has_value() && same_digest->digest == sync->digest, "a digest reads as another");
  std::vector<const Announcement*> nodes;
  for (const Announcement& told : sync->nodes) nodes.push_back(&told);
  std::string text;
  append_nodes(text, nodes);
  const Result<SyncMessage> again = parse_sync(text);
  RELAY_CHECK(again.has_value() && again->nodes.size() == nodes.size(), "announcements cannot be read");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Announcement& got = again->nodes[i];
    RELAY_CHECK(got.node == nodes[i]->node && got.version == nodes[i]->version &&
                    got.address == nodes[i]->address && got.servers == nodes[i]->servers &&
                    got.neighbors == nodes[i]->neighbors && got.foreign == nodes[i]->foreign,
                "an announcement reads as another");
  }
}

void check_same(const Envelope& a, const Envelope& b) {
  RELAY_CHECK(a.type == b.type && a.type_name == b.type_name && a.id == b.id && a.from == b.from &&
                  a.to == b.to && a.data == b.data,
              "a message reads as another");
}

void check_rewritten(const Envelope& message) {
  std::string text;
  append_envelope(text,
                  {.type = message.type_name,
                   .id = message.id,
                   .from = message.from,
                   .to = message.to,
                   .timestamp = rfc3339(WallTime{}),
                   .route = &message.route,
                   .ttl = message.ttl},
                  message.data.empty() ? "null" : message.data);
  const Result<Envelope> again = parse_envelope(text);
  RELAY_CHECK(again.has_value(), "a written message cannot be read");
  check_same(*again, message);
  RELAY_CHECK(again->route == message.route && again->ttl == message.ttl, "a message reads as another");
}

void check_forwarded(const Envelope& message) {
  const std::vector<std::string> route = {"one", "two"};
  std::string text;
  append_forwarded(text, message, route, 7);
  const Result<Envelope> passed = parse_envelope(text);
  RELAY_CHECK(passed.has_value(), "a message that is passed on cannot be read");
  check_same(*passed, message);
  RELAY_CHECK(passed->route == route && passed->has_ttl && passed->ttl == 7, "route or ttl is not patched");
  // Patched back, it is the same text, if it had both.
  if (message.route_text.empty() || message.ttl_text.empty()) return;
  std::string kept;
  append_forwarded(kept, *passed, route, 7);
  RELAY_CHECK(kept == text, "patching the same changes something");
  const std::size_t patches = passed->route_text.size() + passed->ttl_text.size();
  RELAY_CHECK(
      text.size() - patches == message.text.size() - message.route_text.size() - message.ttl_text.size(),
      "patching changes more than route and ttl");
}

// What is read of a text that was checked must be what is read of it as one that was not.
template <typename Read>
void check_trust(std::string_view text, Read read) {
  const auto strictly = read(text, JsonText::kUnchecked);
  const auto again = read(text, JsonText::kChecked);
  RELAY_CHECK(strictly.has_value() == again.has_value(), "a checked text is read otherwise");
  if (!strictly)
    RELAY_CHECK(strictly.error().detail == again.error().detail, "a checked text has another fault");
}

void check_message(std::string_view text, JsonText state) {
  const Result<Envelope> message = parse_envelope(text, state);
  if (!message) {
    RELAY_CHECK(!message.error().detail.empty(), "a fault without a sentence");
    return;
  }
  RELAY_CHECK(is_node_name(message->from) && is_node_name(message->to), "a message from or to nobody");
  RELAY_CHECK(message->ttl >= 0 && message->ttl <= kMaxTtl, "a ttl without bounds");
  check_nodes(message->route);
  check_rewritten(*message);
  check_forwarded(*message);
  if (const auto inner = original_message(*message)) {
    RELAY_CHECK(is_json(*inner), "the original is no JSON");
    check_trust(*inner, parse_envelope);
  }
  RELAY_CHECK(message->data.empty() || is_json(message->data), "data that is no JSON");
  check_trust(message->data, parse_call);
  check_trust(message->data, parse_response);
  check_trust(message->data, response_id_of);
  check_call(message->data);
  check_response(message->data);
  check_sync(message->data);
  const Result<std::string> id = response_id_of(message->data);
  RELAY_CHECK(!id || !id->empty(), "an empty response_id");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string frame(reinterpret_cast<const char*>(data), size);
  for (const FrameForm form : {FrameForm::kObject, FrameForm::kObjectOrArray}) {
    const Result<SplitFrame> split = split_frame(frame, form);
    if (!split) continue;
    for (const std::string_view message : split->messages) {
      if (split->state == JsonText::kChecked) check_trust(message, parse_envelope);
      check_message(message, split->state);
    }
  }
  check_call(frame);
  check_response(frame);
  check_sync(frame);
  return 0;
}
