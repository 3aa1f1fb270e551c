// What a message costs between servers on one core, without sockets. Yardstick: 2 million increments a second and core.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "bench/node_in_memory.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

class CountingSink final : public ReplySink {
 public:
  explicit CountingSink(std::size_t& count) : count_(count) {}
  [[nodiscard]] Form form() const override { return Form::kJson; }
  void answer(Reply reply) override { count_ += std::holds_alternative<std::string>(reply) ? 1 : 0; }

 private:
  std::size_t& count_;
};

constexpr const char* kProgram = R"(
server counter {
  state { count: number = 0 }
  receive fn increment(by: optional(number)) -> number {
    state.set("count", state.get("count") + (by ?? 1))
    state.get("count")
  }
  receive fn get() { state.count }
}
server caller {
  receive fn round_trips(n: number) { for i in range(n) { message("counter", "increment", 1) }; n }
  receive fn notifications(n: number) { for i in range(n) { notify("counter", "increment", 1) }; message("counter", "get"); n }
  receive fn at_once(n: number) { message_all(range(n).map(fn (i) { {server: "counter", method: "increment", args: [1]} })).length() }
}
)";

class Node {
 public:
  void send(const char* server, const char* method, Value args, std::size_t& answered) {
    Call call;
    call.server = server;
    call.method = method;
    if (!args.is_undefined()) call.args = std::move(*pack(std::move(args)));
    call.form = ArgsForm::kByNameOrWhole;
    call.source = ArgsSource::kJson;
    call.deadline = node_.loop().clock().now() + std::chrono::minutes(10);
    call.sink = std::make_unique<CountingSink>(answered);
    node_.actors().call(std::move(call));
  }
  void run() { node_.run(); }

 private:
  bench::NodeInMemory node_{kProgram};
};

Value one_argument(double number) {
  Value args = object::make();
  object::set(args, string::make("by"), Value(number));
  return args;
}

void BatchOfIncrements(benchmark::State& state) {
  Node node;
  std::size_t answered = 0;
  for (auto _ : state) {
    for (std::int64_t i = 0; i < state.range(0); ++i) node.send("counter", "increment", Value(), answered);
    node.run();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(answered));
}
BENCHMARK(BatchOfIncrements)->Arg(1)->Arg(100)->Arg(1000);

void BatchOfIncrementsByName(benchmark::State& state) {
  Node node;
  std::size_t answered = 0;
  for (auto _ : state) {
    for (std::int64_t i = 0; i < state.range(0); ++i) node.send("counter", "increment", one_argument(2), answered);
    node.run();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(answered));
}
BENCHMARK(BatchOfIncrementsByName)->Arg(100);

void between_actors(benchmark::State& state, const char* method, double count) {
  Node node;
  std::size_t answered = 0;
  for (auto _ : state) {
    Value args = object::make();
    object::set(args, string::make("n"), Value(count));
    node.send("caller", method, std::move(args), answered);
    node.run();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(static_cast<double>(answered) * count));
}
void RoundTripBetweenActors(benchmark::State& state) { between_actors(state, "round_trips", 1000); }
BENCHMARK(RoundTripBetweenActors);
void NotificationBetweenActors(benchmark::State& state) { between_actors(state, "notifications", 1000); }
BENCHMARK(NotificationBetweenActors);
void MessageAllOfAThousand(benchmark::State& state) { between_actors(state, "at_once", 1000); }
BENCHMARK(MessageAllOfAThousand);

}  // namespace
}  // namespace relay

BENCHMARK_MAIN();
