#include "script_fixture.h"

namespace relay {
namespace {

const std::string kCounter = R"(
server counter {
  state { count: number = 0 }
  receive fn add(n: optional(number)) -> number { state.set("count", state.count + (n ?? 1)); state.count }
  receive fn fail_after(n: number) { state.set("count", n); throw {error: "no", n: n} }
  receive fn divide() { state.set("count", 99); 1 / 0 }
  receive fn keep_after_catch() { try { fail_after(5) } catch e { state.count } }
}
)";

TEST(Server, KeepsItsStateBetweenMessages) {
  Stage stage(kCounter);
  EXPECT_EQ(stage.ask("counter.add"), "1");
  EXPECT_EQ(stage.ask("counter.add", R"({"n": 5})"), "6");
  EXPECT_EQ(stage.ask("counter.add", "[4]"), "10");
}

TEST(Server, AFailedMessageLeavesNoTrace) {
  Stage stage(kCounter);
  EXPECT_EQ(stage.ask("counter.add"), "1");
  EXPECT_EQ(stage.ask("counter.fail_after", "[7]"), R"(application: {"error":"no","n":7})");
  EXPECT_EQ(stage.ask("counter.divide"), "arithmetic: division by zero");
  EXPECT_EQ(stage.ask("counter.add"), "2");
}

TEST(Server, ACaughtErrorKeepsTheChanges) {
  Stage stage(kCounter);
  EXPECT_EQ(stage.ask("counter.keep_after_catch"), "5");
  EXPECT_EQ(stage.ask("counter.add"), "6");
}

TEST(Server, RunsAProgramToItsEnd) {
  Stage stage(kCounter + "print(message(\"counter\", \"add\", 3)); 42");
  EXPECT_EQ(stage.run_program(), "3\n");
  EXPECT_EQ(stage.ended, "42");
}

}  // namespace
}  // namespace relay
