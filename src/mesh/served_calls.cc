#include "mesh/served_calls.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mesh/mesh_limits.h"
#include "mesh/planted.h"
#include "mesh/text_hash.h"
#include "value/heap.h"
#include "value/json_reader.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

// Of one call of one node. Two calls may share it: what it finds is compared.
std::uint64_t key_of(std::string_view origin, const CallSeries& series, std::uint64_t n) {
  return hash_numbers(hash_pair(origin, ""), hash_numbers(hash_numbers(series.inc, series.number), n));
}

// The member that every response begins with.
void append_response_begin(std::string& out, std::string_view response_id) {
  out += R"({"response_id":)";
  append_json_string(out, response_id);
}

// The arguments as values that belong to nobody yet. Undefined: none were given.
Result<Parcel> read_args(std::string_view args) {
  if (args.empty()) return Parcel();
  Heap heap;
  HeapScope scope(heap);
  Result<Value> value = read_json(args);
  if (!value) return value.error();
  return seal(heap, std::move(*value));
}

// What stands behind `"response_id":"..."` in the data of a response is the same for every attempt.
std::string_view after_response_id(std::string_view data, std::string_view response_id) {
  std::string begin;
  append_response_begin(begin, response_id);
  return data.substr(begin.size());
}

}  // namespace

// Actors answer on their own cores: the answer goes to the mesh's core, if the mesh is still there.
struct ServedCalls::Port {
  Port(net::Loop& the_loop, ServedCalls& calls) : loop(the_loop), owner(&calls) {}
  net::Loop& loop;
  ServedCalls* owner;  // only looked at on the mesh's core; null: gone
};

class ServedCalls::Answer final : public ReplySink {
 public:
  Answer(std::shared_ptr<Port> port, std::uint64_t number) : port_(std::move(port)), number_(number) {}
  [[nodiscard]] Form form() const override { return Form::kJson; }
  [[nodiscard]] std::size_t max_json_bytes() const override { return kMaxMessageBytes - kMessageRoom; }

  void answer(Reply reply) override {
    if (port_->loop.is_current()) return finish(*port_, number_, std::move(reply));
    net::Loop& loop = port_->loop;
    loop.post([port = std::move(port_), number = number_, moved = std::move(reply)]() mutable {
      finish(*port, number, std::move(moved));
    });
  }

 private:
  // What a message has besides its result.
  static constexpr std::size_t kMessageRoom = 4096;
  static void finish(Port& port, std::uint64_t number, Reply reply) {
    if (port.owner != nullptr) port.owner->finish(number, std::move(reply));
  }

  std::shared_ptr<Port> port_;
  std::uint64_t number_;
};

ServedCalls::ServedCalls(MeshContext& context, Courier& courier)
    : context_(context), courier_(courier), port_(std::make_shared<Port>(context.loop, *this)) {}

ServedCalls::~ServedCalls() {
  port_->owner = nullptr;
}

void ServedCalls::serve(const Link& in, const Envelope& envelope) {
  Result<CallMessage> message = parse_call(envelope.data, JsonText::kChecked);
  Served served{.origin = envelope.from,
                .response_id = {},
                .in = in.id(),
                .hops = static_cast<int>(envelope.route.size())};
  if (!message) {
    Result<std::string> response_id = response_id_of(envelope.data, JsonText::kChecked);
    served.response_id = response_id ? std::move(*response_id) : envelope.id;
    return refuse(served,
                  failure_at(context_.own_id(), Errc::kInvalidParams, message.error().detail, Ran::kNo));
  }
  served.response_id = message->response_id;
  // A foreign peer counts nothing, whatever it writes.
  const bool counts = envelope.from != in.peer().node_id || in.peer().is_relay;
  if (counts) served.series = {message->origin_inc, message->series};
  served.n = counts ? message->n : 0;
  served.is_notification = message->is_notification;
  if (message->target_inc != 0 && message->target_inc != context_.config.inc) {
    return refuse(served,
                  failure_at(context_.own_id(), Errc::kUnknownOutcome,
                             "node '" + context_.own_id() + "' has been started anew since the call was sent",
                             Ran::kUnknown));
  }
  const bool is_own = message->chain.empty() || (message->chain.back().node == served.origin && message->chain.back().call != 0);
  if (!is_own) {
    return refuse(served, failure_at(context_.own_id(), Errc::kInvalidParams,
                                     "the last entry of 'chain' must be the call's own", Ran::kNo));
  }
  if (const std::optional<std::string> reason = doubt(in, served)) {
    ++context_.counters.doubted_calls;
    return refuse(served, failure_at(context_.own_id(), Errc::kUnreachable, *reason, Ran::kNo));
  }
  if (is_first_time(in.peer().node_id, served, *message)) run(std::move(served), std::move(*message));
}

// Why a call that another node has passed on may not be its origin's. It is answered as not run, so that an
// honest origin, of which too little is known here yet, may send it again.
std::optional<std::string> ServedCalls::doubt(const Link& in, const Served& served) const {
  const bool is_counted = served.n != 0 && served.origin != in.peer().node_id;
  if (!is_counted) return std::nullopt;
  const Link* own = context_.links.to(served.origin);
  // A link that is just dying is no reason not to hear its peer another way.
  const bool is_linked = own != nullptr && own->peer().is_relay &&
                         context_.now() - own->last_heard() < 2 * context_.config.ping_interval;
  if (is_linked)
    return "calls of node '" + served.origin + "', which is linked here, count over its own link";
  const Announcement* known = context_.topology.find(served.origin);
  if (known == nullptr) return "node '" + served.origin + "' is not known here";
  if (served.series.inc > known->started())
    return "this start of node '" + served.origin + "' is not known here";
  return std::nullopt;
}

