#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rpc/dispatcher.h"
#include "value/json_writer.h"

namespace relay::rpc {

// A clock that stands still until it is told.
class HandClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] WallTime wall_now() const override { return WallTime(); }
  void advance(Duration duration) { now_ += duration; }

 private:
  Instant now_ = Instant(std::chrono::hours(1));
};

// A port that keeps all calls for the test to answer, or answers at once with what `handler` gives.
class FakePort final : public CallPort {
 public:
  using Handler = std::function<Reply(const Call&)>;
  explicit FakePort(Handler handler = nullptr) : handler_(std::move(handler)) {}

  void call(Call call) override {
    if (handler_ && call.sink) call.sink->answer(handler_(call));
    calls.push_back(std::move(call));
  }

  std::vector<Call> calls;

 private:
  Handler handler_;
};

inline Failure failure(Errc code, std::string message) {
  Failure failure;
  failure.code = code;
  failure.message = std::move(message);
  return failure;
}

// The arguments of a call as JSON; "none" when it has none.
inline std::string args_json(const Call& call) {
  if (call.args.value().is_undefined()) return "none";
  std::string out;
  EXPECT_TRUE(append_json(out, call.args.value(), SIZE_MAX));
  return out;
}

// A dispatcher with its surroundings, and the answers that it has given.
class Bench {
 public:
  explicit Bench(FakePort::Handler handler = nullptr, const Limits& limits = {},
                 ErrorDetail detail = ErrorDetail::kHidden)
      : port(std::move(handler)), dispatcher_(port, clock, limits, detail, nullptr) {}

  void send(std::string_view body) { dispatcher_.dispatch(body, std::make_unique<Sink>(*this)); }

  // The answer to `body`, which must come at once, as "STATUS BODY" ("204" alone).
  std::string ask(std::string_view body) {
    answers.clear();
    send(body);
    return shown();
  }

  // All answers so far; one is expected.
  [[nodiscard]] std::string shown() const {
    if (answers.size() != 1) return std::to_string(answers.size()) + " answers";
    const Answer& answer = answers[0];
    return std::to_string(answer.status) + (answer.body.empty() ? "" : " " + answer.body);
  }

  void reply(std::size_t call, Reply reply) {
    std::exchange(port.calls[call].sink, nullptr)->answer(std::move(reply));
  }

  std::vector<Answer> answers;  // outlives the port, whose open calls are answered when they are dropped
  HandClock clock;
  FakePort port;

 private:
  class Sink final : public AnswerSink {
   public:
    explicit Sink(Bench& bench) : bench_(bench) {}
    void answer(Answer answer) override { bench_.answers.push_back(std::move(answer)); }

   private:
    Bench& bench_;
  };

  Dispatcher dispatcher_;
};

}  // namespace relay::rpc
