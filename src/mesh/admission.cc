#include "mesh/admission.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/log.h"
#include "mesh/http_text.h"
#include "mesh/mesh_limits.h"
#include "mesh/ping_message.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

// How often it is looked whether the first link has shown a sign of life.
constexpr Duration kLookEvery = std::chrono::milliseconds(25);

std::string_view reason_phrase(int status) {
  switch (status) {
    case 403:
      return "Forbidden";
    case 409:
      return "Conflict";
    case 503:
      return "Service Unavailable";
    default:
      return "Bad Request";
  }
}

// The host that the socket shows with the port that the peer announced.
std::string address_of(const net::Stream& stream, std::uint16_t port) {
  const std::string seen = stream.peer_address();
  const std::size_t colon = seen.rfind(':');
  if (port == 0 || colon == std::string::npos) return {};
  return seen.substr(0, colon + 1) + std::to_string(port);
}

std::string removed(std::string_view node) {
  return "node '" + std::string(node) + "' was removed here by its operator";
}

}  // namespace

Admission::~Admission() = default;

void Admission::stop() {
  for (auto& [number, rival] : std::exchange(rivals_, {})) {
    if (!rival.entrant.peer.we_dialled) refuse(*rival.entrant.stream, 503, "the node leaves the mesh");
  }
}

void Admission::accept(Upgrade upgrade) {
  const UpgradeOffer& offer = upgrade.offer;
  if (offer.node_id == context_.own_id()) {
    log(LogLevel::kWarn, "link to itself refused", {{"peer", offer.node_id}});
    return refuse(*upgrade.stream, 400,
                  "this is node '" + context_.own_id() + "' itself: a link to oneself is refused");
  }
  if (context_.now() < context_.out_until) {
    return refuse(*upgrade.stream, 409, "another node runs under the id '" + context_.own_id() + "' of this one");
  }
  if (context_.peers.is_refused(offer.node_id)) return refuse(*upgrade.stream, 403, removed(offer.node_id));
  if (context_.links.size() + rivals_.size() >= kMaxLinks || is_crowded(offer.node_id))
    return refuse(*upgrade.stream, 503, "too many links");
  Entrant entrant;
  entrant.peer = {.node_id = offer.node_id,
                  .address = address_of(*upgrade.stream, offer.port),
                  .inc = offer.inc,
                  .is_relay = offer.is_relay,
                  .we_dialled = false,
                  .since = context_.now(),
                  .key = std::string(trim_blanks(upgrade.key))};
  entrant.stream = std::move(upgrade.stream);
  entrant.unread = std::move(upgrade.unread);
  compete(std::move(entrant));
}

Result<void> Admission::dialled(Dialled connection, const std::string& address,
                                const std::string& dial_name) {
  const DialAnswer& answer = connection.answer;
  if (answer.node_id.empty()) return Error{Errc::kDenied, "what answers at " + address + " is no Relay node"};
  if (answer.node_id == context_.own_id()) {
    return Error{Errc::kDenied, address + " is this node itself: a link to oneself is refused"};
  }
  if (context_.peers.is_refused(answer.node_id, dial_name)) {
    return Error{Errc::kDenied,
                 "node '" + answer.node_id + "' at " + address + " was removed by the operator"};
  }
  if (is_crowded(answer.node_id)) return Error{Errc::kDenied, "too many links"};
  Entrant entrant;
  entrant.peer = {.node_id = answer.node_id,
                  .address = address,
                  .inc = answer.inc,
                  .is_relay = answer.is_relay,
                  .we_dialled = true,
                  .since = context_.now(),
                  .key = std::move(connection.key)};
  entrant.stream = std::move(connection.stream);
  entrant.unread = std::move(connection.unread);
  entrant.dial_name = dial_name;
  compete(std::move(entrant));
  return {};
}

bool Admission::is_crowded(std::string_view node) const {
  const auto waiting = std::ranges::count_if(
      rivals_, [node](const auto& entry) { return entry.second.entrant.peer.node_id == node; });
  return static_cast<std::size_t>(waiting) >= kMaxRivals;
}

