// What an actor makes of answers that come from another node: JSON text, failures with what was thrown as JSON.
#include <functional>
#include <map>

#include "script_fixture.h"

namespace relay {
namespace {

// Servers of which only the node "far" knows: calls to them are answered at once with what the test says, or kept.
class FarRouter final : public Router {
 public:
  explicit FarRouter(Router& local) : local_(local) {}

  void call(Call call) override {
    if (!call.server.starts_with("far.")) return local_.call(std::move(call));
    if (answers.count(call.method) != 0) return call.sink->answer(answers[call.method]());
    kept.push_back(std::move(call));
  }
  std::optional<Failure> notify(Call call) override { return local_.notify(std::move(call)); }
  [[nodiscard]] bool can_find(std::string_view server) const override { return local_.can_find(server); }

  std::map<std::string, std::function<Reply()>> answers;  // by method
  std::vector<Call> kept;

 private:
  Router& local_;
};

class RemoteReply : public ::testing::Test {
 protected:
  void load(const std::string& text) {
    stage = std::make_unique<Stage>(text);
    router = std::make_unique<FarRouter>(*stage->system);
    stage->system->route_through(*router);
  }
  void answer(const std::string& method, std::string json) {
    router->answers[method] = [json] { return Reply(json); };
  }
  void fail(const std::string& method, Errc code, std::string message, std::string thrown_json = "",
            std::string error_kind = "") {
    router->answers[method] = [=] {
      Failure failure;
      failure.code = code;
      failure.message = message;
      failure.thrown_json = thrown_json;
      failure.error_kind = error_kind;
      failure.where = std::make_unique<FailurePath>(FailurePath{"far", {"test_node", "far"}});
      return Reply(std::move(failure));
    };
  }

  std::unique_ptr<FarRouter> router;
  std::unique_ptr<Stage> stage;
};

TEST_F(RemoteReply, AResultIsReadFromItsJson) {
  load(R"(server a { receive fn f() { let_me(message("far.s", "m")) } fn let_me(o) { [o.n + 1, o.list.length()] } })");
  answer("m", R"({"n":41,"list":[1,2,3]})");
  EXPECT_EQ(stage->ask("a.f"), "[42,3]");
}

constexpr const char* kCatches = R"(
server near {
  receive fn throws() { throw {code: 4, deep: [nil, true]} }
  receive fn throws_text() { throw "no" }
  receive fn divides() { 1 / 0 }
}
server a {
  receive fn f(s, m) { try { message(s, m) } catch e { e } }
  receive fn kind(s, m) { try { message(s, m) } catch e { [e.error, e.kind] } }
  receive fn passes(s, m) { message(s, m) }
}
)";

TEST_F(RemoteReply, WhatWasThrownThereIsCaughtAsIfItWereThrownHere) {
  load(kCatches);
  fail("throws", Errc::kApplication, "4", R"({"code":4,"deep":[null,true]})");
  fail("throws_text", Errc::kApplication, "no", R"("no")");
  EXPECT_EQ(stage->ask("a.f", R"(["far.near","throws"])"), stage->ask("a.f", R"(["near","throws"])"));
  EXPECT_EQ(stage->ask("a.f", R"(["far.near","throws"])"), R"({"code":4,"deep":[null,true]})");
  EXPECT_EQ(stage->ask("a.f", R"(["far.near","throws_text"])"), R"("no")");
}

TEST_F(RemoteReply, WhatWasThrownThereAndNotCaughtGoesOnAsItIs) {
  load(kCatches);
  fail("throws", Errc::kApplication, "4", R"({"code":4})");
  EXPECT_EQ(stage->ask("a.passes", R"(["far.near","throws"])"), R"(application: {"code":4})");
}

TEST_F(RemoteReply, ARuntimeErrorThereHasItsKindAndSentenceHere) {
  load(kCatches);
  fail("divides", Errc::kRuntime, "division by zero", "", "arithmetic");
  EXPECT_EQ(stage->ask("a.kind", R"(["far.near","divides"])"), stage->ask("a.kind", R"(["near","divides"])"));
  EXPECT_EQ(stage->ask("a.kind", R"(["far.near","divides"])"), R"(["division by zero","arithmetic"])");
}

TEST_F(RemoteReply, AnyOtherFailureHasTheNameOfItsCodeAsKind) {
  load(kCatches);
  for (const Errc code : {Errc::kTimeout, Errc::kUnknownNode, Errc::kNoRoute, Errc::kUnreachable, Errc::kTtlExceeded,
                          Errc::kDeadlock, Errc::kOverloaded, Errc::kUnknownOutcome, Errc::kMethodNotFound}) {
    fail("m", code, "why not");
    EXPECT_EQ(stage->ask("a.kind", R"(["far.s","m"])"), R"(["why not",")" + std::string(name(code)) + R"("])");
  }
}

TEST_F(RemoteReply, WhatIsNotJsonIsAnErrorOfTheCall) {
  load(kCatches);
  answer("broken", "{");
  fail("throws_broken", Errc::kApplication, "?", "{");
  EXPECT_EQ(stage->ask("a.kind", R"(["far.s","broken"])"),
            R"(["the reply is not JSON: expected a key in quotes, found the end at byte 1","internal"])");
  EXPECT_EQ(stage->ask("a.kind", R"(["far.s","throws_broken"])"),
            R"(["the thrown value is not JSON: expected a key in quotes, found the end at byte 1","internal"])");
}

constexpr const char* kAll = R"(
server near { receive fn ok() { "near" } }
server a { receive fn f() { message_all([
  {server: "far.s", method: "json"}, {server: "near", method: "ok"}, {server: "far.s", method: "throws"},
  {server: "far.s", method: "fails"}, {server: "far.s", method: "slow"}]).map(fn (r) { r.get("ok") ?? r.error }) } }
)";

TEST_F(RemoteReply, PartsOfManyAreAnsweredAtOnceOrLaterEachForItself) {
  load(kAll);
  answer("json", R"([1])");
  fail("throws", Errc::kApplication, "t", R"({"t":1})");
  router->answers["fails"] = [] { return Reply(Failure{.code = Errc::kApplication}); };
  const auto answers = stage->send("a.f");
  stage->run();
  EXPECT_EQ(answers->only(), "no answer");
  ASSERT_EQ(router->kept.size(), 1u);
  router->kept[0].sink->answer(Reply(std::string(R"({"late":true})")));
  stage->run();
  EXPECT_EQ(answers->only(),
            R"([[1],"near",{"t":1},{"error":"","kind":"application","line":3},{"late":true}])");
}

}  // namespace
}  // namespace relay
