#include <array>
#include <atomic>
#include <future>
#include <thread>

#include "actor/core.h"
#include "net/io_cores.h"
#include "script_fixture.h"

namespace relay {
namespace {

// A program on real cores, each a thread.
class Threads : public ProgramObserver {
 public:
  Threads(const std::string& text, std::size_t core_count, const ActorLimits& limits = {})
      : program_(compile_text(text)), cores_(core_count, clock_) {
    std::vector<Executor*> executors;
    for (std::size_t i = 0; i < core_count; ++i) executors.push_back(&cores_.core(i));
    system = std::make_unique<ActorSystem>(
        *program_, executors, World{clock_, output_, input_, random_, environment_, "stress", {}}, limits);
    for (std::size_t i = 0; i < core_count; ++i) {
      cores_.core(i).set_idle_work([&list = system->ready_list(i)] {
        return list.run_for(kActorSlice) == ReadyList::Left::kMore ? net::WorkLeft::kMore : net::WorkLeft::kNone;
      });
    }
    system->start();
    cores_.start();
  }
  ~Threads() override {
    cores_.stop();
    cores_.join();
  }
  void on_program_end(const Value&) override { ended_.set_value(""); }
  void on_program_error(const ScriptError& error) override { ended_.set_value(error.text()); }

  // The error's text, empty for none.
  std::string run_program() {
    system->run_program(*this);
    return ended_.get_future().get();
  }
  void stop() {
    std::promise<void> stopped;
    system->stop([&] { stopped.set_value(); });
    stopped.get_future().get();
  }
  void drain() {
    std::promise<void> drained;
    system->drain([&] { drained.set_value(); });
    drained.get_future().get();
  }

 private:
  SystemClock clock_;
  KeptOutput output_;
  KeptInput input_;
  CountingRandom random_;
  OneVariable environment_;
  std::unique_ptr<bytecode::Program> program_;
  net::IoCores cores_;
  std::promise<std::string> ended_;

 public:
  std::unique_ptr<ActorSystem> system;
};

// What became of many calls.
struct Tally {
  explicit Tally(std::size_t count) : answers(count) {}
  std::vector<std::atomic<int>> answers;  // by call
  std::atomic<std::size_t> values{0};
  std::atomic<std::size_t> failures{0};
  [[nodiscard]] std::size_t total() const { return values + failures; }
  [[nodiscard]] bool all_answered_once() const {
    return std::all_of(answers.begin(), answers.end(), [](const auto& count) { return count == 1; });
  }
};

class TallySink final : public ReplySink {
 public:
  TallySink(Tally& tally, std::size_t call) : tally_(tally), call_(call) {}
  [[nodiscard]] Form form() const override { return Form::kJson; }
  void answer(Reply reply) override {
    ++tally_.answers[call_];
    ++(std::holds_alternative<Failure>(reply) ? tally_.failures : tally_.values);
  }

