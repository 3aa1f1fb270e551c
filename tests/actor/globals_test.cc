#include "script_fixture.h"

namespace relay {
namespace {

TEST(ProgramVariables, AreReadAsTheyStoodWhenTheProgramLastSent) {
  Stage stage(R"(
set greeting = "one"
server s { receive fn hello() { greeting } }
print(message("s", "hello"))
set greeting = "two"
print(message("s", "hello"))
set greeting = "three"
)");
  EXPECT_EQ(stage.run_program(), "one\ntwo\n");
  EXPECT_EQ(stage.ask("s.hello"), R"("three")");
}

TEST(ProgramVariables, AHandlerSeesOneVersionFromBeginToEnd) {
  Stage stage(R"(
set n = 1
server s { receive fn twice() { set before = n; sleep(1); [before, n] } }
notify("s", "twice")
sleep(0.5)
set n = 2
print(message("s", "twice"))
)");
  stage.run_program();
  stage.advance(std::chrono::seconds(3));
  EXPECT_EQ(stage.output.take(), "[2, 2]\n");
}

TEST(ProgramVariables, AnUnsetVariableIsUndefinedForServersToo) {
  Stage stage(R"(
server s { receive fn get() { later } }
print(try { message("s", "get") } catch e { e.error })
set later = 5
print(message("s", "get"))
)");
  EXPECT_EQ(stage.run_program(), "undefined variable: later\n5\n");
}

TEST(ProgramVariables, AClosureIsTheServersOwnUntilTheVariableIsSetAnew) {
  Stage stage(R"(
fn make_counter(from) { set n = from; fn () { set n = n + 1; n } }
set tick = make_counter(0)
server one { receive fn go() { tick() } }
server two { receive fn go() { tick() } }
print(message("one", "go"), message("one", "go"), message("two", "go"), tick(), message("one", "go"))
set tick = make_counter(100)
print(message("one", "go"), message("two", "go"), tick())
)");
  EXPECT_EQ(stage.run_program(), "1 2 1 1 3\n101 101 101\n");
}

TEST(ProgramVariables, ChangesInPlaceArePublished) {
  Stage stage(R"(
set all = []
server s { receive fn length() { all.length() } }
for i in range(5) { set all = all.push(i); message("s", "length") }
print(message("s", "length"))
)");
  EXPECT_EQ(stage.run_program(), "5\n");
}

TEST(ProgramVariables, ATopLevelErrorEndsTheProgramWithIt) {
  Stage stage("set a = 1\nmessage(\"nobody\", \"x\")\nprint(\"never\")");
  EXPECT_EQ(stage.run_program(), "");
  EXPECT_EQ(stage.ended, "server_not_found: server 'nobody' not found");
}

TEST(ProgramVariables, ServersServeOnWhenTheProgramHasEnded) {
  Stage stage("set base = 10\nserver s { receive fn add(n) { base + n } }\n7");
  stage.run_program();
  EXPECT_EQ(stage.ended, "7");
  EXPECT_EQ(stage.ask("s.add", "[1]"), "11");
}

TEST(ProgramVariables, TopLevelCodeAndServersTakeTurns) {
  Stage stage(R"(
server s { state { n: number = 0 } receive fn up() { state.set("n", state.n + 1) } receive fn n() { state.n } }
notify("s", "up")
while message("s", "n") < 3 { notify("s", "up"); sleep(0.01) }
print("three")
)");
  stage.run_program();
  stage.advance(std::chrono::seconds(1));
  EXPECT_EQ(stage.output.take(), "three\n");
}

}  // namespace
}  // namespace relay
