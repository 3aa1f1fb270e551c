// What a mesh does with messages that come, by type and by what is wrong with them.
#include <gtest/gtest.h>

#include "mesh/call_message.h"
#include "mesh/mesh_fixture.h"
#include "mesh/mesh_limits.h"
#include "value/json_reader.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kCall = R"({"response_id":"r1","call":{"server_name":"counter","method":"add"}})";

std::string call_of(std::string_view from, std::string_view to = "m", std::string_view more = "") {
  return MeshFixture::message("server_call", from, kCall, to, more);
}

TEST(MeshMessages, IgnoresTheRestOfAFrameThatHasClosedItsLink) {
  MeshFixture node;
  FarPeer& b = node.link("b");
  std::string frame = "[";
  for (int i = 0; i < kMaxFaults; ++i) frame += MeshFixture::message("ping", "else", "{}") + ",";
  b.send(frame + call_of("b") + "]");
  node.settle();
  EXPECT_TRUE(node.local.calls.empty());
  ASSERT_FALSE(b.closes.empty());
  EXPECT_TRUE(b.closes[0].starts_with("close 1008")) << b.closes[0];
}

TEST(MeshMessages, TellsTheOriginOfAFaultInsideAForwardedMessageAndHoldsNothingAgainstThePeer) {
  Behind node;
  FarPeer& c = node.link("c");
  const std::string fault = R"({"type":"ping","id":"f1","from":"x","to":"m","ttl":-1,"data":{}})";
  for (int i = 0; i < 2 * kMaxFaults; ++i) c.send(MeshFixture::wrapped("c", fault));
  node.settle();
  const auto errors = node.b.received(MessageType::kError);
  ASSERT_EQ(errors.size(), static_cast<std::size_t>(2 * kMaxFaults));
  EXPECT_EQ(parse_envelope(errors[0]).value().to, "x");
  EXPECT_TRUE(says(errors[0], R"("about":"f1")") && says(errors[0], "'ttl'")) << errors[0];
  EXPECT_TRUE(c.received(MessageType::kError).empty());
  EXPECT_TRUE(c.closes.empty());
  EXPECT_TRUE(says(node.mesh.health_json(), R"("bad_inside":10)")) << node.mesh.health_json();
}

TEST(MeshMessages, SendsFewErrorsASecondForTheFaultsOfOneLink) {
  Behind node;
  for (int i = 0; i < 5 * kErrorsPerSecond; ++i) {
    node.b.send(MeshFixture::wrapped("b", R"({"from":"x","to":"m","type":7})"));
  }
  node.settle();
  EXPECT_EQ(node.b.received(MessageType::kError).size(), static_cast<std::size_t>(kErrorsPerSecond));
}

TEST(MeshMessages, TellsTheOriginThatATypeIsUnknown) {
  Behind node;
  node.b.send(MeshFixture::wrapped("b", MeshFixture::message("weather", "x", "{}")));
  node.settle();
  const auto errors = node.b.received(MessageType::kError);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(parse_envelope(errors[0]).value().to, "x");
}

TEST(MeshMessages, AnswersACallWhoseRouteNamesThisNode) {
  Behind node;
  FarPeer& c = node.link("c");
  c.send(MeshFixture::wrapped("c", call_of("c", "x", R"(,"route":["c","m"])")));
  node.settle();
  const auto replies = c.received(MessageType::kServerResponse);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(says(replies[0], R"("kind":"no_route")") && says(replies[0], R"("ran":"no")")) << replies[0];
  EXPECT_TRUE(says(node.mesh.health_json(), R"("loops":1)"));
}

TEST(MeshMessages, RefusesARouteThatCannotNameOneMore) {
  Behind node;
  FarPeer& c = node.link("c");
  std::string route = R"("n0")";
  for (int i = 1; i < kMaxTtl; ++i) route += R"(,"n)" + std::to_string(i) + '"';
  c.send(MeshFixture::wrapped("c", call_of("c", "x", R"(,"route":[)" + route + "]")));
  node.settle();
  const auto replies = c.received(MessageType::kServerResponse);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(says(replies[0], R"("kind":"ttl_exceeded")")) << replies[0];
  EXPECT_TRUE(node.b.received(MessageType::kServerCall).empty());
}

TEST(MeshMessages, ClampsAnEndlessTtl) {
  Behind node;
  FarPeer& c = node.link("c");
  for (const char* ttl : {"1000000000", "1e300"}) {
    c.send(MeshFixture::wrapped("c", call_of("c", "x", std::string(R"(,"ttl":)") + ttl)));
    node.settle();
    const auto calls = node.b.received(MessageType::kServerCall);
    ASSERT_EQ(calls.size(), 1u) << ttl;
    EXPECT_EQ(parse_envelope(calls[0]).value().ttl, kMaxTtl - 1);
    node.b.send(MeshFixture::wrapped(
        "b", MeshFixture::message("server_response", "x", R"({"response_id":"r1","success":true})", "c")));
    node.settle();
  }
}

