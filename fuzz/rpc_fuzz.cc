// Any bytes as the body of POST /rpc, with a port that answers, fails, waits or drops as the first byte says.
// There must be one answer, and it must be JSON-RPC.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "rpc/dispatcher.h"
#include "value/array.h"
#include "value/heap.h"
#include "value/json_reader.h"
#include "value/object.h"
#include "value/string.h"

namespace {

using namespace relay;
using namespace relay::rpc;

Failure failure(Errc code) {
  Failure failure;
  failure.code = code;
  failure.message = "why \"not\"";
  failure.thrown_json = R"({"thrown":[1]})";
  return failure;
}

class Port final : public CallPort {
 public:
  explicit Port(std::uint8_t mood) : mood_(mood) {}

  void call(Call call) override {
    if (!call.sink) return;
    if (mood_ & 1) return call.sink->answer(reply());
    waiting_.push_back(std::move(call));
  }

  // Answers or drops what waits, the last first.
  void finish() {
    std::reverse(waiting_.begin(), waiting_.end());
    for (Call& call : waiting_) {
      const auto sink = std::move(call.sink);
      if (mood_ & 2) sink->answer(reply());
    }
    waiting_.clear();
  }

 private:
  Reply reply() {
    ++replies_;
    if ((mood_ & 4) && replies_ % 2 == 0) return failure(static_cast<Errc>((mood_ >> 3) % 19));
    return std::string(R"([1,"two"])");
  }

  std::uint8_t mood_;
  unsigned replies_ = 0;
  std::vector<Call> waiting_;
};

class Sink final : public AnswerSink {
 public:
  explicit Sink(std::vector<Answer>& answers) : answers_(answers) {}
  void answer(Answer answer) override { answers_.push_back(std::move(answer)); }

 private:
  std::vector<Answer>& answers_;
};

void check_response(const Value& response) {
  RELAY_CHECK(response.is_object(), "a response is no object");
  const Value* version = object::find(response, "jsonrpc");
  RELAY_CHECK(version != nullptr && string::text(*version) == "2.0", "a response has no version");
  RELAY_CHECK(object::find(response, "id") != nullptr, "a response has no id");
  const bool has_result = object::find(response, "result") != nullptr;
  const Value* error = object::find(response, "error");
  RELAY_CHECK(has_result != (error != nullptr), "a response is neither result nor error");
  if (error == nullptr) return;
  RELAY_CHECK(object::find(*error, "code")->is_number(), "an error has no code");
  RELAY_CHECK(object::find(*error, "message")->is_string(), "an error has no message");
  RELAY_CHECK(object::find(*error, "data") != nullptr, "an error has no data");
}

void check(const Answer& answer) {
  if (answer.status == 204) {
    RELAY_CHECK(answer.body.empty(), "204 with a body");
    return;
  }
  RELAY_CHECK(answer.status == 200 || answer.status == 400, "an unexpected status");
  const Result<Value> read = read_json(answer.body);
  RELAY_CHECK(read.has_value(), "the answer is no JSON");
  if (!read->is_array()) return check_response(*read);
  RELAY_CHECK(array::size(*read) > 0, "an empty batch as answer");
  for (std::size_t i = 0; i < array::size(*read); ++i) check_response(array::at(*read, i));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string body(reinterpret_cast<const char*>(data + 1), size - 1);
  Heap heap;
  HeapScope scope(heap);
  std::vector<Answer> answers;
  SystemClock clock;
  Port port(data[0]);
  const ErrorDetail detail = (data[0] & 0x80) ? ErrorDetail::kShown : ErrorDetail::kHidden;
  Limits limits;
  limits.max_batch = 20;
  limits.max_batch_reply_bytes = 64;
  limits.max_json_depth = 20;
  Dispatcher dispatcher(port, clock, limits, detail, nullptr);
  dispatcher.dispatch(body, std::make_unique<Sink>(answers));
  port.finish();
  RELAY_CHECK(answers.size() == 1, "not one answer");
  check(answers[0]);
  return 0;
}