 private:
  Tally& tally_;
  const std::size_t call_;
};

void send(ActorSystem& system, Tally& tally, std::size_t index, std::string server, std::string method,
          const std::string& args) {
  Call call;
  call.server = std::move(server);
  call.method = std::move(method);
  call.args = json_args(args);
  call.source = ArgsSource::kJson;
  call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  call.sink = std::make_unique<TallySink>(tally, index);
  system.call(std::move(call));
}

void wait_for(const Tally& tally, std::size_t count) {
  while (tally.total() < count) std::this_thread::yield();
}

std::string replace_all(std::string text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

constexpr std::string_view kRingServer = R"(
server HERE {
  state { n: number = 0, log: [string] = [] }
  receive fn hop(left: number) {
    state.set("n", state.n + 1)
    state.set("log", state.log.push("hop " + string(left)).slice(0, 2))
    if left == 0 { tag() } else { message("NEXT", "hop", left - 1) }
  }
  receive fn both(left: number) {
    message_all([{server: "NEXT", method: "hop", args: [left]}, {server: "BACK", method: "hop", args: [left]}]).length()
  }
  receive fn spread() { set left = 2; notify("NEXT", "note", fn (x) { x + left }); for i in range(3000) { i }; 1 }
  receive fn note(f) { state.set("n", state.n + f(1)) }
  receive fn nap() { sleep(0.0005); 1 }
  receive fn fail() { state.set("n", -1000000); throw {why: "no"} }
  receive fn n() { state.n }
}
)";
constexpr int kRing = 6;

// Servers that call each other in both directions, so that some calls meet as deadlocks.
std::string ring_program() {
  std::string text = "set step = 1\nset tag = fn () { step }\n";
  const auto name = [](int i) { return "r" + std::to_string((i + kRing) % kRing); };
  for (int i = 0; i < kRing; ++i) {
    std::string server = replace_all(std::string(kRingServer), "HERE", name(i));
    text += replace_all(replace_all(server, "NEXT", name(i + 1)), "BACK", name(i - 1));
  }
  return text;
}

void send_mixed(ActorSystem& system, Tally& tally, std::size_t from, std::size_t to) {
  static constexpr std::array<std::pair<const char*, const char*>, 7> kCalls = {{
      {"hop", "[3]"}, {"hop", "[9]"}, {"both", "[2]"}, {"spread", ""}, {"nap", ""}, {"fail", ""}, {"nothing", ""},
  }};
  for (std::size_t i = from; i < to; ++i) {
    const auto& [method, args] = kCalls[i % kCalls.size()];
    send(system, tally, i, "r" + std::to_string(i % kRing), method, args);
    // Without it the mailboxes would be full most of the time.
    if (i % 64 == 0) std::this_thread::yield();
  }
}

constexpr std::size_t kCalls = 20'000;

TEST(Stress, EveryCallIsAnsweredOnce) {
  Threads threads(ring_program(), 3);
  EXPECT_EQ(threads.run_program(), "");
  Tally tally(2 * kCalls);
  std::thread other([&] { send_mixed(*threads.system, tally, 0, kCalls); });
  send_mixed(*threads.system, tally, kCalls, 2 * kCalls);
  other.join();
  wait_for(tally, 2 * kCalls);
  EXPECT_TRUE(tally.all_answered_once());
  EXPECT_GT(tally.values, kCalls / 2);
  EXPECT_GT(tally.failures, kCalls / 4);
  threads.system->close();
  threads.drain();
  threads.stop();
}

TEST(Stress, EveryCallIsAnsweredOnceWhenTheSystemStopsInTheMiddle) {
  for (int round = 0; round < 5; ++round) {
    Threads threads(ring_program(), 3);
    EXPECT_EQ(threads.run_program(), "");
    Tally tally(2 * kCalls);
    std::thread other([&] { send_mixed(*threads.system, tally, 0, kCalls); });
    send_mixed(*threads.system, tally, kCalls, kCalls + kCalls / 10 * static_cast<std::size_t>(round + 1));
    threads.stop();
    send_mixed(*threads.system, tally, kCalls + kCalls / 10 * static_cast<std::size_t>(round + 1), 2 * kCalls);
    other.join();
    wait_for(tally, 2 * kCalls);
    EXPECT_TRUE(tally.all_answered_once());
  }
}

TEST(Stress, MoneyIsNeverLost) {
  Threads threads(R"(
server bank {
  state { a: number = 1000, b: number = 1000 }
  receive fn move(n: number) { state.set("a", state.a - n); if n % 3 == 0 { throw "odd" }; message("audit", "seen"); state.set("b", state.b + n) }
  receive fn total() { state.a + state.b }
}
server audit { state { n: number = 0 } receive fn seen() { state.set("n", state.n + 1); if state.n % 5 == 0 { 1 / 0 } } }
set wrong = 0
for i in range(2000) {
  try { message("bank", "move", i % 7) } catch e { e }
  if message("bank", "total") != 2000 { set wrong = wrong + 1 }
}
if wrong > 0 { throw "wrong " + string(wrong) }
)", 2);
  EXPECT_EQ(threads.run_program(), "");
  threads.stop();
}

TEST(Stress, VariablesAreCopiedWhileTheProgramSetsThem) {
  Threads threads(R"(
fn make(from) { set n = from; fn () { set n = n + 1; [n, from] } }
set next = make(0)
set all = []
server one { receive fn go() { set pair = next(); [pair.get(0) > pair.get(1), all.length()] } receive fn spin() { for i in range(20000) { all.length() } } }
server two { receive fn go() { set pair = next(); [pair.get(0) > pair.get(1), all.length()] } }
set wrong = 0
for i in range(500) {
  notify("one", "spin")
  set next = make(i * 1000)
  set all = all.push([i, "text " + string(i), next])
  set got = message_all([{server: "one", method: "go"}, {server: "two", method: "go"}])
  for r in got { if r.get("ok") != [true, i + 1] { set wrong = wrong + 1 } }
}
if wrong > 0 { throw "wrong " + string(wrong) }
)", 3);
  EXPECT_EQ(threads.run_program(), "");
  threads.stop();
}

TEST(Stress, TwoCallersNeverWaitForEachOtherForEver) {
  Threads threads(R"(
server a { receive fn x() { message("b", "y") } receive fn y() { 1 } }
server b { receive fn x() { message("a", "y") } receive fn y() { 1 } }
set dead = 0
for i in range(3000) {
  for r in message_all([{server: "a", method: "x"}, {server: "b", method: "x"}]) {
    if r.has("error") { if r.error.kind != "deadlock" { throw r.error }; set dead = dead + 1 }
  }
}
)", 2);
  EXPECT_EQ(threads.run_program(), "");
  threads.stop();
}

}  // namespace
}  // namespace relay
