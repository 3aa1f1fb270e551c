// What a message costs between servers on one core, without sockets. Yardstick: 2 million increments a second and core.
#include <benchmark/benchmark.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "actor/actor_system.h"
#include "lang/compiler.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

// One core that runs on the thread of the benchmark; nothing here waits for time.
class OneCore final : public Executor {
 public:
  void post(Task task) override { tasks_.push_back(std::move(task)); }
  TimerId run_at(Instant, Task) override { return ++last_timer_; }
  void cancel(TimerId) override {}
  [[nodiscard]] const Clock& clock() const override { return clock_; }
  void run_tasks() {
    while (!tasks_.empty()) {
      Task task = std::move(tasks_.front());
      tasks_.pop_front();
      task();
    }
  }
  SystemClock clock_;

 private:
  std::deque<Task> tasks_;
  TimerId last_timer_ = 0;
};

struct NoWorld final : Output, Input, RandomSource, Environment {
  Host::Printed print(std::string_view) override { return Host::Printed::kAccepted; }
  void when_room(std::function<void()> resume) override { resume(); }
  void read_line(std::function<void(Line)> done) override { done(std::optional<std::string>()); }
  void fill(std::span<std::uint64_t> words) override { std::fill(words.begin(), words.end(), 1); }
  [[nodiscard]] Result<std::optional<std::string>> get(const std::string&) const override {
    return std::optional<std::string>();
  }
};

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
  Node() {
    CompileResult loaded = load_program(std::make_shared<SourceFile>("bench.rl", kProgram));
    program_ = std::move(loaded.program);
    system_ = std::make_unique<ActorSystem>(*program_, std::vector<Executor*>{&core_},
                                            World{core_.clock_, world_, world_, world_, world_, "bench", {}}, ActorLimits{});
    system_->start();
    core_.run_tasks();
  }
  void send(const char* server, const char* method, Value args, std::size_t& answered) {
    Call call;
    call.server = server;
    call.method = method;
    if (!args.is_undefined()) call.args = std::move(*pack(std::move(args)));
    call.form = ArgsForm::kByNameOrWhole;
    call.source = ArgsSource::kJson;
    call.deadline = core_.clock_.now() + std::chrono::minutes(10);
    call.sink = std::make_unique<CountingSink>(answered);
    system_->call(std::move(call));
  }
  void run() {
    do {
      core_.run_tasks();
    } while (system_->ready_list(0).run_for(kActorSlice) == ReadyList::Left::kMore);
  }

 private:
  OneCore core_;
  NoWorld world_;
  std::unique_ptr<bytecode::Program> program_;
  std::unique_ptr<ActorSystem> system_;
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
