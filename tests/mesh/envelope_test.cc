#include "mesh/envelope.h"

#include <gtest/gtest.h>

#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

using Nodes = std::vector<std::string>;

// A message with these members besides type, from and to.
std::string message(const std::string& members) {
  return R"({"type":"ping","from":"a","to":"b")" + (members.empty() ? "" : "," + members) + "}";
}

// Why `text` is refused; "" when it is not.
std::string envelope_fault(std::string_view text) {
  const Result<Envelope> read = parse_envelope(text);
  return read ? "" : read.error().detail;
}

std::string forwarded(std::string_view text, const Nodes& route, int ttl) {
  const Result<Envelope> read = parse_envelope(text);
  if (!read) return read.error().detail;
  std::string out;
  append_forwarded(out, *read, route, ttl);
  return out;
}

TEST(Envelope, ReadsEveryField) {
  const std::string text =
      R"( {"type":"server_call","id":"a-1","from":"node1","to":"node2","data":{"call":{"x":[1]}},)"
      R"("timestamp":"2024-01-01T12:00:00Z","route":["node1" , "n.2"] ,"ttl": 7 ,"reply_to":"node1"} )";
  const Result<Envelope> read = parse_envelope(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->type, MessageType::kServerCall);
  EXPECT_EQ(read->type_name, "server_call");
  EXPECT_EQ(read->id, "a-1");
  EXPECT_EQ(read->from, "node1");
  EXPECT_EQ(read->to, "node2");
  EXPECT_EQ(read->data, R"({"call":{"x":[1]}})");
  EXPECT_EQ(read->route, (Nodes{"node1", "n.2"}));
  EXPECT_EQ(read->route_text, R"(["node1" , "n.2"])");
  EXPECT_EQ(read->ttl, 7);
  EXPECT_TRUE(read->has_ttl);
  EXPECT_EQ(read->ttl_text, "7");
  EXPECT_EQ(read->text, text.substr(1, text.size() - 2));
}

TEST(Envelope, NeedsOnlyTypeAndBothEnds) {
  const std::string text = message("");
  const Result<Envelope> read = parse_envelope(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->type, MessageType::kPing);
  EXPECT_EQ(read->id, "");
  EXPECT_FALSE(read->has_ttl);
  EXPECT_TRUE(read->data.empty());
  EXPECT_TRUE(read->route_text.empty());
  EXPECT_TRUE(read->ttl_text.empty());
}

TEST(Envelope, TakesNullForAFieldThatMayBeMissing) {
  const std::string text =
      message(R"("id":null,"data":null,"timestamp":null,"route":null,"ttl":null,"reply_to":null)");
  const Result<Envelope> read = parse_envelope(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->id, "");
  EXPECT_TRUE(read->data.empty());
  EXPECT_FALSE(read->has_ttl);
  EXPECT_EQ(read->route, Nodes{});
}

TEST(Envelope, IgnoresUnknownMembersAndLetsTheLastOfADuplicateWin) {
  const std::string text = message(R"("x":{"ttl":[1]},"ttl":3,"to":"c","ttl":4,"route":["x"],"route":["y"])");
  const Result<Envelope> read = parse_envelope(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->to, "c");
  EXPECT_EQ(read->ttl, 4);
  EXPECT_EQ(read->route, Nodes{"y"});
}

TEST(Envelope, ReadsEscapesInFields) {
  const std::string text = R"({"t\u0079pe":"pi\u006eg","id":"\"1\"","from":"\u0061","to":"b"})";
  const Result<Envelope> read = parse_envelope(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->type, MessageType::kPing);
  EXPECT_EQ(read->id, "\"1\"");
  EXPECT_EQ(read->from, "a");
}

TEST(Envelope, KnowsEveryTypeByItsName) {
  for (const MessageType type :
       {MessageType::kPing, MessageType::kPong, MessageType::kServerCall, MessageType::kServerResponse,
        MessageType::kRegistrySync, MessageType::kRouteMessage, MessageType::kProbe, MessageType::kError}) {
    std::string text;
    append_envelope(text, {.type = name(type), .from = "a", .to = "b"}, "{}");
    const Result<Envelope> read = parse_envelope(text);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->type, type) << name(type);
  }
  EXPECT_EQ(name(MessageType::kOther), "other");
  const Result<Envelope> other = parse_envelope(R"({"type":"chat","from":"a","to":"b"})");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->type, MessageType::kOther);
  EXPECT_EQ(other->type_name, "chat");
}

