#include "mesh/courier.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

// A wrapper's own fields around the message inside.
constexpr std::string_view kWrapperBegin = R"({"original_message":)";

}  // namespace

// One that closes is no way any more, even before the map says so.
Link* Courier::open_link(std::string_view node) const {
  Link* link = context_.links.to(node);
  return link != nullptr && link->is_open() ? link : nullptr;
}

Result<Hop> Courier::find_hop(std::string_view target, const std::vector<std::string>& avoid, int most_hops) {
  if (Link* link = open_link(target)) return Hop{link, true, 1};
  const std::string quoted = "'" + shortened(target, kShownNameBytes) + "'";
  const auto step = context_.routes.find_step(context_.topology, target, avoid, most_hops);
  if (step) {
    if (Link* link = open_link(step->next); link != nullptr && link->peer().is_relay) {
      return Hop{link, step->next == target, step->hops};
    }
  }
  const bool is_known =
      context_.topology.find(target) != nullptr || context_.peers.find(target) != nullptr || step;
  if (!is_known)
    return Error{Errc::kUnknownNode, "node " + quoted + " is unknown to node '" + context_.own_id() + "'"};
  return Error{Errc::kNoRoute,
               "node " + quoted + " is known, but node '" + context_.own_id() + "' has no path to it"};
}

Link::Sent Courier::send(const Hop& hop, const Letter& letter) {
  // The origin is the first sender: it takes one of the hops that it allows.
  const int ttl = std::max(kDefaultTtl, hop.hops + kTtlReserve) - 1;
  const std::vector<std::string> route{context_.own_id()};
  std::string message;
  message.reserve(letter.data.size() + 256);
  append_envelope(message,
                  {.type = letter.type == MessageType::kOther ? letter.type_name : name(letter.type),
                   .id = letter.id,
                   .from = context_.own_id(),
                   .to = letter.to,
                   .timestamp = context_.timestamp(),
                   .route = &route,
                   .ttl = ttl},
                  letter.data);
  if (hop.is_last) return hop.link->send(std::move(message), letter.lane, letter.tag);
  return wrap(*hop.link, message, letter.lane, letter.tag);
}

bool Courier::send(const Letter& letter) {
  const Result<Hop> hop = find_hop(letter.to, {});
  return hop && send(*hop, letter) == Link::Sent::kQueued;
}

std::vector<Link*> Courier::floods(std::string_view origin, const std::vector<std::string>& route) {
  std::vector<Link*> links = context_.links.leading_on();
  std::erase_if(
      links, [&](const Link* link) { return std::ranges::find(route, link->peer().node_id) != route.end(); });
  if (links.empty()) return links;
  if (floods_.size() >= kMaxOrigins) floods_.clear();
  Allowance& allowance =
      floods_.try_emplace(std::string(origin), kMaxFloodsPerSecond, kMaxFloodsPerSecond).first->second;
  if (allowance.take(context_.now())) return links;
  ++context_.counters.excess_floods;
  return {};
}

Link::Sent Courier::forward(const Hop& hop, const Envelope& original, const std::vector<std::string>& route,
                            int ttl, Lane lane, std::uint64_t tag) {
  scratch_.clear();
  append_forwarded(scratch_, original, route, ttl);
  // A foreign peer that is meant knows messages for itself, whoever they come from, and no wrappers.
  if (hop.is_last && !hop.link->peer().is_relay) return hop.link->send(scratch_, lane, tag);
  return wrap(*hop.link, scratch_, lane, tag);
}

Link::Sent Courier::wrap(Link& link, std::string_view original, Lane lane, std::uint64_t tag) {
  std::string message;
  message.reserve(original.size() + 256);
  begin_envelope(message, {.type = name(MessageType::kRouteMessage),
                           .id = context_.ids.next(),
                           .from = context_.own_id(),
                           .to = link.peer().node_id,
                           .timestamp = context_.timestamp()});
  message += kWrapperBegin;
  message += original;
  message += '}';
  end_envelope(message);
  return link.send(std::move(message), lane, tag);
}

Failure failure_at(std::string_view node, Errc code, std::string message, Ran ran) {
  Failure failure;
  failure.code = code;
  failure.message = std::move(message);
  failure.ran = ran;
  failure.where = std::make_unique<FailurePath>();
  failure.where->node = node;
  return failure;
}

}  // namespace relay::mesh
