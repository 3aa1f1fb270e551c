#include "script_fixture.h"

namespace relay {
namespace {

struct Ended {
  std::string how;
  std::string output;
};

// Runs a program and then the first of its tests.
Ended run_test(const std::string& text) {
  auto source = std::make_shared<SourceFile>("test.rl", text);
  Stage stage(load_program(std::move(source), LastValue::kDropped, Tests::kTakenIn).program);
  stage.system->run_program(stage, stage.program().tests[0].function);
  stage.run();
  return {stage.ended, stage.output.take()};
}

TEST(ProgramActor, RunsAFunctionBehindTopLevelCode) {
  const Ended ended = run_test("set x = 3\nprint(\"top\")\ntest \"a\" { print(\"a\"); x + 1 }");
  EXPECT_EQ(ended.how, "4");
  EXPECT_EQ(ended.output, "top\na\n");
}

TEST(ProgramActor, RunsTheFunctionAfterTopLevelCodeThatReturnsOrWaits) {
  EXPECT_EQ(run_test("set x = 3\nif x > 2 { return 0 }\nset x = 4\ntest \"a\" { x }").how, "3");
  EXPECT_EQ(run_test("server s { receive fn f() { 5 } }\nset x = send s f {}\ntest \"a\" { x + send s f {} }").how, "10");
}

TEST(ProgramActor, DoesNotRunTheFunctionAfterAnError) {
  const Ended ended = run_test("test \"a\" { print(\"a\") }\nthrow \"no\"");
  EXPECT_EQ(ended.how, ": no");
  EXPECT_EQ(ended.output, "");
}

}  // namespace
}  // namespace relay