TEST(Envelope, NamesTheFieldThatIsMissing) {
  EXPECT_EQ(envelope_fault("{}"), "field 'type' is missing");
  EXPECT_EQ(envelope_fault(R"({"type":"ping","to":"b"})"), "field 'from' is missing");
  EXPECT_EQ(envelope_fault(R"({"type":"ping","from":"b"})"), "field 'to' is missing");
}

TEST(Envelope, NamesTheFieldThatIsWrong) {
  const std::string node_rule =
      "must be the name of a node: 1 to 64 of A-Z, a-z, 0-9, '_', '.', '-', and not rpc";
  EXPECT_EQ(envelope_fault(R"({"type":7})"), "field 'type' must be a string, got a number");
  EXPECT_EQ(envelope_fault(R"({"type":null})"), "field 'type' must be a string, got null");
  EXPECT_EQ(envelope_fault(R"({"type":""})"), "field 'type' must not be empty");
  EXPECT_EQ(envelope_fault(message(R"("from":["a"])")),
            "field 'from' must be the name of a node, got an array");
  EXPECT_EQ(envelope_fault(message(R"("from":"")")), "field 'from' " + node_rule);
  EXPECT_EQ(envelope_fault(message(R"("to":"a b")")), "field 'to' " + node_rule);
  EXPECT_EQ(envelope_fault(message(R"("to":"rpc")")), "field 'to' " + node_rule);
  EXPECT_EQ(envelope_fault(message(R"("id":{})")), "field 'id' must be a string, got an object");
  EXPECT_EQ(envelope_fault(message(R"("id":"")")), "field 'id' must not be empty");
  EXPECT_EQ(envelope_fault(message(R"("data":[])")), "field 'data' must be an object, got an array");
  EXPECT_EQ(envelope_fault(message(R"("timestamp":12)")), "field 'timestamp' must be a string, got a number");
  EXPECT_EQ(envelope_fault(message(R"("reply_to":true)")),
            "field 'reply_to' must be a string, got a boolean");
  EXPECT_EQ(envelope_fault(message(R"("route":"a")")), "field 'route' must be an array, got a string");
  EXPECT_EQ(envelope_fault(message(R"("route":["a",1])")),
            "field 'route' must be the name of a node, got a number");
  EXPECT_EQ(envelope_fault(message(R"("route":["a","b/c"])")), "field 'route' " + node_rule);
  EXPECT_EQ(envelope_fault(message(R"("ttl":"4")")), "field 'ttl' must be a number, got a string");
}

TEST(Envelope, RefusesATtlThatIsNoWholeNumberAndClampsALargeOne) {
  for (const char* ttl : {"-1", "1.5", "-0.5", "-1e300"}) {
    EXPECT_EQ(envelope_fault(message(std::string(R"("ttl":)") + ttl)),
              "field 'ttl' must be a whole number from 0");
  }
  for (const auto& [text, ttl] : {std::pair<const char*, int>{"0", 0},
                                  {"-0", 0},
                                  {"7.0", 7},
                                  {"1e1", 10},
                                  {"64", 64},
                                  {"65", kMaxTtl},
                                  {"18446744073709551616", kMaxTtl},
                                  {"1e300", kMaxTtl}}) {
    const std::string whole = message(std::string(R"("ttl":)") + text);
    const Result<Envelope> read = parse_envelope(whole);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->ttl, ttl) << text;
    EXPECT_TRUE(read->has_ttl);
  }
}

TEST(Envelope, BoundsIdsRoutesAndNames) {
  const auto id_of = [](std::size_t bytes) { return message(R"("id":")" + std::string(bytes, 'x') + "\""); };
  EXPECT_EQ(envelope_fault(id_of(kMaxMessageIdBytes)), "");
  EXPECT_EQ(envelope_fault(id_of(kMaxMessageIdBytes + 1)), "field 'id' must have at most 128 bytes");
  const auto route_of = [](int count) {
    std::string route;
    for (int i = 0; i < count; ++i) route += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\"";
    return message("\"route\":[" + route + "]");
  };
  EXPECT_EQ(envelope_fault(route_of(kMaxTtl)), "");
  EXPECT_EQ(envelope_fault(route_of(kMaxTtl + 1)), "field 'route' must have at most 64 elements");
  EXPECT_EQ(envelope_fault(R"({"type":")" + std::string(257, 'x') + "\"}"),
            "field 'type' must have at most 256 bytes");
  EXPECT_EQ(parse_envelope(id_of(kMaxMessageIdBytes + 1)).error().code, Errc::kTooLarge);
}

