#include "native/servers.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "native_fixture.h"

namespace relay::native {
namespace {

TEST(NativeServers, PassOnWhatTheProgramServes) {
  Stage stage;
  stage.add_keeper();
  stage.send("scripted.m");
  stage.send("nobody.m");
  EXPECT_FALSE(stage.servers.notify(Stage::make("scripted.m")));
  EXPECT_EQ(stage.program.reached, (std::vector<std::string>{"scripted.m", "nobody.m", "notify scripted"}));
  EXPECT_TRUE(stage.servers.can_find("scripted"));
  EXPECT_TRUE(stage.servers.can_find("keeper"));
  EXPECT_FALSE(stage.servers.can_find("nobody"));
}

TEST(NativeServers, TakeANameOnce) {
  Stage stage;
  stage.add_keeper("a");
  const auto again = stage.add({"a", "", {}}, [](Invocation, std::shared_ptr<OpenCall>) {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::kDenied);
  EXPECT_EQ(again.error().detail, "this node has a server 'a' already");
  EXPECT_FALSE(stage.add({"scripted", "", {}}, [](Invocation, std::shared_ptr<OpenCall>) {}));
}

TEST(NativeServers, AreToldInTheOrderOfTheirNames) {
  Stage stage;
  stage.add_keeper("b");
  stage.add_keeper("a");
  const auto summaries = stage.servers.summaries();
  ASSERT_EQ(summaries.size(), 2U);
  EXPECT_EQ(summaries[0].name, "a");
  EXPECT_EQ(summaries[1].name, "b");
}

TEST(NativeServers, EndWhatIsOpenWhenOneIsRemoved) {
  Stage stage;
  stage.add_keeper();
  const auto open = stage.send("keeper.ask");
  stage.loop.run();
  const auto waiting = stage.send("keeper.ask");
  ASSERT_TRUE(stage.servers.remove("keeper"));
  EXPECT_FALSE(stage.servers.remove("keeper"));
  EXPECT_FALSE(stage.servers.remove("scripted"));
  EXPECT_FALSE(stage.servers.can_find("keeper"));
  stage.loop.run();
  EXPECT_EQ(*open, "unknown_outcome (ran unknown): method 'keeper.ask' gave no answer: the server stops");
  // Its turn came before its end.
  EXPECT_EQ(*waiting, "unknown_outcome (ran unknown): method 'keeper.ask' gave no answer: the server stops");
  stage.add_keeper();
  stage.send("keeper.ask");
  stage.loop.run();
  EXPECT_EQ(stage.kept.size(), 3U);
}

TEST(NativeServers, AnswerAllWhenTheyStop) {
  Stage stage;
  stage.add_keeper();
  const auto open = stage.send("keeper.ask");
  stage.loop.run();
  const auto waiting = stage.send("keeper.ask");
  stage.servers.stop();
  EXPECT_EQ(*open, "unknown_outcome (ran unknown): method 'keeper.ask' gave no answer: the server stops");
  EXPECT_EQ(*waiting, "shutting_down (ran no): method 'keeper.ask' did not run: the server stops");
  EXPECT_EQ(*stage.send("keeper.ask"), "shutting_down (ran no): server 'keeper' has stopped");
  EXPECT_FALSE(stage.add({"late", "", {}}, [](Invocation, std::shared_ptr<OpenCall>) {}));
  stage.loop.run();
  EXPECT_TRUE(stage.servers.is_drained());
  EXPECT_FALSE(stage.kept[0]->answer("1"));
}

TEST(NativeServers, RefuseOnlyOutsidersWhileTheNodeDrains) {
  Stage stage;
  stage.add_keeper();
  stage.servers.close();
  EXPECT_EQ(*stage.send("keeper.ask"), "shutting_down (ran no): the node shuts down");
  Call inside = Stage::make("keeper.ask");
  inside.caller = 1;
  stage.send(std::move(inside));
  stage.loop.run();
  EXPECT_EQ(stage.kept.size(), 1U);
}

TEST(NativeServers, AnswerThreadsThatAreNoCoresOnACore) {
  Stage stage;
  stage.add_keeper();
  std::shared_ptr<std::string> refused;
  std::shared_ptr<std::string> taken;
  stage.loop.as_foreign([&] {
    std::thread([&] {
      refused = stage.send("keeper.other");
      taken = stage.send("keeper.ask");
    }).join();
  });
  EXPECT_EQ(*refused, "");
  stage.loop.run();
  EXPECT_EQ(*refused, "method_not_found (ran no): method 'other' not found on server 'keeper'");
  EXPECT_EQ(stage.kept.size(), 1U);
}

TEST(NativeServers, LeaveNothingBehindWhenTheNodeEndsWhileOneIsRemoved) {
  std::shared_ptr<OpenCall> kept;
  std::shared_ptr<std::string> open;
  {
    Stage stage;
    stage.add_keeper();
    open = stage.send("keeper.ask");
    stage.loop.run();
    kept = stage.kept[0];
    ASSERT_TRUE(stage.servers.remove("keeper"));
    stage.servers.abandon();
    EXPECT_EQ(*open, "dropped");
  }
  EXPECT_FALSE(kept->answer("1"));
}

TEST(NativeServers, LeaveNothingBehindInCallsThatOutliveThem) {
  std::shared_ptr<OpenCall> kept;
  std::shared_ptr<std::string> open;
  std::shared_ptr<std::string> waiting;
  {
    Stage stage;
    stage.add_keeper();
    open = stage.send("keeper.ask");
    stage.loop.run();
    waiting = stage.send("keeper.ask");
    kept = stage.kept[0];
    stage.servers.abandon();
    EXPECT_EQ(*open, "dropped");
    EXPECT_EQ(*waiting, "dropped");
  }
  EXPECT_FALSE(kept->answer("1"));
}

}  // namespace
}  // namespace relay::native