TEST(MeshMessages, SendsACallAnotherWayWhileTheLinkToItsTargetCloses) {
  MeshFixture node;
  FarPeer& x = node.link("x");
  FarPeer& b = node.link("b");
  b.send(MeshFixture::news("b", "b", R"("inc":7,"seq":1)", R"("m":1024,"x":1024)"));
  x.send(MeshFixture::news("x", "x", R"("inc":7,"seq":1)", R"("m":1024,"b":1024)"));
  node.settle();
  for (int i = 0; i < kMaxFaults; ++i) x.send("junk");
  node.settle();
  ASSERT_FALSE(x.closes.empty());
  ASSERT_FALSE(x.is_closed()) << "it waits for the answer to its close frame";
  b.received();
  const auto ending = node.call("x");
  EXPECT_TRUE(ending->is_open());
  EXPECT_EQ(b.received(MessageType::kServerCall).size(), 1u);
}

TEST(MeshMessages, CountsNotificationsThatTheirLinkDidNotSend) {
  MeshFixture node;
  FarPeer& x = node.link("x");
  node.settle();
  x.wire()->write_room = 0;
  node.notify("x");
  node.notify("x");
  x.hang_up();
  node.settle();
  EXPECT_TRUE(says(node.mesh.health_json(), R"("lost_notifications":2)")) << node.mesh.health_json();
}

TEST(MeshMessages, SaysOfASentCallThatItsOutcomeIsUnknownWhenTheNodeShutsDown) {
  MeshFixture node;
  node.link("x");
  const auto ending = node.call("x");
  node.mesh.stop([] {});
  node.pass(2s);
  ASSERT_TRUE(ending->failure.has_value());
  EXPECT_EQ(ending->failure->code, Errc::kUnknownOutcome);
  EXPECT_EQ(ending->failure->ran, Ran::kUnknown);
}

TEST(MeshMessages, SaysOfACallThatWasNotSentThatTheNodeShutsDown) {
  MeshFixture node;
  FarPeer& x = node.link("x");
  node.settle();
  x.wire()->write_room = 0;
  const auto sent_too_late = node.call("x");
  node.mesh.stop([] {});
  const auto made_too_late = node.call("x");
  node.pass(2s);
  for (const auto& ending : {sent_too_late, made_too_late}) {
    ASSERT_TRUE(ending->failure.has_value());
    EXPECT_EQ(ending->failure->code, Errc::kShuttingDown);
    EXPECT_EQ(ending->failure->ran, Ran::kNo);
  }
}

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

TEST(MeshMessages, RefusesToSendArgumentsThatAReceiverWouldNotRead) {
  MeshFixture node;
  FarPeer& x = node.link("x");
  const auto fits = node.call("x", nested(kMaxJsonDepth));
  EXPECT_TRUE(fits->is_open());
  const auto calls = x.received(MessageType::kServerCall);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_TRUE(parse_call(parse_envelope(calls[0]).value().data).has_value());
  for (const std::size_t levels : {kMaxJsonDepth + 1, std::size_t{100'000}}) {
    const auto ending = node.call("x", nested(levels));
    ASSERT_TRUE(ending->failure.has_value());
    EXPECT_EQ(ending->failure->code, Errc::kInvalidParams);
    EXPECT_EQ(ending->failure->ran, Ran::kNo);
    EXPECT_TRUE(says(ending->failure->message, "nested deeper than 128 levels")) << ending->failure->message;
  }
}

TEST(MeshMessages, AnswersAReplyThatIsNestedTooDeepByAFailure) {
  MeshFixture node;
  FarPeer& x = node.link("x");
  x.received();
  for (const std::size_t levels : {kMaxJsonDepth, kMaxJsonDepth + 1}) {
    x.send(MeshFixture::message("server_call", "x",
                                R"({"response_id":"d)" + std::to_string(levels) +
                                    R"(","call":{"server_name":"counter","method":"add"}})"));
    node.settle();
    node.local.answer(nested(levels));
    node.settle();
    const auto replies = x.received(MessageType::kServerResponse);
    ASSERT_EQ(replies.size(), 1u);
    const auto response = parse_response(parse_envelope(replies[0]).value().data);
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->success, levels == kMaxJsonDepth);
    if (response->success) continue;
    EXPECT_EQ(response->failure.code, Errc::kTooLarge);
    EXPECT_EQ(response->failure.ran, Ran::kYes);
  }
}

TEST(MeshMessages, MeansTheNodeOfAnIdAlsoWhenAnOperatorHasGivenItsNameToAnother) {
  Behind node;
  ASSERT_TRUE(node.mesh.add_peer("x", "elsewhere:1").has_value());
  node.settle();
  FarPeer& other = node.answer_dial("other");
  other.received();
  node.b.received();
  const auto ending = node.call("x");
  EXPECT_TRUE(other.received(MessageType::kServerCall).empty());
  const auto calls = node.b.received(MessageType::kServerCall);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(parse_envelope(calls[0]).value().to, "x");
}

}  // namespace
}  // namespace relay::mesh
