#include <malloc.h>

#include "script_fixture.h"

namespace relay {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // slow, and its allocator tells nothing
#else
constexpr bool kSanitized = false;
#endif

// Bytes in use by this process's allocator.
std::size_t bytes_in_use() { return kSanitized ? 0 : mallinfo2().uordblks; }

TEST(Memory, AMillionClosureCyclesLeaveItFlat) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;  // ten thousand such cycles would fill it
  Stage stage(R"(
server s {
  receive fn cycle() { set f = fn (n) { if n == 0 { 0 } else { f(n - 1) } }; f(1) }
}
)", 1, limits);
  CallStyle patient;
  patient.timeout = std::chrono::hours(1);
  const auto send_many = [&](int count) {
    for (int done = 0; done < count; done += 1000) {
      std::vector<std::shared_ptr<Answers>> answers;
      for (int i = 0; i < 1000; ++i) answers.push_back(stage.send("s.cycle", "", patient));
      stage.run();
      for (const auto& answer : answers) ASSERT_EQ(answer->only(), "0");
    }
  };
  send_many(20'000);
  const std::size_t before = bytes_in_use();
  send_many(kSanitized ? 50'000 : 1'000'000);
  EXPECT_LT(bytes_in_use(), before + (1u << 20));
}

TEST(Memory, CyclesOfOneLongHandlerAreCollectedOnTheWay) {
  ActorLimits limits;
  limits.heap_bytes = 2u << 20;
  Stage stage(R"(
fn make_cycle() { set f = fn () { f }; f }
server s { receive fn cycles() { for i in range(100000) { make_cycle() }; "done" } }
)", 1, limits);
  EXPECT_EQ(stage.ask("s.cycles"), R"("done")");
}

TEST(Memory, TenThousandSleepingHandlersCostMemoryOnly) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    const std::string n = std::to_string(i);
    text += "server s" + n + " { receive fn nap() { sleep(10); " + n + " } }\n";
  }
  Stage stage(text);
  const std::size_t before = bytes_in_use();
  std::vector<std::shared_ptr<Answers>> answers;
  for (int i = 0; i < 10'000; ++i) answers.push_back(stage.send("s" + std::to_string(i) + ".nap"));
  stage.run();
  EXPECT_LT((bytes_in_use() - before) / 10'000, 4096u);
  EXPECT_EQ(answers[9'999]->only(), "no answer");
  stage.advance(std::chrono::seconds(11));
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(answers[static_cast<std::size_t>(i)]->only(), std::to_string(i));
}

TEST(Memory, ALargeStateDiesInSlices) {
  Stage stage(R"(
server s {
  state { all: any }
  receive fn fill() { state.set("all", range(300000).map(fn (i) { [i, "x" + string(i)] })); nil }
  receive fn drop() { state.set("all", nil); "dropped" }
}
server other { receive fn hi() { "hi" } }
)");
  EXPECT_EQ(stage.ask("s.fill"), "null");
  const auto drop = stage.send("s.drop");
  stage.cores[0]->run_round();
  (void)stage.system->ready_list(0).run_for(kActorSlice);
  EXPECT_EQ(drop->only(), R"("dropped")");
  // The server still frees; others are not kept waiting.
  const auto hi = stage.send("other.hi");
  stage.run(2);
  EXPECT_EQ(hi->only(), R"("hi")");
  stage.run();
}

TEST(Memory, AServerThatFillsItselfByShortMessagesIsRefusedMore) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
server s {
  state { all: any = [] }
  receive fn add() { state.set("all", state.all.push("x".repeat(10000))); state.all.length() }
  receive fn size() { state.all.length() }
  receive fn clear() { state.set("all", []); nil }
}
)", 1, limits);
  std::string answer;
  int added = 0;
  while ((answer = stage.ask("s.add")) == std::to_string(added + 1)) ASSERT_LT(++added, 200);
  EXPECT_EQ(answer, "limit: this server holds more than 1 MiB");
  EXPECT_GT(added, 90);
  EXPECT_EQ(stage.ask("s.size"), std::to_string(added)) << "what is full can be read";
  EXPECT_EQ(stage.ask("s.clear"), "null") << "and emptied";
  EXPECT_EQ(stage.ask("s.add"), "1");
}

TEST(Memory, CapturedVariablesOfAFullServerCanBeEmptied) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
fn make_log() { set all = []; fn (n) { set all = if n == 0 { [] } else { all.push("x".repeat(n)) }; all.length() } }
server s {
  state { log: any }
  receive fn begin() { state.set("log", make_log()); nil }
  receive fn add(n) { state.log(n) }
}
)", 1, limits);
  EXPECT_EQ(stage.ask("s.begin"), "null");
  int added = 0;
  while (stage.ask("s.add", "[10000]") == std::to_string(added + 1)) ASSERT_LT(++added, 200);
  EXPECT_GT(added, 90);
  EXPECT_EQ(stage.ask("s.add", "[0]"), "0");
  EXPECT_EQ(stage.ask("s.add", "[10000]"), "1");
}

TEST(Memory, DefaultsLargerThanAServerMayBeFail) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(server s { state { all: any = "x".repeat(2000000) } receive fn size() { state.all.length() } })", 1, limits);
  EXPECT_EQ(stage.ask("s.size"), "limit: this server holds more than 1 MiB");
}

TEST(Memory, AProgramThatWaitsBetweenItsChangesIsStoppedAtTheLimit) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
server s { receive fn f() { 1 } }
set all = []
for i in range(1000) { set all = all.push("x".repeat(10000)); send s f {} }
)", 1, limits);
  (void)stage.run_program();
  EXPECT_EQ(stage.ended, "limit: the program holds more than 1 MiB");
}

TEST(Memory, WhoCatchesTheLimitAndGoesOnIsStopped) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
server s {
  state { all: any = [], caught: number = 0 }
  receive fn hog() {
    set all = []
    while true { try { set all = all.push("x".repeat(1000)) } catch e { } }
  }
  receive fn careful() { try { hog_once() } catch e { e.kind } }
  fn hog_once() { set all = []; while true { set all = all.push("x".repeat(1000)) } }
}
)", 1, limits);
  EXPECT_EQ(stage.ask("s.hog"), "limit: this server holds more than 1 MiB");
  EXPECT_EQ(stage.ask("s.careful"), R"("limit")");
}

TEST(Memory, RepliesThatDoNotFitFailAlone) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
server s { receive fn f() { "x".repeat(100000) } }
set replies = message_all(range(100).map(fn (i) { {server: "s", method: "f"} }))
set failed = replies.filter(fn (r) { r.ok == nil })
print(replies.length(), failed.length() > 80 && failed.length() < 95, failed[0].error.error, failed[0].error.kind)
)", 1, limits);
  EXPECT_EQ(stage.run_program(), "100 true there is no memory left for this reply limit\n");
}

TEST(Memory, CyclesOfLargeValuesAreCollectedBeforeTheLimitIsReached) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
fn make_cycle() { set big = "x".repeat(100000); set f = nil; set f = fn () { [f, big] }; 1 }
server s {
  receive fn cycle() { make_cycle() }
  receive fn cycles() { for i in range(100) { make_cycle() }; "done" }
}
)", 1, limits);
  EXPECT_EQ(stage.ask("s.cycles"), R"("done")");
  for (int i = 0; i < 100; ++i) ASSERT_EQ(stage.ask("s.cycle"), "1");
}

}  // namespace
}  // namespace relay
