// Calls of another node keep to their deadline, and their answer says whether the method ran.
#include "nodes_fixture.h"

namespace relay {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kCallee = R"(
server b { state { n: number = 0 } receive fn nap() { state.set("n", 1); try { sleep(60) } catch e { "caught" } } receive fn n() { state.n } }
)";

TEST(RemoteDeadline, StopsAHandlerAndRollsItBack) {
  Nodes nodes;
  nodes.add("n1", R"(server a { receive fn x() { try { send "n2.b" nap {} within 1 } catch e { e.kind } } })");
  nodes.add("n2", kCallee);
  const auto a = nodes.send("n1", "a.x");
  nodes.advance(milliseconds(1100));
  EXPECT_EQ(a->only(), R"("timeout")");
  EXPECT_EQ(nodes.ask("n2", "b.n"), "0");
}

// A call as it comes from another node, where an actor waits for it.
std::shared_ptr<Answers> arrive(Stage& stage, const std::string& method, std::uint64_t number, Duration left) {
  auto answers = std::make_shared<Answers>();
  Call call;
  call.server = "b";
  call.method = method;
  call.source = ArgsSource::kJson;
  call.deadline = stage.clock.now() + left;
  call.chain = std::make_shared<const std::vector<ChainEntry>>(std::vector<ChainEntry>{{"n1", "a", "x", number}});
  call.sink = std::make_unique<AnswersSink>(answers, ReplySink::Form::kJson, SIZE_MAX);
  stage.system->call(std::move(call));
  return answers;
}

TEST(RemoteDeadline, TheAnswerSaysWhetherItRan) {
  Stage stage(kCallee, 1, {}, "n2");
  const auto first = arrive(stage, "nap", 1, seconds(3));
  const auto second = arrive(stage, "n", 2, seconds(2));
  stage.advance(seconds(4));
  EXPECT_EQ(first->only(), "timeout: method 'b.nap' was stopped: its deadline passed");
  EXPECT_EQ(first->ran, Ran::kYes);
  EXPECT_EQ(second->only(), "timeout: method 'b.n' did not run: its deadline passed before its turn");
  EXPECT_EQ(second->ran, Ran::kNo);
}

TEST(RemoteDeadline, ACallThatIsOverLeavesNothingBehind) {
  Stage stage(kCallee, 1, {}, "n2");
  for (int round = 0; round < 2; ++round) {
    const auto nap = arrive(stage, "nap", 1, seconds(1));
    stage.advance(seconds(2));
    EXPECT_EQ(nap->only(), "timeout: method 'b.nap' was stopped: its deadline passed");
  }
  EXPECT_EQ(stage.ask("b.n"), "0");
}

}  // namespace
}  // namespace relay
