// Any bytes from a client, in pieces of any size, to a connection of the HTTP side with JSON-RPC behind it. The first
// byte is the mood of handlers and client, the second how the bytes are cut, the rest is what the client sends.
//
// - Answers are well framed, no more than requests, and nothing follows one that closes; a refusal closes.
// - What a handler has seen is answered: nothing runs behind a request that closes.
// - What a connection holds is bounded, also when the client reads nothing and the handlers are late.
// - The answers do not depend on how the bytes were cut.
// - At the end the connection is closed and no timer is left.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answer_reader.h"
#include "base/check.h"
#include "http/fake_loop.h"
#include "http/fake_stream.h"
#include "http/session_table.h"
#include "rpc/dispatcher.h"

namespace {

using namespace relay;
using namespace relay::http;

enum Mood : std::uint8_t {
  kLate = 1,        // handlers answer after the turn, the last first
  kEnds = 2,        // the client ends instead of falling silent
  kDeaf = 4,        // the client reads nothing until it has sent all
  kListCors = 8,    // one origin is allowed
  kDrains = 16,     // the node stops when half has been sent
};

// Far above what a bounded connection can hold here, far below what the requests of an input can make together.
constexpr std::size_t kMostHeldBytes = 96 * 1024;
constexpr std::size_t kLargeAnswer = 8 * 1024;

ServerConfig make_config(std::uint8_t mood) {
  ServerConfig config;
  config.limits.head_bytes = 512;
  config.limits.head_fields = 8;
  config.limits.body_bytes = 256;
  config.limits.chunk_extension_bytes = 16;
  config.limits.open_requests = 4;
  config.limits.connection_bytes = 2048;
  config.limits.node_bytes = kMostHeldBytes;
  config.headers = "X-Own: 1\r\n";
  if (mood & kListCors) config.cors = {Cors::Mode::kList, {"http://a"}};
  return config;
}

// Every server answers, now or later.
class Port final : public CallPort {
 public:
  explicit Port(bool is_late) : is_late_(is_late) {}

  void call(Call call) override {
    if (!call.sink) return;
    if (!is_late_) return call.sink->answer(std::string("true"));
    waiting_.push_back(std::move(call));
  }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  void answer_all() {
    for (auto calls = std::exchange(waiting_, {}); !calls.empty(); calls.pop_back()) {
      calls.back().sink->answer(std::string("true"));
    }
  }

 private:
  const bool is_late_;
  std::vector<Call> waiting_;
};

class HttpAnswer final : public rpc::AnswerSink {
 public:
  explicit HttpAnswer(Responder responder) : responder_(std::move(responder)) {}
  void answer(rpc::Answer answer) override {
    Response response;
    response.status = static_cast<int>(answer.status);
    response.body = std::move(answer.body);
    responder_.reply(std::move(response));
  }

 private:
  Responder responder_;
};

rpc::Limits make_rpc_limits() {
  rpc::Limits limits;
  limits.max_batch = 8;
  limits.max_json_depth = 8;
  return limits;
}

class Connection {
 public:
  explicit Connection(std::uint8_t mood)
      : mood_(mood),
        config_(make_config(mood)),
        port_((mood & kLate) != 0),
        dispatcher_(port_, loop_.clock(), make_rpc_limits(), rpc::ErrorDetail::kHidden, nullptr),
        routes_(make_routes()),
        budget_(config_.limits.node_bytes),
        table_(loop_, config_, routes_, budget_, [](SessionTable::Kind) {}) {
    wire_->read_bytes = 200;
    if (mood_ & kDeaf) wire_->write_room = 100;
    table_.add(std::make_unique<FakeStream>(wire_), SessionTable::Kind::kServed);
    settle();
  }

  void send(std::string_view bytes) {
    wire_->to_server += bytes;
    settle();
  }

  void drain() { table_.drain([] {}); }

  struct Outcome {
    std::string received;
    std::size_t dispatched = 0;  // requests that handlers have seen

    bool operator==(const Outcome&) const = default;
  };

  // What has come of it all when the connection has ended.
  Outcome finish() {
    wire_->write_room = SIZE_MAX;
    settle();
    wire_->client_ended = (mood_ & kEnds) != 0;
    settle();
    loop_.advance(std::chrono::minutes(5));
    settle();
    RELAY_CHECK(wire_->closed, "a connection is left open");
    RELAY_CHECK(loop_.timers() == 0 && table_.size() == 0, "something is left of a closed connection");
    return {std::move(wire_->from_server), dispatched_};
  }

 private:
  void settle() {
    do {
      answer_late_ones();
      wire_->pump();
      loop_.run();
      wire_->pump();
      check_bounds();
    } while (!late_.empty() || port_.waiting() > 0);
  }

  void answer_late_ones() {
    for (auto late = std::exchange(late_, {}); !late.empty(); late.pop_back()) late.back().reply(large());
    port_.answer_all();
  }

