// What a call between two nodes costs on the wire, without sockets: text to checked message and back.
#include <benchmark/benchmark.h>

#include <string>

#include "base/check.h"
#include "mesh/call_message.h"
#include "mesh/envelope.h"

namespace relay::mesh {
namespace {

constexpr EnvelopeHead kHead = {.type = "server_call",
                                .id = "1f0c3a9b-42",
                                .from = "node1",
                                .to = "node2",
                                .timestamp = "2026-11-21T06:43:50.123Z"};
const std::vector<std::string> kRoute = {"node1"};

EnvelopeHead routed_head() {
  EnvelopeHead head = kHead;
  head.route = &kRoute;
  head.ttl = 10;
  return head;
}

CallMessage some_call(std::string_view args) {
  CallMessage call;
  call.response_id = "1f0c3a9b-42";
  call.server = "counter";
  call.method = "increment";
  call.args = args;
  call.left = std::chrono::milliseconds(29'998);
  call.origin_inc = 1'795'243'430'123;
  call.n = 42;
  call.target_inc = 1'795'243'430'456;
  return call;
}

void append_call_message(std::string& out, const CallMessage& call) {
  begin_envelope(out, routed_head());
  append_call(out, call);
  end_envelope(out);
}

void append_response_message(std::string& out, std::string_view result) {
  begin_envelope(out, routed_head());
  append_response(out, "1f0c3a9b-42", "node2", result);
  end_envelope(out);
}

// Arguments or a result of `count` small objects; 0: a number alone.
std::string payload(std::int64_t count) {
  if (count == 0) return "[5]";
  std::string text = "[";
  for (std::int64_t i = 0; i < count; ++i) {
    if (i > 0) text += ',';
    text += R"({"id":)" + std::to_string(i) + R"(,"title":"a post about something","draft":false})";
  }
  return text + "]";
}

void count_messages(benchmark::State& state, std::size_t bytes) {
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void encode_call(benchmark::State& state) {
  const std::string args = payload(state.range(0));
  const CallMessage call = some_call(args);
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_call_message(out, call);
    benchmark::DoNotOptimize(out.data());
  }
  count_messages(state, out.size());
}
BENCHMARK(encode_call)->Arg(0)->Arg(100);

void decode_call(benchmark::State& state) {
  const std::string args = payload(state.range(0));
  std::string text;
  append_call_message(text, some_call(args));
  for (auto _ : state) {
    const Result<Envelope> envelope = parse_envelope(text);
    const Result<CallMessage> call = parse_call(envelope->data);
    RELAY_CHECK(call->n == 42, "the call reads as something else");
  }
  count_messages(state, text.size());
}
BENCHMARK(decode_call)->Arg(0)->Arg(100);

void encode_response(benchmark::State& state) {
  const std::string result = payload(state.range(0));
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_response_message(out, result);
    benchmark::DoNotOptimize(out.data());
  }
  count_messages(state, out.size());
}
BENCHMARK(encode_response)->Arg(0)->Arg(100);

void decode_response(benchmark::State& state) {
  const std::string result = payload(state.range(0));
  std::string text;
  append_response_message(text, result);
  for (auto _ : state) {
    const Result<Envelope> envelope = parse_envelope(text);
    const Result<ResponseMessage> response = parse_response(envelope->data);
    RELAY_CHECK(response->success, "the response reads as something else");
  }
  count_messages(state, text.size());
}
BENCHMARK(decode_response)->Arg(0)->Arg(100);

// What a node on the way does with a wrapped call.
void forward_call(benchmark::State& state) {
  const std::string args = payload(state.range(0));
  std::string data = R"({"original_message":)";
  append_call_message(data, some_call(args));
  data += '}';
  std::string text;
  append_envelope(text, kHead, data);
  const std::vector<std::string> route = {"node1", "node3"};
  std::string out;
  for (auto _ : state) {
    out.clear();
    const Result<Envelope> wrapper = parse_envelope(text);
    const Result<std::string_view> inner = original_message(*wrapper);
    const Result<Envelope> original = parse_envelope(*inner);
    append_forwarded(out, *original, route, 9);
    benchmark::DoNotOptimize(out.data());
  }
  count_messages(state, text.size());
}
BENCHMARK(forward_call)->Arg(0)->Arg(100);

// A frame of `count` calls under load, each read to the end.
void decode_frame_of_calls(benchmark::State& state) {
  std::string frame = "[";
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    if (i > 0) frame += ',';
    append_call_message(frame, some_call("[5]"));
  }
  frame += ']';
  for (auto _ : state) {
    const auto split = split_frame(frame, FrameForm::kObjectOrArray);
    for (const std::string_view message : split->messages) {
      const Result<Envelope> envelope = parse_envelope(message, split->state);
      const Result<CallMessage> call = parse_call(envelope->data, JsonText::kChecked);
      RELAY_CHECK(call->n == 42, "the call reads as something else");
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(decode_frame_of_calls)->Arg(64);

void write_timestamp(benchmark::State& state) {
  const WallTime now(std::chrono::milliseconds(1'795'243'430'123));
  for (auto _ : state) benchmark::DoNotOptimize(rfc3339(now));
}
BENCHMARK(write_timestamp);

}  // namespace
}  // namespace relay::mesh

BENCHMARK_MAIN();