void Admission::compete(Entrant entrant) {
  const std::string& node = entrant.peer.node_id;
  Link* const first = context_.links.to(node);
  const bool is_relay =
      first != nullptr ? first->peer().is_relay && entrant.peer.is_relay : context_.topology.is_relay(node);
  const bool is_free = first == nullptr && (!is_relay || !courier_.find_hop(node, {}));
  if (is_free) return enter(std::move(entrant), Place::kActive);
  Rival rival;
  rival.first = first == nullptr ? 0 : first->id();
  rival.asked = context_.loop.clock().now();
  if (is_relay) {
    rival.asked_over = ask(node, entrant.peer.key);
  } else {
    first->ping();
  }
  rival.entrant = std::move(entrant);
  const std::uint64_t number = ++last_number_;
  rivals_.emplace(number, std::move(rival));
  look(number);
}

LinkId Admission::ask(const std::string& node, std::string_view key) {
  const Result<Hop> hop = courier_.find_hop(node, {});
  if (!hop) return 0;
  std::string data;
  append_ping(data, context_.unix_seconds(), key);
  const std::string id = context_.ids.next();
  // What cannot be sent is not answered.
  [[maybe_unused]] const Link::Sent sent =
      courier_.send(*hop, {.type = MessageType::kPing, .id = id, .to = node, .data = data});
  return hop->link->id();
}

// Looks whether a pinged link has shown a sign of life, and whether the time is over.
void Admission::look(std::uint64_t number) {
  const auto found = rivals_.find(number);
  if (found == rivals_.end()) return;
  const Rival& rival = found->second;
  const Link* first = context_.links.find(rival.first);
  const bool is_alive = rival.asked_over == 0 && first != nullptr && first->last_heard() > rival.asked;
  if (is_alive) return settle(found, Word::kAlive);
  const Instant over = rival.asked + kProbeAnswer;
  const bool is_gone = rival.first != 0 && (first == nullptr || !first->is_open());
  if (is_gone || context_.now() >= over) return settle(found, Word::kSilent);
  context_.loop.run_at(std::min(over, context_.now() + kLookEvery), [this, number] { look(number); });
}

void Admission::challenge(Link& link) {
  const LinkPeer& peer = link.peer();
  if (!challenged_.insert(link.id()).second) return;
  (void)ask(peer.node_id, peer.key);
  const Instant over = context_.now() + kSilentIntervals * context_.config.ping_interval;
  context_.loop.run_at(over, [this, id = link.id()] { judge(id); });
}

// The time of a challenged link is over.
void Admission::judge(LinkId id) {
  Link* const link = challenged_.erase(id) > 0 ? context_.links.find(id) : nullptr;
  if (link == nullptr || !link->is_open()) return;
  log(LogLevel::kWarn, "link closed",
      {{"peer", link->peer().node_id},
       {"reason", "others tell newer things of this node, and it has not said that this link is its own"}});
  link->close(CloseCode::kReplaced, "no answer to a ping");
}

void Admission::hear(const Link& in, std::string_view from, const PingMessage& word) {
  const bool is_about_link = word.link == in.peer().key && from == in.peer().node_id;
  if (is_about_link && word.is_mine) challenged_.erase(in.id());
  const auto found = std::ranges::find_if(rivals_, [&](const auto& entry) {
    const LinkPeer& peer = entry.second.entrant.peer;
    return peer.key == word.link && peer.node_id == from;
  });
  if (found == rivals_.end()) return;
  // Whoever claims the id knows the key too: for a yes it counts where it comes from.
  if (word.is_mine && in.id() != found->second.asked_over) return;
  settle(found, word.is_mine ? Word::kOwn : Word::kNotOwn);
}

bool Admission::has(std::string_view node, std::string_view key) const {
  return std::ranges::any_of(rivals_, [&](const auto& entry) {
    const LinkPeer& peer = entry.second.entrant.peer;
    return peer.we_dialled && peer.node_id == node && peer.key == key;
  });
}

