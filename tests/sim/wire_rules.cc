#include "sim/wire_rules.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "mesh/call_message.h"
#include "mesh/mesh_limits.h"
#include "sim/sim_node.h"

namespace relay::sim {
namespace {

// Rounding of what is left to whole milliseconds, twice.
constexpr Duration kRounding = std::chrono::milliseconds(2);

// How long a node may take to notice that a connection is broken.
constexpr Duration kSoon = std::chrono::milliseconds(100);

bool names(const std::vector<std::string>& route, const std::string& node) {
  return std::ranges::find(route, node) != route.end();
}

bool has_repeats(std::vector<std::string> route) {
  std::ranges::sort(route);
  return std::ranges::adjacent_find(route) != route.end();
}

// Empty: it is no text.
std::string_view first_argument(std::string_view args) {
  if (!args.starts_with("[\"")) return {};
  args.remove_prefix(2);
  return args.substr(0, args.find('"'));
}

}  // namespace

void WireRules::watch(Connection& connection) {
  const HostId dialler = connection.host(0);
  const HostId acceptor = connection.host(1);
  const std::uint64_t number = connection.number();
  auto watch =
      std::make_shared<FrameWatch>([this, dialler, acceptor, number](int side, std::string_view text) {
        see_frame(side == 0 ? Passing{dialler, acceptor, number} : Passing{acceptor, dialler, number}, text);
      });
  connection.set_middle([watch](int side, std::string bytes) {
    watch->see(side, bytes);
    return bytes;
  });
  connection.when_broken(
      [this, dialler, acceptor, number](int side) { on_broken(side == 0 ? dialler : acceptor, number); });
}

// What its node has sent by this connection has no reply to come.
void WireRules::on_broken(HostId host, std::uint64_t connection) {
  for (const auto& [id, departure] : departures_) {
    const ClientCall* call = ledger_.find(id);
    const bool is_lost = departure.connection == connection && !departure.has_reply;
    if (!is_lost || call->origin != host || call->answers > 0) continue;
    schedule_.after(kSoon, [this, id = id, connection] { check_ended(id, connection); });
  }
}

void WireRules::check_ended(const std::string& id, std::uint64_t connection) {
  const ClientCall* call = ledger_.find(id);
  const bool waits = call->answers == 0 && !call->origin_died && call->deadline > schedule_.now();
  if (waits && departures_.at(id).connection == connection) {
    ledger_.broken("call " + id + " of " + call->target + " still waits although its link has ended");
  }
}

void WireRules::settle() {
  for (const ClientCall& call : ledger_.all()) {
    const bool is_plain = call.target.find(".front.") == std::string::npos;
    const bool may_have_run = call.answers > 0 && !call.is_value && call.code == Errc::kUnknownOutcome;
    if (is_plain && may_have_run && !departures_.contains(call.id)) {
      ledger_.broken("call " + call.id + " of " + call.target +
                     " ended as unknown_outcome, but has never left: " + call.text);
    }
  }
}

void WireRules::broken(const Passing& passing, std::string_view what, std::string_view text) {
  ledger_.broken(SimNode::id_of(passing.from) + " sent " + SimNode::id_of(passing.to) + " a message " +
                 std::string(what) + ": " + std::string(text.substr(0, 600)));
}

void WireRules::see_frame(const Passing& passing, std::string_view text) {
  const auto frame = mesh::split_frame(text, mesh::FrameForm::kObjectOrArray);
  if (!frame) return broken(passing, "that is no frame", text);
  messages_ += frame->messages.size();
  if (messages_ > most_messages_) return schedule_.stop();
  for (const std::string_view message : frame->messages) {
    const auto envelope = mesh::parse_envelope(message);
    if (!envelope) {
      broken(passing, "that cannot be read (" + envelope.error().detail + ")", message);
      continue;
    }
    see(passing, *envelope);
  }
}

void WireRules::see(const Passing& passing, const mesh::Envelope& envelope) {
  if (envelope.from != SimNode::id_of(passing.from))
    broken(passing, "under a name not its own", envelope.text);
  if (envelope.to != SimNode::id_of(passing.to)) broken(passing, "that is not for it", envelope.text);
  note_id(passing, envelope);
  if (envelope.type == mesh::MessageType::kServerCall) return see_call(passing, envelope);
  if (envelope.type == mesh::MessageType::kServerResponse) return see_response(envelope);
  if (envelope.type != mesh::MessageType::kRouteMessage) return;
  const auto text = mesh::original_message(envelope);
  if (!text) return broken(passing, "without one inside", envelope.text);
  const auto inside = mesh::parse_envelope(*text);
  if (!inside) return broken(passing, "that cannot be read inside", envelope.text);
  see_inside(passing, *inside);
}

void WireRules::see_inside(const Passing& passing, const mesh::Envelope& inside) {
  note_id(passing, inside);
  if (inside.type == mesh::MessageType::kServerCall) see_call(passing, inside);
  if (inside.type == mesh::MessageType::kServerResponse) see_response(inside);
  const std::vector<std::string>& route = inside.route;
  if (route.empty() || route.back() != SimNode::id_of(passing.from)) {
    broken(passing, "whose route does not end at the sender", inside.text);
  }
  if (!route.empty() && route.front() != inside.from) {
    broken(passing, "whose route does not begin at its origin", inside.text);
  }
  if (names(route, SimNode::id_of(passing.to))) broken(passing, "that it has had before", inside.text);
  if (has_repeats(route)) broken(passing, "that went in a circle", inside.text);
  if (inside.ttl <= 0 || inside.ttl > mesh::kMaxTtl) broken(passing, "with a ttl out of bounds", inside.text);
  const std::string key = inside.from + ' ' + inside.id + ' ';
  ttl_[key + std::to_string(route.size())] = inside.ttl;
  const auto before = ttl_.find(key + std::to_string(route.size() - 1));
  if (before != ttl_.end() && inside.ttl >= before->second) {
    broken(passing, "whose ttl does not go down", inside.text);
  }
}

void WireRules::see_call(const Passing& passing, const mesh::Envelope& envelope) {
  const auto message = mesh::parse_call(envelope.data);
  if (!message) return ledger_.broken("a call on the wire cannot be read: " + message.error().detail);
  const std::string_view whole_id = first_argument(message->args);
  const std::string id(whole_id.substr(0, whole_id.find('/')));
  const ClientCall* call = ledger_.find(id);
  if (call == nullptr || message->is_notification) return;
  if (whole_id == id && call->origin == passing.from) {
    departures_[id] = {passing.connection};
    call_of_[message->response_id] = id;
  }
  if (message->left > call->deadline - call->begun + kRounding) {
    ledger_.broken("call " + id + " was given more time than its caller had");
  }
}

void WireRules::see_response(const mesh::Envelope& envelope) {
  const auto response_id = mesh::response_id_of(envelope.data);
  if (!response_id)
    return ledger_.broken("a reply on the wire cannot be read: " + response_id.error().detail);
  const auto call = call_of_.find(*response_id);
  if (call != call_of_.end()) departures_[call->second].has_reply = true;
}

void WireRules::note_id(const Passing& passing, const mesh::Envelope& envelope) {
  if (envelope.id.empty()) return broken(passing, "without an id", envelope.text);
  const std::string key = std::to_string(passing.from) + ' ' + std::to_string(passing.to) + ' ' +
                          envelope.from + ' ' + envelope.id;
  if (!seen_.insert(key).second) broken(passing, "whose id it has sent there before", envelope.text);
}

}  // namespace relay::sim
