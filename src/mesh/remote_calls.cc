#include "mesh/remote_calls.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/utf8.h"
#include "mesh/mesh_limits.h"
#include "mesh/planted.h"
#include "value/json_reader.h"

namespace relay::mesh {
namespace {

// The tag of all notifications, which is no call's: nothing is kept of them, but what is lost is told.
constexpr std::uint64_t kNotificationTag = std::uint64_t{1} << 62;
// Attempts of one call, the first included: each goes another way, and only when none before it can have run.
constexpr std::uint32_t kMaxAttempts = 4;

std::string quoted(const PendingCall& call) {
  return "'" + call.target + "." + call.server + "." + call.method + "'";
}

// As a node without peers says it: the name means no node in particular.
Failure server_not_found(const std::string& server) {
  Failure failure;
  failure.code = Errc::kServerNotFound;
  failure.message = "server '" + shortened(server, kShownNameBytes) + "' not found";
  return failure;
}

// Where the response says that it came from, back to front: the way that the call went.
std::vector<std::string> path_of(const std::string& own_id, const std::vector<std::string>& route_back) {
  std::vector<std::string> path{own_id};
  path.insert(path.end(), route_back.rbegin(), route_back.rend());
  return path;
}

}  // namespace

RemoteCalls::RemoteCalls(MeshContext& context, Courier& courier)
    : context_(context), courier_(courier), pending_(context.random), words_(context.random) {}

RemoteCalls::~RemoteCalls() {
  if (timer_) context_.loop.cancel(*timer_);
}

void RemoteCalls::call(Call call, std::string args) {
  PendingCall pending;
  pending.sink = std::move(call.sink);
  pending.server = std::move(call.server);
  pending.method = std::move(call.method);
  pending.args = std::move(args);
  pending.chain = std::move(call.chain);
  pending.caller = call.caller;
  pending.deadline = call.deadline;
  // Nobody waits for a notification, so it has a time of its own; top-level code may wait for ever.
  if (pending.deadline == kNoDeadline && pending.sink == nullptr) {
    pending.deadline = context_.now() + context_.config.notify_deadline;
  }
  if (call.node.empty()) {
    std::optional<std::string> node = pick_node(pending.server);
    if (!node) {
      Failure failure = server_not_found(pending.server);
      return fail(std::move(pending), std::move(failure));
    }
    pending.target = std::move(*node);
  } else {
    pending.target = context_.resolve(call.node);
  }
  if (is_too_deep(pending.args)) {
    return fail(std::move(pending), failure_at(context_.own_id(), Errc::kInvalidParams,
                                               "the arguments are nested deeper than " +
                                                   std::to_string(kMaxJsonDepth) + " levels",
                                               Ran::kNo));
  }
  dispatch(std::move(pending), {});
}

std::optional<std::string> RemoteCalls::pick_node(std::string_view server) {
  return context_.catalog.pick(context_.topology, server, [this](std::string_view node) {
    return courier_.find_hop(node, {}).has_value();
  });
}

// 0: not known, so any start of it will do.
std::uint64_t RemoteCalls::incarnation_of(const std::string& node) const {
  if (const Link* link = context_.links.to(node)) return link->peer().is_relay ? link->peer().inc : 0;
  const Announcement* announcement = context_.topology.find(node);
  return announcement != nullptr && context_.topology.is_relay(node) ? announcement->started() : 0;
}

void RemoteCalls::count(PendingCall& call) {
  Count& made = counts_[call.target];
  if (made.calls == 0) made.series = words_.next() & kMaxIncarnation;
  call.series = made.series;
  call.n = ++made.calls;
}

void RemoteCalls::dispatch(PendingCall call, const std::vector<std::string>& avoid) {
  if (is_stopping_) return fail(std::move(call), shutting_down());
  Result<Hop> hop = courier_.find_hop(call.target, avoid);
  if (!hop) {
    if (hop.error().code == Errc::kUnknownNode && flood(call)) return;
    return fail(std::move(call),
                failure_at(context_.own_id(), hop.error().code, hop.error().detail, Ran::kNo));
  }
  const LinkPeer& peer = hop->link->peer();
  if (pending_.count_on(hop->link->id()) >= kMaxUnansweredCalls) {
    return fail(std::move(call),
                failure_at(context_.own_id(), Errc::kOverloaded,
                           "the link to '" + peer.node_id + "' has " + std::to_string(kMaxUnansweredCalls) +
                               " calls without an answer",
                           Ran::kNo));
  }
  if (call.attempt == 1) {
    count(call);
    call.target_inc = incarnation_of(call.target);
  }
  const bool is_notification = call.sink == nullptr;
  const std::string target = call.target;
  const LinkId out = hop->link->id();
  const PendingCalls::Id id = pending_.add(std::move(call));
  if (id == 0) {
    return fail(std::move(call), failure_at(context_.own_id(), Errc::kOverloaded,
                                            "this node has " + std::to_string(kMaxPendingCalls) +
                                                " calls to other nodes without an answer",
                                            Ran::kNo));
  }
  const PendingCall& kept = *pending_.find(id);
  if (kept.chain != nullptr && kept.chain->back().node == context_.own_id()) {
    waiting_.insert_or_assign(kept.chain->back().call, id);
  }
  const std::string response_id = pending_.text(id);
  const std::string data = data_of(kept, *hop);
  const Courier::Letter letter{.type = MessageType::kServerCall,
                               .id = response_id,
                               .to = target,
                               .data = data,
                               .lane = Lane::kCall,
                               .tag = is_notification ? kNotificationTag : id};
  if (data.size() > kMaxMessageBytes - kEnvelopeRoom) {
    return fail(*pending_.take(id), failure_at(context_.own_id(), Errc::kTooLarge,
                                               "the call has " + std::to_string(data.size()) +
                                                   " bytes, more than a message between nodes may have",
                                               Ran::kNo));
  }
  pending_.sent_by(id, out);
  const Link::Sent sent = courier_.send(*hop, letter);
  if (sent == Link::Sent::kQueued && !is_notification) return set_timer();
  PendingCall taken = *pending_.take(id);
  // Nobody answers a notification; it is gone when it is written.
  if (sent == Link::Sent::kQueued) return;
  if (sent == Link::Sent::kClosed && try_again(taken, peer.node_id)) return;
  const bool is_full = sent == Link::Sent::kOverloaded;
  fail(std::move(taken),
       failure_at(context_.own_id(), is_full ? Errc::kOverloaded : Errc::kUnreachable,
                  "the link to '" + peer.node_id + (is_full ? "' takes no more calls now" : "' is closing"),
                  Ran::kNo));
}

std::string RemoteCalls::data_of(const PendingCall& call, const Hop& hop) const {
  const Duration left = std::max<Duration>(call.deadline - context_.now(), std::chrono::milliseconds(1));
  CallMessage message;
  message.response_id = pending_.text(call.id);
  message.server = call.server;
  message.method = call.method;
  message.args = call.args;
  message.left = planted(Bug::kDeadlineForgotten) ? kDefaultCallTimeout : left;
  message.is_notification = call.sink == nullptr;
  // A foreign peer gets what the seed describes, no more.
  if (hop.link->peer().is_relay) {
    message.origin_inc = context_.config.inc;
    message.series = call.series;
    message.n = call.n;
    message.target_inc = call.target_inc;
    message.attempt = call.attempt;
    message.trace = call.trace;
    if (call.chain != nullptr) message.chain = *call.chain;
  }
  std::string data;
  data.reserve(call.args.size() + 256);
  append_call(data, message);
  return data;
}

bool RemoteCalls::flood(PendingCall& call) {
  const std::vector<Link*> links = courier_.floods(context_.own_id(), {});
  if (links.empty()) return false;
  const PendingCalls::Id id = pending_.add(std::move(call));
  if (id == 0) return false;
  PendingCall& kept = *pending_.find(id);
  const std::string response_id = pending_.text(id);
  for (Link* link : links) {
    const Hop hop{link, false, 1};
    const std::string data = data_of(kept, hop);
    const Courier::Letter letter{.type = MessageType::kServerCall,
                                 .id = response_id,
                                 .to = kept.target,
                                 .data = data,
                                 .lane = Lane::kCall};
    if (courier_.send(hop, letter) == Link::Sent::kQueued) kept.flooded.push_back(link->id());
  }
  const bool is_asked = !kept.flooded.empty();
  if (is_asked && kept.sink != nullptr) {
    set_timer();
    return true;
  }
  call = *pending_.take(id);
  return is_asked;
}

bool RemoteCalls::ends_flood(PendingCall& call, const Link& in, const ResponseMessage& response) {
  std::erase(call.flooded, in.id());
  // Another one may know the node.
  const bool did_not_run = !response.success && response.failure.ran == Ran::kNo;
  return !did_not_run || call.flooded.empty();
}

// Who has been asked, and is gone without an answer, may have led it on.
void RemoteCalls::drop_flooded(const Link& link) {
  std::vector<PendingCalls::Id> over;
  pending_.each([&](const PendingCall& call) {
    if (call.flooded.size() == 1 && call.flooded[0] == link.id()) over.push_back(call.id);
    if (std::ranges::find(call.flooded, link.id()) != call.flooded.end())
      std::erase(pending_.find(call.id)->flooded, link.id());
  });
  for (const PendingCalls::Id id : over) {
    PendingCall call = *pending_.take(id);
    const std::string message =
        "the link to '" + link.peer().node_id + "' ended before the reply to " + quoted(call) + " came";
    fail(std::move(call), failure_at(context_.own_id(), Errc::kUnknownOutcome, message, Ran::kUnknown));
  }
}

void RemoteCalls::answered(const Link& in, const Envelope& envelope) {
  Result<ResponseMessage> response = parse_response(envelope.data, JsonText::kChecked);
  PendingCall* call = response ? pending_.find(response->response_id) : nullptr;
  if (call == nullptr) {
    ++(response ? context_.counters.late_replies : context_.counters.bad_frames);
    return;
  }
  const bool was_flooded = std::ranges::find(call->flooded, in.id()) != call->flooded.end();
  const bool may_answer =
      call->out == in.id() || was_flooded || envelope.from == call->target || planted(Bug::kRepliesOfAnyone);
  if (!may_answer) {
    ++context_.counters.stray_replies;
    return;
  }
  if (was_flooded && !ends_flood(*call, in, *response)) return;
  PendingCall taken = *pending_.take(call->id);
  const bool may_go_elsewhere =
      !response->success &&
      ((response->failure.ran == Ran::kNo && response->failure.code == Errc::kUnreachable) ||
       planted(Bug::kRetriedThoughItMayHaveRun));
  if (may_go_elsewhere && try_again(taken, envelope.from)) return;
  finish(std::move(taken), envelope, std::move(*response));
}

const std::string* RemoteCalls::target_of(std::uint64_t number) const {
  const auto found = waiting_.find(number);
  const PendingCall* call = found == waiting_.end() ? nullptr : pending_.find(found->second);
  return call == nullptr ? nullptr : &call->target;
}

void RemoteCalls::forget(const PendingCall& call) {
  if (call.chain != nullptr) waiting_.erase(call.chain->back().call);
}

void RemoteCalls::finish(PendingCall call, const Envelope& envelope, ResponseMessage response) {
  forget(call);
  if (response.success) {
    if (call.sink->form() == ReplySink::Form::kJson && response.result.size() > call.sink->max_json_bytes()) {
      return fail(std::move(call), failure_at(context_.own_id(), Errc::kTooLarge,
                                              "the result has " + std::to_string(response.result.size()) +
                                                  " bytes, more than may be answered",
                                              Ran::kYes));
    }
    if (planted(Bug::kAnsweredTwice)) call.sink->answer(std::string(response.result));
    return call.sink->answer(std::string(response.result));
  }
  Failure& failure = response.failure;
  if (failure.where == nullptr) failure.where = std::make_unique<FailurePath>();
  if (failure.where->node.empty()) failure.where->node = envelope.from;
  if (failure.where->path.empty()) failure.where->path = path_of(context_.own_id(), envelope.route);
  call.sink->answer(std::move(failure));
}

bool RemoteCalls::try_again(PendingCall& call, std::string_view failed_at) {
  if (is_stopping_ || call.attempt >= kMaxAttempts || call.deadline <= context_.now() || call.sink == nullptr)
    return false;
  std::vector<std::string> avoid;
  if (!failed_at.empty() && failed_at != call.target) avoid.emplace_back(failed_at);
  if (!courier_.find_hop(call.target, avoid)) return false;
  ++call.attempt;
  if (planted(Bug::kRetriedThoughItMayHaveRun)) count(call);
  dispatch(std::move(call), avoid);
  return true;
}

void RemoteCalls::unwritten(std::uint64_t tag) {
  if (tag == kNotificationTag) ++unwritten_notifications_;
  if (PendingCall* call = pending_.find(tag)) call->is_unwritten = true;
}

void RemoteCalls::link_closed(const Link& link) {
  const std::string& peer = link.peer().node_id;
  if (planted(Bug::kPendingKept)) return;
  for (PendingCall& call : pending_.take_out_link(link.id())) {
    const bool may_have_run = !std::exchange(call.is_unwritten, false) || planted(Bug::kUnwrittenIsUnknown);
    if (may_have_run && !planted(Bug::kWrittenIsUnwritten)) {
      const std::string message =
          "the link to '" + peer + "' ended before the reply to " + quoted(call) + " came";
      fail(std::move(call), failure_at(context_.own_id(), Errc::kUnknownOutcome, message, Ran::kUnknown));
      continue;
    }
    if (is_stopping_) {
      fail(std::move(call), shutting_down());
      continue;
    }
    if (try_again(call, {})) continue;
    const std::string message =
        "the link to '" + peer + "' ended before the call of " + quoted(call) + " was sent";
    fail(std::move(call), failure_at(context_.own_id(), Errc::kUnreachable, message, Ran::kNo));
  }
  drop_flooded(link);
  report_lost_notifications(peer);
  set_timer();
}

// One line for all that waited on the link.
void RemoteCalls::report_lost_notifications(const std::string& peer) {
  const std::uint64_t lost = std::exchange(unwritten_notifications_, 0);
  if (lost == 0) return;
  context_.counters.lost_notifications += lost;
  log(LogLevel::kWarn, "messages not delivered",
      {{"count", std::to_string(lost)},
       {"reason", "the link to '" + peer + "' ended before they were sent"}});
}

// What has been sent may be running: each call ends with its reply, or with its link, which knows whether it
// has left.
void RemoteCalls::stop() {
  is_stopping_ = true;
}

Failure RemoteCalls::shutting_down() const {
  return failure_at(context_.own_id(), Errc::kShuttingDown, "the node leaves the mesh", Ran::kNo);
}

void RemoteCalls::fail(PendingCall call, Failure failure) {
  forget(call);
  if (call.sink != nullptr) return call.sink->answer(std::move(failure));
  log(LogLevel::kWarn, "message not delivered",
      {{"to", call.target + "." + call.server + "." + call.method}, {"reason", failure.message}});
}

// One timer for all calls: set for the earliest deadline, or for an earlier one that has been answered since.
void RemoteCalls::set_timer() {
  const Instant next = pending_.next_deadline();
  if (next == kNoDeadline || (timer_ && timer_at_ <= next)) return;
  if (timer_) context_.loop.cancel(*timer_);
  timer_at_ = next;
  timer_ = context_.loop.run_at(next, [this] { on_timer(); });
}

void RemoteCalls::on_timer() {
  timer_.reset();
  const Instant now = context_.loop.clock().now();
  while (std::optional<PendingCall> call = pending_.take_expired(now)) {
    const std::string message = "no reply from " + quoted(*call) + " before its deadline";
    fail(std::move(*call), failure_at(context_.own_id(), Errc::kTimeout, message, Ran::kUnknown));
  }
  set_timer();
}

}  // namespace relay::mesh
