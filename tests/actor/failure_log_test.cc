#include "actor/failure_log.h"

#include <algorithm>
#include <sstream>

#include "script_fixture.h"

namespace relay {
namespace {

constexpr std::string_view kServers = R"(
server a {
  receive fn divide(n) { n / 0 }
  receive fn fail(n) { throw n }
  receive fn flood(times) { for i in range(0, times) { notify("b", "divide", i) } }
}
server b { receive fn divide(n) { n / 0 } }
)";

// The lines that `act` writes to the log, without their time.
template <typename F>
std::vector<std::string> logged(F act) {
  testing::internal::CaptureStderr();
  act();
  std::vector<std::string> lines;
  std::istringstream text(testing::internal::GetCapturedStderr());
  for (std::string line; std::getline(text, line);) lines.push_back(line.substr(line.find("handler")));
  return lines;
}

void notify(Stage& stage, const std::string& server, const std::string& method) {
  Call call;
  call.server = server;
  call.method = method;
  call.args = json_args("[1]");
  call.source = ArgsSource::kJson;
  call.deadline = stage.clock.now() + std::chrono::seconds(30);
  stage.system->call(std::move(call));
}

void notify_often(Stage& stage, int times, const std::string& server, const std::string& method) {
  for (int i = 0; i < times; ++i) notify(stage, server, method);
  stage.run();
}

constexpr std::string_view kFirst =
    R"(handler failed server=a method=divide kind=arithmetic error="division by zero" file=test.rl line=3)";

TEST(FailureLog, SaysTheFirstFailureAtOnceAndCountsTheRest) {
  Stage stage{std::string(kServers)};
  EXPECT_EQ(logged([&] { notify_often(stage, 100, "a", "divide"); }), std::vector<std::string>{std::string(kFirst)});
  EXPECT_EQ(logged([&] { stage.advance(std::chrono::seconds(2)); }),
            std::vector<std::string>{"handlers failed again server=a kind=arithmetic times=99"});
}

TEST(FailureLog, SaysOnceASecondHowOftenItGoesOn) {
  Stage stage{std::string(kServers)};
  const auto lines = logged([&] {
    for (int half_second = 0; half_second < 7; ++half_second) {
      notify_often(stage, 10, "a", "divide");
      stage.advance(std::chrono::milliseconds(500));
    }
    stage.advance(std::chrono::seconds(2));
  });
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[0], kFirst);
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("handlers failed again"); }), 4);
}

TEST(FailureLog, SaysAFailureAfterASecondWithoutAnyInFull) {
  Stage stage{std::string(kServers)};
  const auto lines = logged([&] {
    notify_often(stage, 1, "a", "divide");
    stage.advance(std::chrono::seconds(3));
    notify_often(stage, 1, "a", "divide");
  });
  EXPECT_EQ(lines, (std::vector<std::string>{std::string(kFirst), std::string(kFirst)}));
  stage.advance(std::chrono::seconds(3));
  EXPECT_EQ(stage.cores[0]->timer_count(), 0u);
}

TEST(FailureLog, KeepsServersAndKindsApart) {
  Stage stage{std::string(kServers)};
  const auto lines = logged([&] {
    notify_often(stage, 1, "a", "divide");
    notify_often(stage, 1, "a", "fail");
    notify_often(stage, 1, "b", "divide");
    notify_often(stage, 1, "a", "nothing");
  });
  EXPECT_EQ(lines.size(), 4u);
}

TEST(FailureLog, CountsNamesThatNoServerHasTogether) {
  Stage stage{std::string(kServers)};
  const auto lines = logged([&] {
    for (int i = 0; i < 50; ++i) notify(stage, "nobody" + std::to_string(i), "f");
    stage.advance(std::chrono::seconds(2));
  });
  EXPECT_EQ(lines, (std::vector<std::string>{
                       R"(handler failed server=nobody0 method=f kind=server_not_found error="server 'nobody0' not found")",
                       "handlers failed again server=* kind=server_not_found times=49"}));
}

TEST(FailureLog, BoundsTheNotificationsOfServersToo) {
  Stage stage{std::string(kServers)};
  const auto lines = logged([&] { stage.ask("a.flood", "[1000]"); });
  EXPECT_EQ(lines.size(), 1u);
}

TEST(FailureLog, TellsWhoAsksOfEachFailure) {
  Stage stage{std::string(kServers)};
  std::vector<std::string> told;
  stage.system->when_unheard_fails([&told](WaitGraph::Place place, const Failure& failure) {
    told.push_back(std::string(place.server) + "." + std::string(place.method) + ": " + failure.message);
  });
  const auto lines = logged([&] { notify_often(stage, 3, "a", "divide"); });
  EXPECT_EQ(lines.size(), 1u);
  EXPECT_EQ(told, std::vector<std::string>(3, "a.divide: division by zero"));
  const auto no_lines = logged([&] { stage.ask("a.divide", "[1]"); });
  EXPECT_EQ(no_lines.size(), 0u);
  EXPECT_EQ(told.size(), 3u);
}

TEST(FailureLog, SaysWhatItHasCountedWhenTheNodeEnds) {
  EXPECT_EQ(logged([&] {
              Stage stage{std::string(kServers)};
              notify_often(stage, 3, "a", "divide");
            }).back(),
            "handlers failed again server=a kind=arithmetic times=2");
}

}  // namespace
}  // namespace relay
