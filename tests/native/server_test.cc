#include "native/server.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "native_fixture.h"

namespace relay::native {
namespace {

using namespace std::chrono_literals;

std::string shown(const std::vector<Value>& args) {
  std::string text;
  for (const Value& arg : args) text += (text.empty() ? "" : " ") + display(arg, Quotes::kQuoted);
  return text;
}

// Answers with its arguments as the handler sees them.
void add_echo(Stage& stage) {
  const DeclarationText text{"echo", "", {"two(a: number, b: optional(string))", "when(at: datetime)", "whole(o: object)"}};
  ASSERT_TRUE(stage.add(text, [](Invocation invocation, std::shared_ptr<OpenCall> call) {
    call->answer(std::to_string(invocation.method) + ": " + shown(invocation.args));
  }));
}

TEST(NativeServer, BindsArgumentsAsTheLanguageDoes) {
  Stage stage;
  add_echo(stage);
  EXPECT_EQ(stage.ask("echo.two", R"([1,"x"])"), R"(0: 1 "x")");
  EXPECT_EQ(stage.ask("echo.two", R"({"b":"x","a":1})"), R"(0: 1 "x")");
  EXPECT_EQ(stage.ask("echo.two", "[1]"), "0: 1 nil");
  EXPECT_EQ(stage.ask("echo.when", R"(["2024-01-01"])"), "1: 2024-01-01T00:00:00Z");
  EXPECT_EQ(stage.ask("echo.whole", R"({"x":1})"), "2: {x: 1}");
}

TEST(NativeServer, RefusesArgumentsInTheWordsOfTheLanguage) {
  Stage stage;
  add_echo(stage);
  EXPECT_EQ(stage.ask("echo.two"), "invalid_params (ran no): method 'echo.two': missing argument for parameter 'a'");
  EXPECT_EQ(stage.ask("echo.two", "[1,\"x\",2]"), "invalid_params (ran no): method 'echo.two' expects 1 to 2 arguments, got 3");
  EXPECT_EQ(stage.ask("echo.two", "[\"x\"]"),
            "invalid_params (ran no): method 'echo.two': parameter 'a' must be number, got string");
  EXPECT_EQ(stage.ask("echo.two", "{\"c\":1}"), "invalid_params (ran no): method 'echo.two' has no parameter 'c'");
  EXPECT_EQ(stage.ask("echo.three"), "method_not_found (ran no): method 'three' not found on server 'echo'");
}

TEST(NativeServer, NeverRunsInsideTheSendersCode) {
  Stage stage;
  add_echo(stage);
  const auto answer = stage.send("echo.two", "[1]");
  EXPECT_EQ(*answer, "");
  stage.loop.run();
  EXPECT_EQ(*answer, "0: 1 nil");
}

TEST(NativeServer, HandlesCallsInTheOrderSent) {
  Stage stage;
  std::string order;
  ASSERT_TRUE(stage.add({"s", "", {"m(c: string)"}}, [&](Invocation invocation, std::shared_ptr<OpenCall> call) {
    order += string::text(invocation.args[0]);
    call->answer("null");
  }));
  for (const char c : std::string("abcdef")) stage.send("s.m", std::string("[\"") + c + "\"]");
  stage.loop.run();
  EXPECT_EQ(order, "abcdef");
}

TEST(NativeServer, IsAnsweredLaterAndFromAnotherThread) {
  Stage stage;
  stage.add_keeper();
  const auto answer = stage.send("keeper.ask");
  stage.loop.run();
  EXPECT_EQ(*answer, "");
  EXPECT_FALSE(stage.servers.is_drained());
  stage.loop.as_foreign([&] { std::thread([&] { EXPECT_TRUE(stage.kept[0]->answer("1")); }).join(); });
  EXPECT_EQ(*answer, "") << "answered outside of a core";
  stage.loop.run();
  EXPECT_EQ(*answer, "1");
  EXPECT_TRUE(stage.servers.is_drained());
}

TEST(NativeServer, IsAnsweredOnce) {
  Stage stage;
  stage.add_keeper();
  const auto answer = stage.send("keeper.ask");
  stage.loop.run();
  EXPECT_TRUE(stage.kept[0]->answer("1"));
  EXPECT_FALSE(stage.kept[0]->answer("2"));
  EXPECT_EQ(*answer, "1");
}

TEST(NativeServer, TimesOutWhatItsHandlerKeeps) {
  Stage stage;
  stage.add_keeper();
  const auto late = stage.send("keeper.ask", "", 20s);
  stage.loop.run();
  const auto soon = stage.send("keeper.ask", "", 5s);
  stage.loop.run();
  stage.loop.advance(5s);
  EXPECT_EQ(*soon, "timeout (ran unknown): method 'keeper.ask' gave no answer before its deadline");
  EXPECT_EQ(*late, "");
  stage.loop.advance(15s);
  EXPECT_EQ(*late, "timeout (ran unknown): method 'keeper.ask' gave no answer before its deadline");
  EXPECT_FALSE(stage.kept[0]->answer("1"));
  EXPECT_TRUE(stage.servers.is_drained());
  stage.loop.advance(60s);
  EXPECT_EQ(stage.loop.timers(), 0U);
}

TEST(NativeServer, KeepsOneTimerForManyOpenCalls) {
  Stage stage;
  stage.add_keeper();
  for (int i = 1; i <= 100; ++i) stage.send("keeper.ask", "", i * 1s);
  stage.loop.run();
  EXPECT_EQ(stage.loop.timers(), 1U);
  for (const auto& call : stage.kept) call->answer("1");
  stage.loop.advance(100s);
  EXPECT_EQ(stage.loop.timers(), 0U);
}

TEST(NativeServer, DoesNotRunWhatIsTooLate) {
  Stage stage;
  stage.add_keeper();
  const auto answer = stage.send("keeper.ask", "", -1s);
  stage.loop.run();
  EXPECT_EQ(*answer, "timeout (ran no): method 'keeper.ask' did not run: its deadline passed before its turn");
  EXPECT_TRUE(stage.kept.empty());
}

TEST(NativeServer, RefusesCallsPastItsBound) {
  ActorLimits limits;
  limits.mailbox_messages = 2;
  Stage stage(limits);
  stage.add_keeper();
  const auto first = stage.send("keeper.ask");
  stage.loop.run();
  const auto second = stage.send("keeper.ask");
  EXPECT_EQ(*stage.send("keeper.ask"), "overloaded (ran no): mailbox of server 'keeper' is full");
  stage.kept[0]->answer("1");
  stage.send("keeper.ask");
  stage.loop.run();
  EXPECT_EQ(stage.kept.size(), 3U);
}

TEST(NativeServer, RefusesArgumentsPastItsBound) {
  ActorLimits limits;
  limits.mailbox_bytes = 1000;
  Stage stage(limits);
  ASSERT_TRUE(stage.add({"s", "", {"m(text: string)"}}, [](Invocation, std::shared_ptr<OpenCall> call) { call->answer("1"); }));
  const std::string large = "[\"" + std::string(600, 'x') + "\"]";
  const auto taken = stage.send("s.m", large);
  EXPECT_EQ(*stage.send("s.m", large), "overloaded (ran no): mailbox of server 's' is full");
  EXPECT_TRUE(stage.send("s.m", "[\"" + std::string(2000, 'x') + "\"]")->starts_with("too_large (ran no)"));
  stage.loop.run();
  EXPECT_EQ(*taken, "1");
}

TEST(NativeServer, LetsOthersWorkBetweenItsTurns) {
  Stage stage;
  int handled = 0;
  ASSERT_TRUE(stage.add({"s", "", {"m()"}}, [&](Invocation, std::shared_ptr<OpenCall> call) {
    ++handled;
    stage.loop.post([] {});
    call->answer("1");
    stage.loop.advance_clock(1ms);
  }));
  for (int i = 0; i < 3; ++i) stage.send("s.m");
  EXPECT_EQ(stage.loop.posted(), 1U);
  stage.loop.run();
  EXPECT_EQ(handled, 3);
}

TEST(NativeServer, ReportsFailuresThatNobodyWaitsFor) {
  Stage stage;
  stage.add_keeper();
  EXPECT_FALSE(stage.servers.notify(Stage::make("keeper.ask", "[\"x\"]")));
  EXPECT_FALSE(stage.servers.notify(Stage::make("keeper.ask")));
  const auto refused = stage.servers.notify(Stage::make("keeper.other"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, Errc::kMethodNotFound);
  stage.loop.run();
  ASSERT_EQ(stage.kept.size(), 1U);
  EXPECT_FALSE(stage.kept[0]->has_caller());
  Failure failure;
  failure.message = "broken";
  stage.kept[0]->answer(std::move(failure));
  const std::vector<std::string> expected = {"keeper.ask: method 'keeper.ask': parameter 'n' must be optional(number), got string",
                                             "keeper.ask: broken"};
  EXPECT_EQ(stage.unheard, expected);
}

}  // namespace
}  // namespace relay::native