// Else the repeat has been dealt with.
bool ServedCalls::is_first_time(std::string_view by, const Served& served, const CallMessage& message) {
  if (served.n == 0) {
    // Without an id of its own a notification cannot be told from another.
    if (served.response_id.empty()) return true;
    const Instant deadline = context_.now() + message.left;
    const bool is_new =
        foreign_ids_.first_time(by, served.origin, served.response_id, deadline, context_.now());
    if (!is_new) ++context_.counters.repeated_calls;
    return is_new;
  }
  if (planted(Bug::kCallsNotRemembered)) return true;
  const CallMemory::Seen seen = memory_.begin(by, served.origin, served.series, served.n);
  if (seen.verdict == CallMemory::Verdict::kRun) return true;
  ++context_.counters.repeated_calls;
  switch (seen.verdict) {
    case CallMemory::Verdict::kRunning: {
      const auto attempt = attempts_.find(key_of(served.origin, served.series, served.n));
      if (attempt == attempts_.end()) break;
      Served& running = running_.at(attempt->second);
      if (running.origin != served.origin || running.series != served.series || running.n != served.n) break;
      running.response_id = served.response_id;
      running.in = served.in;
      break;
    }
    case CallMemory::Verdict::kRepeat: {
      std::string data;
      append_response_begin(data, served.response_id);
      data += seen.reply;
      reply(served, std::move(data));
      break;
    }
    default:
      refuse(served,
             failure_at(context_.own_id(), Errc::kUnknownOutcome,
                        "the call came before, and what became of it is no longer known", Ran::kUnknown));
  }
  return false;
}

void ServedCalls::run(Served served, CallMessage message) {
  Result<Parcel> args = read_args(message.args);
  if (!args) {
    if (served.n != 0) memory_.undo(served.origin, served.series, served.n);
    return refuse(served, failure_at(context_.own_id(), Errc::kInvalidParams, args.error().detail, Ran::kNo));
  }
  Call call;
  call.server = std::move(message.server);
  call.method = std::move(message.method);
  call.form = message.args.starts_with('{') ? ArgsForm::kByNameOrWhole : ArgsForm::kByPosition;
  call.source = ArgsSource::kJson;
  call.args = std::move(*args);
  call.deadline = context_.now() + message.left;
  if (!message.chain.empty()) {
    call.chain = std::make_shared<const std::vector<ChainEntry>>(std::move(message.chain));
  }
  const std::uint64_t number = ++last_number_;
  if (served.n != 0) attempts_.emplace(key_of(served.origin, served.series, served.n), number);
  running_.emplace(number, std::move(served));
  call.sink = std::make_unique<Answer>(port_, number);
  context_.local.call(std::move(call));
}

void ServedCalls::finish(std::uint64_t number, Reply reply_value) {
  const auto found = running_.find(number);
  if (found == running_.end()) return;
  const Served served = std::move(found->second);
  running_.erase(found);
  const auto* failure = std::get_if<Failure>(&reply_value);
  const bool is_refused =
      failure != nullptr && failure->code == Errc::kOverloaded && failure->ran == Ran::kNo;
  std::string data = response_of(served, std::move(reply_value));
  if (served.n != 0) {
    const auto attempt = attempts_.find(key_of(served.origin, served.series, served.n));
    if (attempt != attempts_.end() && attempt->second == number) attempts_.erase(attempt);
    if (is_refused) {
      memory_.undo(served.origin, served.series, served.n);
    } else {
      memory_.end(served.origin, served.series, served.n,
                  std::string(after_response_id(data, served.response_id)));
    }
  }
  reply(served, std::move(data));
}

// What cannot travel is answered by a failure that says so: the caller would wait in vain.
std::string ServedCalls::response_of(const Served& served, Reply reply) const {
  std::string data;
  const auto* result = std::get_if<std::string>(&reply);
  const bool is_deep = is_too_deep(result != nullptr ? *result : std::get<Failure>(reply).thrown_json);
  if (is_deep) {
    reply =
        failure_at(context_.own_id(), Errc::kTooLarge,
                   "the reply is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels", Ran::kYes);
  }
  if (auto* failure = std::get_if<Failure>(&reply)) {
    if (failure->where == nullptr) {
      failure->where = std::make_unique<FailurePath>();
      failure->where->node = context_.own_id();
    }
    append_response(data, served.response_id, context_.own_id(), *failure);
  } else {
    append_response(data, served.response_id, context_.own_id(),
                    std::string_view(std::get<std::string>(reply)));
  }
  if (data.size() <= kMaxMessageBytes) return data;
  data.clear();
  append_response(data, served.response_id, context_.own_id(),
                  failure_at(context_.own_id(), Errc::kTooLarge,
                             "the reply has more bytes than a message may have", Ran::kYes));
  return data;
}

void ServedCalls::refuse(const Served& served, const Failure& failure) {
  std::string data;
  append_response(data, served.response_id, context_.own_id(), failure);
  reply(served, std::move(data));
}

void ServedCalls::reply(const Served& served, std::string data) {
  if (served.is_notification) return;
  const std::string id = context_.ids.next();
  const Courier::Letter letter{.type = MessageType::kServerResponse,
                               .id = id,
                               .to = served.origin,
                               .data = data,
                               .lane = Lane::kReply};
  // Back over the link that it came by, as long as that stands.
  Link* in = context_.links.find(served.in);
  if (in != nullptr) {
    const Hop hop{in, in->peer().node_id == served.origin, served.hops};
    if (courier_.send(hop, letter) == Link::Sent::kQueued) return;
  }
  if (!courier_.send(letter)) ++context_.counters.lost_replies;
}

}  // namespace relay::mesh