TEST(Envelope, RefusesWhatIsNoJsonObject) {
  EXPECT_EQ(envelope_fault(""), "not a JSON message: expected a value, found the end at byte 0");
  EXPECT_EQ(envelope_fault("[]"), "field 'message' must be an object, got an array");
  EXPECT_EQ(envelope_fault(message("") + "x"),
            "not a JSON message: expected the end of the text, found 'x' at byte 35");
  EXPECT_EQ(envelope_fault(message("\"x\":}")), "not a JSON message: expected a value, found '}' at byte 39");
  EXPECT_EQ(envelope_fault(message(R"("data":{"x":tru})")),
            "field 'data': expected a value, found 't' at byte 47");
  EXPECT_EQ(envelope_fault(message("\"id\":\"\xFF\"")), "not a JSON message: not UTF-8 at byte 41");
  EXPECT_EQ(parse_envelope("[]").error().code, Errc::kParse);
}

TEST(Envelope, BoundsTheDepthOfAMessage) {
  const auto nested = [](std::size_t levels) {
    return message(R"("data":{"x":)" + std::string(levels, '[') + std::string(levels, ']') + "}");
  };
  EXPECT_EQ(envelope_fault(nested(1022)), "");
  EXPECT_EQ(envelope_fault(nested(1023)), "field 'data': nested too deep at byte 1069");
}

TEST(Envelope, IsReadAsItWasWritten) {
  const Nodes route = {"a", "b.c"};
  std::string text = "before";
  append_envelope(text,
                  {.type = "ch\"at",
                   .id = "1\n2",
                   .from = "a",
                   .to = "b",
                   .timestamp = "2026-11-21T06:43:50.123Z",
                   .route = &route,
                   .ttl = 12},
                  R"({"x":[1]})");
  EXPECT_EQ(
      text,
      R"(before{"type":"ch\"at","id":"1\n2","from":"a","to":"b","timestamp":"2026-11-21T06:43:50.123Z",)"
      R"("route":["a","b.c"],"ttl":12,"data":{"x":[1]}})");
  text.erase(0, 6);
  const Result<Envelope> read = parse_envelope(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->type_name, "ch\"at");
  EXPECT_EQ(read->id, "1\n2");
  EXPECT_EQ(read->route, route);
  EXPECT_EQ(read->ttl, 12);
  EXPECT_EQ(read->data, R"({"x":[1]})");
}

TEST(Envelope, IsWrittenInTwoHalvesTheSame) {
  std::string halves;
  begin_envelope(halves, {.type = "ping", .from = "a", .to = "b"});
  halves += "{}";
  end_envelope(halves);
  std::string whole;
  append_envelope(whole, {.type = "ping", .from = "a", .to = "b"}, "{}");
  EXPECT_EQ(halves, whole);
  EXPECT_EQ(whole, R"({"type":"ping","from":"a","to":"b","data":{}})");
}

TEST(Frame, IsOneObjectOrAnArrayOfThem) {
  using Messages = std::vector<std::string_view>;
  EXPECT_EQ(split_frame(" {\"a\":1}\n", FrameForm::kObject).value().messages, Messages{"{\"a\":1}"});
  EXPECT_EQ(split_frame("{}", FrameForm::kObjectOrArray).value().messages, Messages{"{}"});
  EXPECT_EQ(split_frame(R"( [ {"a":[1]} ,{}] )", FrameForm::kObjectOrArray).value().messages,
            (Messages{R"({"a":[1]})", "{}"}));
}

