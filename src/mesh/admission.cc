#include "mesh/admission.h"

#include <array>
#include <utility>

#include "base/log.h"
#include "mesh/mesh_limits.h"
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

std::string elsewhere(const LinkPeer& peer) {
  return "another start of node '" + peer.node_id + "' is still reached over other nodes";
}

}  // namespace

Admission::~Admission() = default;

void Admission::stop() {
  for (auto& [number, rival] : std::exchange(rivals_, {})) {
    if (!rival.key.empty()) refuse(*rival.stream, 503, "the node shuts down");
  }
}

void Admission::accept(Upgrade upgrade) {
  const UpgradeOffer& offer = upgrade.offer;
  if (offer.node_id == context_.own_id()) {
    log(LogLevel::kWarn, "link to itself refused", {{"peer", offer.node_id}});
    return refuse(*upgrade.stream, 400,
                  "this is node '" + context_.own_id() + "' itself: a link to oneself is refused");
  }
  if (context_.peers.is_refused(offer.node_id)) {
    return refuse(*upgrade.stream, 403, "node '" + offer.node_id + "' was removed here by its operator");
  }
  if (context_.links.size() + rivals_.size() >= kMaxLinks)
    return refuse(*upgrade.stream, 503, "too many links");
  Rival rival;
  rival.peer = {.node_id = offer.node_id,
                .address = address_of(*upgrade.stream, offer.port),
                .inc = offer.inc,
                .is_relay = offer.is_relay,
                .we_dialled = false,
                .since = context_.now()};
  rival.stream = std::move(upgrade.stream);
  rival.unread = std::move(upgrade.unread);
  rival.key = std::move(upgrade.key);
  if (is_elsewhere(rival.peer)) {
    log(LogLevel::kWarn, "link refused", {{"peer", rival.peer.node_id}, {"reason", elsewhere(rival.peer)}});
    return refuse(*rival.stream, 409, elsewhere(rival.peer));
  }
  compete(std::move(rival));
}

Result<void> Admission::dialled(Dialled connection, const std::string& address, std::string_view dial_name) {
  const DialAnswer& answer = connection.answer;
  if (answer.node_id.empty()) return Error{Errc::kDenied, "what answers at " + address + " is no Relay node"};
  if (answer.node_id == context_.own_id()) {
    return Error{Errc::kDenied, address + " is this node itself: a link to oneself is refused"};
  }
  if (context_.peers.is_refused(answer.node_id, dial_name)) {
    return Error{Errc::kDenied,
                 "node '" + answer.node_id + "' at " + address + " was removed by the operator"};
  }
  Rival rival;
  rival.peer = {.node_id = answer.node_id,
                .address = address,
                .inc = answer.inc,
                .is_relay = answer.is_relay,
                .we_dialled = true,
                .since = context_.now()};
  if (is_elsewhere(rival.peer)) return Error{Errc::kDenied, elsewhere(rival.peer)};
  rival.stream = std::move(connection.stream);
  rival.unread = std::move(connection.unread);
  compete(std::move(rival));
  return {};
}

void Admission::compete(Rival rival) {
  Link* first = context_.links.to(rival.peer.node_id);
  if (first == nullptr) return enter(std::move(rival), Place::kActive);
  rival.first = first->id();
  rival.asked = context_.loop.clock().now();
  first->ping();
  const std::uint64_t number = ++last_number_;
  rivals_.emplace(number, std::move(rival));
  context_.loop.run_at(context_.now() + kLookEvery, [this, number] { look(number); });
}

void Admission::look(std::uint64_t number) {
  const auto found = rivals_.find(number);
  if (found == rivals_.end()) return;
  Link* first = context_.links.to(found->second.peer.node_id);
  const bool is_gone = first == nullptr || first->id() != found->second.first;
  const bool has_answered = !is_gone && first->last_heard() > found->second.asked;
  const bool is_over = context_.now() - found->second.asked >= kProbeAnswer;
  if (!is_gone && !has_answered && !is_over) {
    context_.loop.run_at(context_.now() + kLookEvery, [this, number] { look(number); });
    return;
  }
  Rival rival = std::move(found->second);
  rivals_.erase(found);
  if (first == nullptr) return enter(std::move(rival), Place::kActive);
  if (is_gone || has_answered) return decide(std::move(rival), *first);
  log(LogLevel::kWarn, "link replaced",
      {{"peer", rival.peer.node_id}, {"reason", "it did not answer a ping within 1 s"}});
  context_.links.retire(*first);
  first->close(CloseCode::kReplaced, "no answer to a ping");
  enter(std::move(rival), Place::kActive);
}

void Admission::decide(Rival rival, Link& first) {
  if (first.peer().inc != rival.peer.inc) {
    const std::string reason = "another node is linked under the id '" + rival.peer.node_id + "' and answers";
    log(LogLevel::kError, "node id used twice", {{"peer", rival.peer.node_id}, {"reason", reason}});
    if (!rival.key.empty()) refuse(*rival.stream, 409, reason);
    return;
  }
  if (stays(first, rival.peer)) return enter(std::move(rival), Place::kRetired);
  context_.links.retire(first);
  enter(std::move(rival), Place::kActive);
}

// Another start of a node that somebody still reaches: it is linked when its old links are gone, or it is an
// impostor.
bool Admission::is_elsewhere(const LinkPeer& peer) const {
  const Announcement* known = context_.topology.find(peer.node_id);
  if (known == nullptr || known->version.inc == 0 || known->version.inc == peer.inc) return false;
  if (context_.links.to(peer.node_id) != nullptr) return false;
  return context_.routes.find_step(context_.topology, peer.node_id, {}).has_value();
}

// Both ends come to the same answer: the link dialled by the smaller id, of two by one dialler the older.
bool Admission::stays(const Link& first, const LinkPeer& second) const {
  if (first.peer().we_dialled == second.we_dialled) return true;
  const bool we_are_smaller = context_.own_id() < second.node_id;
  return first.peer().we_dialled == we_are_smaller;
}

void Admission::enter(Rival rival, Place place) {
  // The operator may have removed it while it waited.
  if (!rival.peer.we_dialled && context_.peers.is_refused(rival.peer.node_id)) {
    return refuse(*rival.stream, 403, "node '" + rival.peer.node_id + "' was removed here by its operator");
  }
  if (!rival.key.empty()) {
    const std::string head =
        upgrade_answer(rival.key, rival.peer.is_relay, context_.own_id(), context_.config.inc);
    const std::array<std::string_view, 1> pieces{head};
    const net::IoResult written = rival.stream->write(pieces);
    // Nothing was written on this connection before, so a few hundred bytes always go.
    if (written.status != net::IoResult::Status::kDone || written.bytes != head.size())
      return rival.stream->close();
  }
  admit_(std::move(rival.peer), std::move(rival.stream), std::move(rival.unread), place);
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
