#include "mesh/forwarder.h"

#include <algorithm>
#include <utility>

#include "mesh/mesh_limits.h"
#include "mesh/planted.h"

namespace relay::mesh {
namespace {

bool names(const std::vector<std::string>& route, std::string_view node) {
  return std::ranges::find(route, node) != route.end();
}

}  // namespace

int Forwarder::remaining_ttl(const Envelope& original) {
  // A route that cannot name one more.
  if (original.route.size() >= static_cast<std::size_t>(kMaxTtl)) return 0;
  const int ttl = original.has_ttl ? std::min(original.ttl, kMaxTtl) : kDefaultTtl;
  return planted(Bug::kTtlKept) ? ttl : ttl - 1;
}

std::vector<std::string> Forwarder::extended_route(const Envelope& original) const {
  std::vector<std::string> route = original.route;
  if (!planted(Bug::kRouteKept)) route.push_back(context_.own_id());
  return route;
}

void Forwarder::forward(const Link& in, const Envelope& original) {
  const bool was_here = names(original.route, context_.own_id());
  if (was_here) ++context_.counters.loops;
  // A call is answered all the same.
  if (was_here && original.type != MessageType::kServerCall) return;
  switch (original.type) {
    case MessageType::kServerCall:
      return forward_call(in, original);
    case MessageType::kServerResponse:
      return forward_reply(in, original);
    default:
      return forward_other(in, original);
  }
}

void Forwarder::forward_call(const Link& in, const Envelope& original) {
  Result<CallMessage> call = parse_call(original.data, JsonText::kChecked);
  if (!call) return refuse(in, original, Errc::kInvalidParams, call.error().detail, Ran::kNo);
  // Nobody answers a notification: there is nothing to remember, and nobody to tell.
  const bool was_here = names(original.route, context_.own_id());
  if (call->is_notification) return was_here ? void() : forward_other(in, original);
  if (was_here) {
    return refuse(in, original, Errc::kNoRoute,
                  "the message has been on node '" + context_.own_id() + "' before", Ran::kNo);
  }
  if (table_.find(original.from, call->response_id) != nullptr) {
    ++context_.counters.repeats;
    return;
  }
  const int ttl = remaining_ttl(original);
  if (ttl <= 0)
    return refuse(in, original, Errc::kTtlExceeded, "the message has made all hops that it may", Ran::kNo);
  const std::vector<std::string> route = extended_route(original);
  Result<Hop> hop =
      courier_.find_hop(original.to, planted(Bug::kAvoidForgotten) ? std::vector<std::string>() : route, ttl);
  if (!hop) {
    if (hop.error().code == Errc::kUnknownNode && flood_call(in, original, *call, ttl)) return;
    return refuse(in, original, hop.error().code, hop.error().detail, Ran::kNo);
  }
  const std::string way = "the link from '" + context_.own_id() + "' to '" + hop->link->peer().node_id + "'";
  if (table_.count_on(hop->link->id()) >= kMaxUnansweredCalls) {
    return refuse(in, original, Errc::kOverloaded, way + " has too many calls without an answer", Ran::kNo);
  }
  const std::uint64_t tag = ++last_tag_ | kTagBit;
  const ForwardTable::Entry* entry = table_.add({.origin = original.from,
                                                 .id = call->response_id,
                                                 .target = original.to,
                                                 .in = in.id(),
                                                 .out = hop->link->id(),
                                                 .hops = static_cast<int>(original.route.size()),
                                                 .deadline = context_.now() + call->left,
                                                 .tag = tag});
  if (entry == nullptr) {
    return refuse(in, original, Errc::kOverloaded, "node '" + context_.own_id() + "' forwards too many calls",
                  Ran::kNo);
  }
  set_timer();
  const Link::Sent sent = courier_.forward(*hop, original, route, ttl, Lane::kCall, tag);
  if (sent == Link::Sent::kQueued) return;
  (void)table_.take(original.from, call->response_id);
  if (sent == Link::Sent::kClosed) {
    return refuse(in, original, Errc::kUnreachable, way + " is about to end", Ran::kNo);
  }
  refuse(in, original, Errc::kOverloaded, way + " takes no more calls", Ran::kNo);
}

bool Forwarder::flood_call(const Link& in, const Envelope& original, const CallMessage& call, int ttl) {
  const std::vector<std::string> route = extended_route(original);
  std::vector<Link*> links = courier_.floods(original.from, route);
  std::erase(links, &in);
  if (links.empty() || !is_first(in, original.from, call.response_id)) return false;
  ForwardTable::Entry* entry = table_.add({.origin = original.from,
                                           .id = call.response_id,
                                           .target = original.to,
                                           .in = in.id(),
                                           .hops = static_cast<int>(original.route.size()),
                                           .deadline = context_.now() + call.left});
  if (entry == nullptr) return false;
  for (Link* link : links) {
    const bool is_sent =
        courier_.forward({link, false, 1}, original, route, ttl, Lane::kCall, kTagBit) == Link::Sent::kQueued;
    if (is_sent) entry->flooded.push_back(link->id());
  }
  set_timer();
  if (!entry->flooded.empty()) return true;
  (void)table_.take(original.from, call.response_id);
  return false;
}

// The answer of one of several that were asked: that it has not run the call is no answer while others may.
bool Forwarder::is_answer(ForwardTable::Entry& passed, const Link& in, const Envelope& original) {
  if (std::erase(passed.flooded, in.id()) == 0 || passed.flooded.empty()) return true;
  const Result<ResponseMessage> response = parse_response(original.data, JsonText::kChecked);
  return response && (response->success || response->failure.ran != Ran::kNo);
}

// Back the way that the call came; a reply to a call that did not pass here takes the best path.
void Forwarder::forward_reply(const Link& in, const Envelope& original) {
  const int ttl = remaining_ttl(original);
  Result<std::string> id = response_id_of(original.data, JsonText::kChecked);
  if (!id || ttl <= 0) {
    ++context_.counters.lost_replies;
    return;
  }
  const std::vector<std::string> route = extended_route(original);
  ForwardTable::Entry* passed = table_.find(original.to, *id);
  if (passed != nullptr) {
    const bool was_flooded = std::ranges::find(passed->flooded, in.id()) != passed->flooded.end();
    const bool is_from_there = passed->out == in.id() || was_flooded || original.from == passed->target;
    if (!is_from_there) {
      ++context_.counters.stray_replies;
      return;
    }
    if (!is_answer(*passed, in, original)) return;
    const LinkId back = passed->in;
    (void)table_.take(original.to, *id);
    if (Link* link = context_.links.find(back)) {
      const Hop hop{link, link->peer().node_id == original.to};
      if (courier_.forward(hop, original, route, ttl, Lane::kReply, 0) == Link::Sent::kQueued) return;
    }
  } else if (!is_first(in, original.from, original.id)) {
    ++context_.counters.repeats;
    return;
  }
  Result<Hop> hop = courier_.find_hop(original.to, route, ttl);
  const bool is_sent =
      hop && courier_.forward(*hop, original, route, ttl, Lane::kReply, 0) == Link::Sent::kQueued;
  if (!is_sent) ++context_.counters.lost_replies;
}

bool Forwarder::is_first(const Link& in, std::string_view origin, std::string_view id) {
  const Instant now = context_.now();
  return seen_.first_time(in.peer().node_id, origin, id, now + kSeenFor, now);
}

void Forwarder::forward_other(const Link& in, const Envelope& original) {
  const int ttl = remaining_ttl(original);
  // One without an id cannot be told from another: its ttl ends it.
  const bool is_new = original.id.empty() || is_first(in, original.from, original.id);
  if (!is_new) {
    ++context_.counters.repeats;
    return;
  }
  if (ttl <= 0) {
    ++context_.counters.lost_messages;
    return;
  }
  const std::vector<std::string> route = extended_route(original);
  Result<Hop> hop = courier_.find_hop(original.to, route, ttl);
  const bool is_sent =
      hop && courier_.forward(*hop, original, route, ttl, Lane::kCall, kTagBit) == Link::Sent::kQueued;
  if (!is_sent) ++context_.counters.lost_messages;
}

// One timer for all: what is over by its deadline needs no answer, since its origin has given up too.
void Forwarder::set_timer() {
  const Instant next = table_.next_deadline();
  if (next == kNoDeadline || (timer_ && timer_at_ <= next)) return;
  if (timer_) context_.loop.cancel(*timer_);
  timer_at_ = next;
  timer_ = context_.loop.run_at(next, [this] {
    timer_.reset();
    table_.expire(context_.loop.clock().now());
    set_timer();
  });
}

Forwarder::~Forwarder() {
  if (timer_) context_.loop.cancel(*timer_);
}

void Forwarder::unwritten(std::uint64_t tag) {
  if (tag == kTagBit) ++context_.counters.lost_messages;
  if (ForwardTable::Entry* entry = table_.find_tag(tag)) entry->is_unwritten = true;
}

void Forwarder::link_closed(const Link& link) {
  for (const ForwardTable::Entry& entry : table_.take_out_link(link.id())) {
    const std::string where =
        "the link from '" + context_.own_id() + "' to '" + link.peer().node_id + "' ended";
    const bool has_not_run = entry.is_unwritten || planted(Bug::kForwardedIsUnwritten);
    const Failure failure = has_not_run ? failure_at(context_.own_id(), Errc::kUnreachable,
                                                     where + " before the call was sent on", Ran::kNo)
                                        : failure_at(context_.own_id(), Errc::kUnknownOutcome,
                                                     where + " before the reply came", Ran::kUnknown);
    answer({entry.in, entry.hops}, entry.origin, entry.id, failure);
  }
}

void Forwarder::refuse(const Link& in, const Envelope& original, Errc code, std::string message, Ran ran) {
  Result<std::string> id = response_id_of(original.data, JsonText::kChecked);
  Failure failure = failure_at(context_.own_id(), code, std::move(message), ran);
  failure.where->path = extended_route(original);
  answer({in.id(), static_cast<int>(original.route.size())}, original.from, id ? *id : original.id, failure);
}

void Forwarder::answer(WayBack back, std::string_view origin, std::string_view id, const Failure& failure) {
  std::string data;
  append_response(data, id, context_.own_id(), failure);
  const std::string message_id = context_.ids.next();
  const Courier::Letter letter{.type = MessageType::kServerResponse,
                               .id = message_id,
                               .to = origin,
                               .data = data,
                               .lane = Lane::kReply};
  if (Link* link = context_.links.find(back.in)) {
    if (courier_.send({link, link->peer().node_id == origin, back.hops}, letter) == Link::Sent::kQueued)
      return;
  }
  if (!courier_.send(letter)) ++context_.counters.lost_replies;
}

}  // namespace relay::mesh