TEST(Frame, RefusesEverythingElse) {
  const auto refusal = [](std::string_view text, FrameForm form) {
    return split_frame(text, form).error().detail;
  };
  EXPECT_EQ(refusal("[{}]", FrameForm::kObject), "a frame must be one JSON object");
  EXPECT_EQ(refusal("1", FrameForm::kObjectOrArray), "a frame must be a JSON object or an array of objects");
  EXPECT_EQ(refusal("", FrameForm::kObjectOrArray), "a frame must be a JSON object or an array of objects");
  EXPECT_EQ(refusal("[]", FrameForm::kObjectOrArray), "field 'frame' must not be an empty array");
  EXPECT_EQ(refusal("[{},1]", FrameForm::kObjectOrArray), "field 'frame' must be an object, got a number");
  EXPECT_EQ(refusal("[{}", FrameForm::kObjectOrArray),
            "not a JSON message: expected ',' or ']', found the end at byte 3");
  EXPECT_EQ(refusal("[{}]]", FrameForm::kObjectOrArray),
            "not a JSON message: expected the end of the text, found ']' at byte 4");
}

TEST(Frame, HoldsABoundedNumberOfMessages) {
  const auto frame = [](std::size_t count) {
    std::string text = "[{}";
    for (std::size_t i = 1; i < count; ++i) text += ",{}";
    return text + "]";
  };
  EXPECT_EQ(split_frame(frame(kMaxFrameMessages), FrameForm::kObjectOrArray).value().messages.size(),
            kMaxFrameMessages);
  EXPECT_EQ(split_frame(frame(kMaxFrameMessages + 1), FrameForm::kObjectOrArray).error().code,
            Errc::kTooLarge);
}

TEST(Forwarding, ChangesRouteAndTtlAndNoOtherByte) {
  EXPECT_EQ(forwarded(R"({"type":"x", "route" : [ "a" ] ,"ttl" : 9 , "from":"a","to":"b", "k":1.50 })",
                      {"a", "c"}, 8),
            R"({"type":"x", "route" : ["a","c"] ,"ttl" : 8 , "from":"a","to":"b", "k":1.50 })");
  EXPECT_EQ(forwarded(R"({"ttl":10,"type":"x","from":"a","to":"b","route":[]})", {"a"}, 9),
            R"({"ttl":9,"type":"x","from":"a","to":"b","route":["a"]})");
}

TEST(Forwarding, AddsWhatWasNotSent) {
  EXPECT_EQ(forwarded(R"({"type":"x","from":"a","to":"b"})", {"a"}, 9),
            R"({"type":"x","from":"a","to":"b","route":["a"],"ttl":9})");
  EXPECT_EQ(forwarded(R"({"type":"x","from":"a","ttl":3,"to":"b" })", {"a"}, 2),
            R"({"type":"x","from":"a","ttl":2,"to":"b" ,"route":["a"]})");
  EXPECT_EQ(forwarded(R"({"type":"x","route":null,"from":"a","ttl":null,"to":"b"})", {}, 9),
            R"({"type":"x","route":[],"from":"a","ttl":9,"to":"b"})");
}

TEST(Forwarding, ChangesTheDuplicateThatCounts) {
  const std::string out = forwarded(R"({"ttl":1,"type":"x","from":"a","to":"b","ttl":2})", {"a"}, 7);
  const Result<Envelope> read = parse_envelope(out);
  ASSERT_TRUE(read) << out;
  EXPECT_EQ(read->ttl, 7);
  EXPECT_EQ(read->route, Nodes{"a"});
}

TEST(OriginalMessage, IsTheTextInsideAWrapper) {
  const std::string text =
      R"({"type":"route_message","from":"a","to":"b","data":{"x":1,"original_message": {"type":"x"} }})";
  const Result<Envelope> wrapper = parse_envelope(text);
  ASSERT_TRUE(wrapper);
  EXPECT_EQ(original_message(*wrapper).value(), R"({"type":"x"})");
}

TEST(OriginalMessage, MustBeAnObject) {
  const auto refusal = [](std::string_view text) {
    return original_message(parse_envelope(text).value()).error().detail;
  };
  EXPECT_EQ(refusal(message(R"("data":{})")), "field 'data.original_message' is missing");
  EXPECT_EQ(refusal(message(R"("data":{"original_message":"{}"})")),
            "field 'data.original_message' must be an object, got a string");
  EXPECT_EQ(refusal(message("")), "field 'data' is missing");
}

TEST(Rfc3339, HasMilliseconds) {
  EXPECT_EQ(rfc3339(WallTime{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339(WallTime(std::chrono::milliseconds(1'795'243'430'123))), "2026-11-21T06:43:50.123Z");
  EXPECT_EQ(rfc3339(WallTime(std::chrono::nanoseconds(-1))), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace relay::mesh