void Admission::settle(Rivals::iterator place, Word word) {
  Rival rival = std::move(place->second);
  rivals_.erase(place);
  Link* const first = context_.links.to(rival.entrant.peer.node_id);
  const bool is_same = (first == nullptr ? 0 : first->id()) == rival.first;
  // Another link stands there now, or none: all anew.
  if (!is_same) return compete(std::move(rival.entrant));
  decide(std::move(rival.entrant), first, word);
}

void Admission::decide(Entrant entrant, Link* first, Word word) {
  const std::string& node = entrant.peer.node_id;
  if (word == Word::kNotOwn) {
    const std::string way = first != nullptr ? "is linked" : "is reached over other nodes";
    return turn_away(std::move(entrant), "node '" + node + "' " + way + " and says that this connection is not its own; " +
                                             "give each node its own -node-id");
  }
  const bool is_another = first != nullptr && first->peer().inc != entrant.peer.inc;
  if (word == Word::kAlive || (word == Word::kOwn && is_another)) {
    const std::string reason =
        "another node is linked under the id '" + node + "' and answers; give each node its own -node-id";
    return turn_away(std::move(entrant), reason);
  }
  if (first == nullptr) return enter(std::move(entrant), Place::kActive);
  if (word == Word::kSilent) {
    log(LogLevel::kWarn, "link replaced", {{"peer", node}, {"reason", "it did not answer within 1 s"}});
    context_.links.retire(*first);
    first->close(CloseCode::kReplaced, "no answer to a ping");
    return enter(std::move(entrant), Place::kActive);
  }
  if (stays(*first, entrant.peer)) return enter(std::move(entrant), Place::kRetired);
  context_.links.retire(*first);
  enter(std::move(entrant), Place::kActive);
}

// Both ends come to the same answer: the link dialled by the smaller id, of two by one dialler the older.
bool Admission::stays(const Link& first, const LinkPeer& second) const {
  if (first.peer().we_dialled == second.we_dialled) return true;
  const bool we_are_smaller = context_.own_id() < second.node_id;
  return first.peer().we_dialled == we_are_smaller;
}

void Admission::enter(Entrant entrant, Place place) {
  const LinkPeer& peer = entrant.peer;
  // The operator may have removed it while it waited.
  const bool is_removed = peer.we_dialled ? context_.peers.find_dialled(entrant.dial_name) == nullptr
                                          : context_.peers.is_refused(peer.node_id);
  if (is_removed) return turn_away(std::move(entrant), removed(peer.node_id));
  if (!peer.we_dialled) {
    const std::string head = upgrade_answer(peer.key, peer.is_relay, context_.own_id(), context_.config.inc);
    const std::array<std::string_view, 1> pieces{head};
    const net::IoResult written = entrant.stream->write(pieces);
    // Nothing was written on this connection before, so a few hundred bytes always go.
    if (written.status != net::IoResult::Status::kDone || written.bytes != head.size())
      return entrant.stream->close();
  }
  listener_.on_admitted(std::move(entrant), place);
}

void Admission::turn_away(Entrant entrant, const std::string& reason) {
  const LinkPeer& peer = entrant.peer;
  if (peer.we_dialled) {
    entrant.stream->close();
    return listener_.on_refused(entrant.dial_name, reason);
  }
  const bool is_wanted = !context_.peers.is_refused(peer.node_id);
  if (is_wanted) log(LogLevel::kError, "node id used twice", {{"peer", peer.node_id}, {"reason", reason}});
  refuse(*entrant.stream, is_wanted ? 409 : 403, reason);
}

void Admission::refuse(net::Stream& stream, int status, std::string_view reason) const {
  std::string body = R"({"error":)";
  append_json_string(body, reason);
  body += '}';
  std::string answer =
      "HTTP/1.1 " + std::to_string(status) + ' ' + std::string(reason_phrase(status)) +
      "\r\nContent-Type: application/json\r\nConnection: close\r\nX-Relay-Node-Id: " + context_.own_id() +
      "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  const std::array<std::string_view, 1> pieces{answer};
  (void)stream.write(pieces);
  stream.shut_down_writing();
  stream.close();
}

}  // namespace relay::mesh
