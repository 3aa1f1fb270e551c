#include "script_fixture.h"

namespace relay {
namespace {

TEST(Transaction, UndoesWritesToCapturedVariables) {
  Stage stage(R"(
fn make_counter() { set n = 0; fn (fail) { set n = n + 1; if fail { throw "no" }; n } }
set tick = make_counter()
server s {
  receive fn up() { tick(false) }
  receive fn fail() { tick(false); tick(true) }
}
print(message("s", "up"))
)");
  EXPECT_EQ(stage.run_program(), "1\n");
  EXPECT_EQ(stage.ask("s.fail"), R"(application: "no")");
  EXPECT_EQ(stage.ask("s.up"), "2");
}

TEST(Transaction, UndoesWritesInsideFunctionsKeptInState) {
  Stage stage(R"(
fn make_counter() { set n = 10; fn () { set n = n + 1; n } }
server s {
  state { next: any }
  receive fn begin() { state.set("next", make_counter()); nil }
  receive fn up() { state.next() }
  receive fn fail() { state.next(); state.next(); 1 / 0 }
}
)");
  EXPECT_EQ(stage.ask("s.begin"), "null");
  EXPECT_EQ(stage.ask("s.up"), "11");
  EXPECT_EQ(stage.ask("s.fail"), "arithmetic: division by zero");
  EXPECT_EQ(stage.ask("s.up"), "12");
}

TEST(Transaction, ChangesInPlaceDoNotReachTheCommittedState) {
  Stage stage(R"(
server s {
  state { log: [number] = [], books: object = {} }
  receive fn add(n: number) { state.set("log", state.log.push(n)); state.set("books", state.books.set("b" + string(n), n)); state.log.length() }
  receive fn fail() { add(100); add(101); throw "no" }
  receive fn all() { [state.log, state.books] }
}
)");
  for (int i = 1; i <= 3; ++i) EXPECT_EQ(stage.ask("s.add", "[" + std::to_string(i) + "]"), std::to_string(i));
  EXPECT_EQ(stage.ask("s.fail"), R"(application: "no")");
  EXPECT_EQ(stage.ask("s.all"), R"([[1,2,3],{"b1":1,"b2":2,"b3":3}])");
}

TEST(Transaction, AReplyThatIsTooLargeRollsBack) {
  Stage stage(R"(
server s {
  state { n: number = 0 }
  receive fn big() { state.set("n", 1); "x".repeat(1000) }
  receive fn throw_big() { state.set("n", 1); throw "x".repeat(1000) }
  receive fn n() { state.n }
}
)");
  CallStyle small;
  small.max_bytes = 100;
  const auto big = stage.send("s.big", "", small);
  const auto thrown = stage.send("s.throw_big", "", small);
  stage.run();
  EXPECT_EQ(big->only(), "too_large: the result of 's.big' is larger than 100 bytes");
  EXPECT_EQ(thrown->only(), "too_large: the thrown value is larger than 100 bytes");
  EXPECT_EQ(stage.ask("s.n"), "0");
}

TEST(Transaction, AResultThatCannotLeaveRollsBack) {
  Stage stage(R"(
server s {
  state { n: number = 0 }
  receive fn leak() { state.set("n", 1); fn () { state.n } }
  receive fn n() { state.n }
}
print(try { message("s", "leak") } catch e { [e.error, e.kind] }, message("s", "n"))
)");
  EXPECT_EQ(stage.run_program(), "[\"a function that uses the state of its server cannot leave it\", \"argument\"] 0\n");
}

TEST(Transaction, TheDefaultsAreEvaluatedByTheServerOnce) {
  Stage stage(R"(
fn answer() { print("asked"); 42 }
server s { state { n: number = answer(), m: number = 1, unset: any } receive fn get() { [state.n, state.m, state.unset] } }
)");
  EXPECT_EQ(stage.ask("s.get"), "[42,1,null]");
  EXPECT_EQ(stage.ask("s.get"), "[42,1,null]");
  EXPECT_EQ(stage.output.take(), "asked\n");
}

TEST(Transaction, AServerStartsWhereItIsDefined) {
  Stage stage(R"(
print("before")
server s { state { n: any = print("default") } receive fn get() { 1 } }
message("s", "get")
print("after")
)");
  EXPECT_EQ(stage.run_program(), "before\ndefault\nafter\n");
}

TEST(Transaction, EveryCallFailsWithTheErrorOfTheDefaults) {
  Stage stage(R"(server s { state { n: number = 1 / 0 } receive fn get() { state.n } })");
  EXPECT_EQ(stage.ask("s.get"), "arithmetic: division by zero");
  EXPECT_EQ(stage.ask("s.get"), "arithmetic: division by zero");
}

TEST(Transaction, DefaultsThatFailedOnceMaySucceedLater) {
  Stage stage(R"(
server gate { state { open: bool = false } receive fn open() { state.set("open", true) } receive fn pass() { if !state.open { throw "shut" }; 7 } }
server s { state { n: number = message("gate", "pass") } receive fn get() { state.n } }
)");
  EXPECT_EQ(stage.ask("s.get"), R"(application: "shut")");
  EXPECT_EQ(stage.ask("gate.open"), "true");
  EXPECT_EQ(stage.ask("s.get"), "7");
}

TEST(Transaction, AHeapOverItsLimitFailsTheMessageAndFreesWhatItMade) {
  ActorLimits limits;
  limits.heap_bytes = 1u << 20;
  Stage stage(R"(
server s {
  state { all: any = [] }
  receive fn fill() { for i in range(1000000) { state.set("all", state.all.push("number " + string(i))) } }
  receive fn size() { state.all.length() }
}
)", 1, limits);
  EXPECT_TRUE(stage.ask("s.fill").starts_with("limit: "));
  EXPECT_EQ(stage.ask("s.size"), "0");
}

}  // namespace
}  // namespace relay
