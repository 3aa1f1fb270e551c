#include "node/call_router.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relay::node {
namespace {

// The servers of this node: notes what reaches it.
class LocalServers final : public LocalRouter {
 public:
  void call(Call call) override { reached.push_back(call.server + "." + call.method); }
  std::optional<Failure> notify(Call call) override {
    reached.push_back("notify " + call.server);
    return std::nullopt;
  }
  bool can_find(std::string_view server) const override { return server == "counter"; }
  std::optional<Failure> leave(Call&) override { return std::nullopt; }

  std::vector<std::string> reached;
};

class FailureSink final : public ReplySink {
 public:
  explicit FailureSink(Failure& failure) : failure_(failure) {}
  Form form() const override { return Form::kValue; }
  void answer(Reply reply) override { failure_ = std::move(std::get<Failure>(reply)); }

 private:
  Failure& failure_;
};

struct CallRouterTest : testing::Test {
  LocalServers local;
  CallRouter router{local, "node.one"};

  static Call to(std::string node, std::string server) {
    Call call;
    call.node = std::move(node);
    call.server = std::move(server);
    call.method = "get";
    return call;
  }
};

TEST_F(CallRouterTest, TakesAPlainNameForAServerOfThisNode) {
  router.call(to("", "counter"));
  EXPECT_EQ(local.reached, std::vector<std::string>{"counter.get"});
}

TEST_F(CallRouterTest, TakesItsOwnIdForThisNode) {
  router.call(to("node.one", "counter"));
  router.call(to("", "node.one.counter"));
  EXPECT_EQ(local.reached, (std::vector<std::string>{"counter.get", "counter.get"}));
}

TEST_F(CallRouterTest, AnswersACallForAnotherNodeAsUnknown) {
  Failure failure;
  Call call = to("node.two", "counter");
  call.sink = std::make_unique<FailureSink>(failure);
  router.call(std::move(call));
  EXPECT_EQ(failure.code, Errc::kUnknownNode);
  EXPECT_EQ(failure.message, "node 'node.two' is unknown");
  EXPECT_EQ(failure.ran, Ran::kNo);
  EXPECT_TRUE(local.reached.empty());
}

TEST_F(CallRouterTest, DropsACallForAnotherNodeThatNobodyWaitsFor) {
  router.call(to("elsewhere", "counter"));
  EXPECT_TRUE(local.reached.empty());
}

TEST_F(CallRouterTest, SendsNotificationsTheSameWay) {
  EXPECT_FALSE(router.notify(to("", "counter")));
  EXPECT_FALSE(router.notify(to("", "node.one.counter")));
  const auto failure = router.notify(to("", "elsewhere.counter"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, Errc::kUnknownNode);
  EXPECT_EQ(local.reached, (std::vector<std::string>{"notify counter", "notify counter"}));
}

TEST_F(CallRouterTest, FindsOnlyServersOfThisNode) {
  EXPECT_TRUE(router.can_find("counter"));
  EXPECT_TRUE(router.can_find("node.one.counter"));
  EXPECT_FALSE(router.can_find("nobody"));
  EXPECT_FALSE(router.can_find("node.one.nobody"));
  EXPECT_FALSE(router.can_find("elsewhere.counter"));
}

}  // namespace
}  // namespace relay::node