  void check_bounds() const {
    RELAY_CHECK(!budget_.is_exhausted(), "a connection holds too much");
    RELAY_CHECK(late_.size() <= config_.limits.open_requests, "too many requests are open");
  }

  static Response large() {
    Response response;
    response.body = "[\"" + std::string(kLargeAnswer, 'x') + "\"]";
    return response;
  }

  Routes make_routes() {
    Routes routes;
    routes.add({.method = "POST",
                .path = "/rpc",
                .handler =
                    [this](Request& request, Responder responder) {
                      ++dispatched_;
                      dispatcher_.dispatch(request.body(), std::make_unique<HttpAnswer>(std::move(responder)));
                    },
                .body_type = BodyTypeRule::kJsonOnceNarrowed});
    routes.add({.method = "GET", .path = "/large", .handler = [this](Request&, Responder responder) {
                  ++dispatched_;
                  if (!(mood_ & kLate)) return responder.reply(large());
                  late_.push_back(std::move(responder));
                }});
    routes.add({.method = "GET", .path = "/drop", .handler = [this](Request&, Responder) { ++dispatched_; }});
    return routes;
  }

  const std::uint8_t mood_;
  const ServerConfig config_;
  FakeLoop loop_;
  Port port_;
  rpc::Dispatcher dispatcher_;
  Routes routes_;
  SharedBudget budget_;
  std::shared_ptr<Wire> wire_ = std::make_shared<Wire>();
  SessionTable table_;
  std::size_t dispatched_ = 0;
  std::vector<Responder> late_;  // dies before the table, as it must
};

// The sizes of the pieces: all at once for 0, else 1 to 16 bytes each, as the number decides.
class Cutter {
 public:
  explicit Cutter(std::uint8_t seed) : is_whole_(seed == 0), random_(seed) {}
  std::size_t next(std::size_t left) {
    if (is_whole_) return left;
    random_ = random_ * 1664525u + 1013904223u;
    return std::min<std::size_t>(left, 1 + (random_ >> 28));
  }

 private:
  const bool is_whole_;
  std::uint32_t random_;
};

Connection::Outcome talk(std::uint8_t mood, std::uint8_t cuts, std::string_view bytes) {
  Connection connection(mood);
  Cutter cutter(cuts);
  bool drains = (mood & kDrains) != 0;
  for (std::size_t sent = 0; sent < bytes.size();) {
    const std::size_t size = cutter.next(bytes.size() - sent);
    connection.send(bytes.substr(sent, size));
    sent += size;
    if (drains && sent >= bytes.size() / 2) connection.drain();
    drains = drains && sent < bytes.size() / 2;
  }
  return connection.finish();
}

// Each head ends with an empty line, each at another place.
std::size_t count_heads(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = bytes.find("\r\n\r\n"); at != std::string_view::npos; at = bytes.find("\r\n\r\n", at + 1)) ++count;
  return count;
}

bool is_refusal(const fuzz::Answer& answer) {
  for (const int status : {408, 413, 417, 431, 505}) {
    if (answer.status == status) return true;
  }
  return answer.status == 400 && !answer.body.starts_with("{\"jsonrpc\"");
}

void check_answers(const Connection::Outcome& outcome, std::string_view bytes) {
  const auto read = fuzz::read_answers(outcome.received);
  RELAY_CHECK(read.has_value(), "the answers are not well framed");
  const std::vector<fuzz::Answer>& answers = *read;
  const std::size_t heads = count_heads(bytes);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const fuzz::Answer& answer = answers[i];
    if (answer.status == 100) continue;
    const bool is_last = i + 1 == answers.size();
    RELAY_CHECK(is_last || !answer.closes, "an answer follows one that closes");
    RELAY_CHECK(answer.closes || !is_refusal(answer), "a refused request leaves the connection open");
  }
  const auto is_final = [](const fuzz::Answer& answer) { return answer.status != 100; };
  const auto finals = static_cast<std::size_t>(std::count_if(answers.begin(), answers.end(), is_final));
  RELAY_CHECK(answers.size() - finals <= heads, "more 100s than heads");
  RELAY_CHECK(outcome.dispatched <= finals, "a handler has seen a request that is not answered");
  // One more: the refusal of a head that has not ended.
  const bool ends_with_refusal = !answers.empty() && is_refusal(answers.back());
  RELAY_CHECK(finals <= heads + (ends_with_refusal ? 1 : 0), "more answers than requests");
}

// Whether a client waits to be told to go on shows in the answers, and that depends on what has come in at once.
bool depends_on_cuts(std::uint8_t mood, std::string_view bytes) {
  if (mood & kDrains) return true;
  std::string lower(bytes);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return lower.find("100-continue") != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::uint8_t mood = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto outcome = talk(mood, data[1], bytes);
  check_answers(outcome, bytes);
  if (!depends_on_cuts(mood, bytes)) RELAY_CHECK(talk(mood, 0, bytes) == outcome, "the cuts change the outcome");
  return 0;
}
