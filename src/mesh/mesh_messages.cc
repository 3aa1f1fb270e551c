#include <algorithm>
#include <initializer_list>
#include <utility>

#include "mesh/mesh_impl.h"
#include "mesh/mesh_limits.h"
#include "mesh/ping_message.h"
#include "value/json_cursor.h"
#include "value/json_writer.h"

namespace relay::mesh {
void Mesh::Impl::take(Link& link, std::string_view text) {
  context.peers.heard(link.peer().node_id, context.wall_now());
  const FrameForm form = link.peer().is_relay ? FrameForm::kObjectOrArray : FrameForm::kObject;
  const Result<SplitFrame> frame = split_frame(text, form);
  if (!frame) return note_fault(link, frame.error().detail, {});
  for (const std::string_view message : frame->messages) {
    // The one before may have closed the link.
    if (!link.hears()) return;
    Result<Envelope> envelope = parse_envelope(message, frame->state);
    if (!envelope) {
      note_fault(link, envelope.error().detail, {});
      continue;
    }
    take_own(link, *envelope);
  }
}

// A message whose own fields are the link's peer's.
void Mesh::Impl::take_own(Link& link, const Envelope& envelope) {
  if (envelope.from != link.peer().node_id) {
    ++context.counters.foreign_from;
    return note_fault(link,
                      "'from' is '" + envelope.from + "', but this link is of '" + link.peer().node_id + "'",
                      envelope.id);
  }
  if (envelope.type == MessageType::kRouteMessage) return take_wrapper(link, envelope);
  if (envelope.to == context.own_id()) return take_other(link, envelope);
  // A foreign peer need not know wrappers: what it sends for another node is passed on as its own.
  forwarder.forward(link, envelope);
}

void Mesh::Impl::take_wrapper(Link& link, const Envelope& wrapper) {
  Result<std::string_view> inside = original_message(wrapper);
  if (!inside) return note_fault(link, inside.error().detail, wrapper.id);
  Result<Envelope> original = parse_envelope(*inside, JsonText::kChecked);
  // The fault is its origin's, not the peer's that passed it on.
  if (!original) {
    ++context.counters.bad_inside;
    const Sender sender = sender_of(*inside);
    const bool may_be = link.peer().is_relay || sender.from == link.peer().node_id;
    if (sender.from.empty() || !may_be) return;
    return send_error(link, {.to = sender.from, .about = sender.id, .what = original.error().detail});
  }
  if (!link.peer().is_relay && original->from != link.peer().node_id) {
    ++context.counters.foreign_from;
    return note_fault(
        link, "a message from '" + original->from + "' came over the link of '" + link.peer().node_id + "'",
        original->id);
  }
  if (original->from == context.own_id()) {
    ++context.counters.loops;
    return;
  }
  if (original->to != context.own_id()) return forwarder.forward(link, *original);
  if (original->type == MessageType::kRouteMessage) return;
  take_other(link, *original);
}

// A message for this node, by whatever way it came.
void Mesh::Impl::take_other(Link& link, const Envelope& envelope) {
  const bool is_neighbor = envelope.from == link.peer().node_id;
  switch (envelope.type) {
    case MessageType::kServerCall:
      return served.serve(link, envelope);
    case MessageType::kServerResponse:
      return calls.answered(link, envelope);
    case MessageType::kPing:
      return take_ping(link, envelope);
    case MessageType::kPong:
      return take_pong(link, envelope);
    case MessageType::kError:
      hand_over(envelope.type_name, envelope.from, envelope.data);
      return;
    case MessageType::kRegistrySync:
      if (is_neighbor) take_sync(link, envelope);
      return;
    case MessageType::kProbe: {
      Result<void> taken = probes.take(envelope);
      if (!taken && is_neighbor) note_fault(link, taken.error().detail, envelope.id);
      return;
    }
    case MessageType::kRouteMessage:
      return;
    case MessageType::kOther:
      break;
  }
  if (hand_over(envelope.type_name, envelope.from, envelope.data)) return;
  send_error(link, {.to = envelope.from,
                    .about = envelope.id,
                    .kind = Errc::kInvalidParams,
                    .what = "unknown type '" + envelope.type_name + "'"});
}

bool Mesh::Impl::hand_over(std::string_view type, std::string_view from, std::string_view data) {
  const auto handler = handlers.find(type);
  if (handler == handlers.end()) return false;
  // A copy: it may register another in its own place.
  const Handler registered = handler->second;
  registered(from, data);
  return true;
}

void Mesh::Impl::take_sync(Link& link, const Envelope& envelope) {
  if (envelope.data.size() > kMaxSyncBytes)
    return note_fault(link, "a registry_sync has more than 1 MiB", envelope.id);
  Result<SyncMessage> message = parse_sync(envelope.data);
  if (!message) return note_fault(link, message.error().detail, envelope.id);
  announcer.hear(link, std::move(*message));
}

// The seed's health check; or a node asks whether a connection is this one's own (see Admission).
void Mesh::Impl::take_ping(Link& link, const Envelope& envelope) {
  PingMessage ping = parse_ping(envelope.data);
  ping.is_mine = !ping.link.empty() && is_own_connection(envelope.from, ping.link);
  std::string data;
  append_pong(data, ping, context.unix_seconds());
  const std::string id = context.ids.next();
  const Courier::Letter letter{.type = MessageType::kPong, .id = id, .to = envelope.from, .data = data};
  // Back the way that it came: the word of a node counts from there alone.
  [[maybe_unused]] const Link::Sent sent = courier.send(
      {&link, envelope.from == link.peer().node_id, static_cast<int>(envelope.route.size())}, letter);
}

// One that speaks of a connection answers the mesh's own question.
void Mesh::Impl::take_pong(const Link& link, const Envelope& envelope) {
  const PingMessage pong = parse_ping(envelope.data);
  if (!pong.link.empty()) return admission.hear(link, envelope.from, pong);
  hand_over(envelope.type_name, envelope.from, envelope.data);
}

bool Mesh::Impl::is_own_connection(std::string_view node, std::string_view key) const {
  return dialler.is_trying(key) || admission.has(node, key) || context.links.has(node, key);
}

void Mesh::Impl::send_error(Link& in, const Fault& fault) {
  if (!errors.take(in.id(), context.now())) return;
  std::string data = R"({"kind":)";
  append_json_string(data, name(fault.kind));
  data += R"(,"message":)";
  append_json_string(data, fault.what);
  data += R"(,"about":)";
  append_json_string(data, fault.about);
  data += '}';
  const std::string id = context.ids.next();
  const Courier::Letter letter{.type = MessageType::kError, .id = id, .to = fault.to, .data = data};
  if (fault.to == in.peer().node_id) {
    [[maybe_unused]] const Link::Sent sent = courier.send({&in, true, 1}, letter);
    return;
  }
  [[maybe_unused]] const bool sent = courier.send(letter);
}

namespace {

bool is_one_of(std::string_view type, std::initializer_list<MessageType> types) {
  return std::ranges::any_of(types, [&](MessageType own) { return type == name(own); });
}

// What only the mesh itself may send.
bool is_own_type(std::string_view type) {
  return is_one_of(type, {MessageType::kPong, MessageType::kServerCall, MessageType::kServerResponse,
                          MessageType::kRegistrySync, MessageType::kRouteMessage, MessageType::kProbe, MessageType::kError});
}

// What the mesh itself acts on when it comes.
bool is_acted_on(std::string_view type) {
  return is_one_of(type, {MessageType::kPing, MessageType::kServerCall, MessageType::kServerResponse,
                          MessageType::kRegistrySync, MessageType::kRouteMessage, MessageType::kProbe});
}

Error belongs_to_mesh(std::string_view type) {
  return {Errc::kInvalidParams, "the type '" + std::string(type) + "' belongs to the mesh itself"};
}

Result<void> check_object(std::string_view data) {
  JsonCursor cursor(data, {});
  std::string_view raw;
  const bool is_object = cursor.peek() == JsonKind::kObject;
  if (cursor.skip(raw) && cursor.finish() && is_object) return {};
  return Error{Errc::kInvalidParams,
               cursor.has_failed() ? cursor.error().detail : "the data is no JSON object"};
}

Result<void> check_message(std::string_view type, std::string_view data) {
  if (type.empty() || type.size() > kMaxNameBytes) {
    return Error{Errc::kInvalidParams, "a type is a name of 1 to " + std::to_string(kMaxNameBytes) + " bytes"};
  }
  if (is_own_type(type)) return belongs_to_mesh(type);
  if (data.size() > kMaxMessageBytes) return Error{Errc::kTooLarge, "the data has more than 8 MiB"};
  return check_object(data);
}

}  // namespace

Result<void> check_handled_type(std::string_view type) {
  if (is_acted_on(type)) return belongs_to_mesh(type);
  return {};
}

Result<void> Mesh::register_handler(std::string type, Handler handler) {
  if (Result<void> checked = check_handled_type(type); !checked) return checked;
  impl_->handlers.insert_or_assign(std::move(type), std::move(handler));
  return {};
}

Result<void> Mesh::send_message(std::string_view to, std::string_view type, std::string_view data) {
  Impl& self = *impl_;
  if (Result<void> checked = check_message(type, data); !checked) return checked;
  const std::string target = self.context.resolve(to);
  if (target == self.context.own_id()) return self.send_to_self(std::string(type), std::string(data));
  Result<Hop> hop = self.courier.find_hop(target, {});
  if (!hop) return hop.error();
  const std::string id = self.context.ids.next();
  const Link::Sent sent = self.courier.send(*hop, {.type = MessageType::kOther,
                                                   .type_name = type,
                                                   .id = id,
                                                   .to = target,
                                                   .data = data,
                                                   .lane = Lane::kCall});
  if (sent == Link::Sent::kQueued) return {};
  return Error{Errc::kOverloaded, "the link to '" + hop->link->peer().node_id + "' takes no more"};
}

// Like others', its messages come in a task of their own.
Result<void> Mesh::Impl::send_to_self(std::string type, std::string data) {
  if (!handlers.contains(type)) return Error{Errc::kInvalidParams, "this node has no handler for messages of type '" + type + "'"};
  context.loop.post([alive = self, sent = std::move(type), content = std::move(data)] {
    if (*alive != nullptr) (*alive)->hand_over(sent, (*alive)->context.own_id(), content);
  });
  return {};
}

Result<std::size_t> Mesh::broadcast_message(std::string_view type, std::string_view data) {
  if (Result<void> checked = check_message(type, data); !checked) return checked.error();
  std::vector<std::string> targets;
  for (const auto& [node, link] : impl_->context.links.active()) targets.push_back(node);
  std::size_t sent = 0;
  for (const std::string& node : targets) sent += send_message(node, type, data) ? 1 : 0;
  return sent;
}

}  // namespace relay::mesh
