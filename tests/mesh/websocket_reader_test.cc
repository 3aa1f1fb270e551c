#include "mesh/websocket_reader.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "mesh/mesh_limits.h"
#include "mesh/websocket_writer.h"

namespace relay::mesh {
namespace {

constexpr std::uint32_t kMask = 0x7A3B9C1D;

// Writes down what a reader tells: "text hello", "ping ab", "close 1000 bye".
struct Heard final : WebSocketReader::Listener {
  void on_text(std::string_view message) override { add("text ", message); }
  void on_ping(std::string_view payload) override { add("ping ", payload); }
  void on_pong(std::string_view payload) override { add("pong ", payload); }
  void on_close(std::uint16_t code, std::string_view reason) override {
    add("close ", std::to_string(code) + " " + std::string(reason));
  }
  void add(std::string_view what, std::string_view payload) {
    events.push_back(std::string(what).append(payload));
    if (then) then();
  }
  std::vector<std::string> events;
  std::function<void()> then;
};

// A reader, what it said, and why it stopped.
struct Reading {
  explicit Reading(WebSocketReader::Side side = WebSocketReader::Side::kServer) : reader(side, heard) {}
  bool feed(std::string bytes) { return reader.feed(bytes); }
  [[nodiscard]] std::string fault() const {
    if (reader.fault() == nullptr) return "none";
    return std::to_string(static_cast<int>(reader.fault()->code)) + " " + std::string(reader.fault()->reason);
  }
  Heard heard;
  WebSocketReader reader;
};

std::string frame(WebSocketOpcode opcode, std::string_view payload, std::uint32_t mask = kMask) {
  std::string bytes;
  append_frame(bytes, opcode, payload, mask);
  return bytes;
}

std::string text(std::string_view payload) {
  return frame(WebSocketOpcode::kText, payload);
}

// A frame of which others follow.
std::string open_frame(WebSocketOpcode opcode, std::string_view payload) {
  std::string bytes = frame(opcode, payload);
  bytes[0] = static_cast<char>(bytes[0] & 0x7F);
  return bytes;
}

std::string close_frame(std::string_view payload) {
  return frame(WebSocketOpcode::kClose, payload);
}

std::string fault_of(std::string bytes, WebSocketReader::Side side = WebSocketReader::Side::kServer) {
  Reading reading(side);
  EXPECT_FALSE(reading.feed(std::move(bytes)));
  EXPECT_TRUE(reading.heard.events.empty());
  return reading.fault();
}

using Events = std::vector<std::string>;

TEST(WebSocketReader, DeliversTheFramesOfOneReadInOrder) {
  Reading reading;
  EXPECT_TRUE(reading.feed(text("one") + frame(WebSocketOpcode::kPing, "p") + text("") +
                           frame(WebSocketOpcode::kPong, "")));
  EXPECT_EQ(reading.heard.events, (Events{"text one", "ping p", "text ", "pong "}));
  EXPECT_EQ(reading.reader.held_bytes(), std::string().capacity() * 2);
}

TEST(WebSocketReader, TakesUnmaskedFramesAsAClient) {
  Reading reading(WebSocketReader::Side::kClient);
  EXPECT_TRUE(reading.feed(frame(WebSocketOpcode::kText, "one", 0)));
  EXPECT_EQ(reading.heard.events, Events{"text one"});
}

TEST(WebSocketReader, JoinsFragmentsAroundControlFrames) {
  Reading reading;
  const std::string cut = "\xC3";  // the first half of a character
  EXPECT_TRUE(reading.feed(open_frame(WebSocketOpcode::kText, "a" + cut) +
                           frame(WebSocketOpcode::kPing, "now") +
                           open_frame(WebSocketOpcode::kContinuation, "") +
                           frame(WebSocketOpcode::kContinuation, "\xA4z") + text("next")));
  EXPECT_EQ(reading.heard.events, (Events{"ping now", "text a\u00E4z", "text next"}));
}

TEST(WebSocketReader, ReadsLengthsOfEveryForm) {
  for (const std::size_t size : {0, 1, 125, 126, 127, 128, 65535, 65536, 70000}) {
    const std::string payload(size, 'x');
    Reading reading;
    EXPECT_TRUE(reading.feed(text(payload)));
    ASSERT_EQ(reading.heard.events.size(), 1u) << size;
    EXPECT_EQ(reading.heard.events[0], "text " + payload) << size;
  }
}

// What is told, and the fault, must be the same however the bytes are cut.
TEST(WebSocketReader, HearsTheSameByteByByteAndHalved) {
  const std::string good = open_frame(WebSocketOpcode::kText, "ab") + frame(WebSocketOpcode::kPing, "p") +
                           frame(WebSocketOpcode::kContinuation, std::string(300, 'c')) +
                           text(std::string(70000, 'd'));
  for (const std::string& end :
       {close_frame("\x03\xE8 bye"), text("\xFF"), std::string("\xC1\x00", 2),
        frame(WebSocketOpcode::kBinary, "b"), frame(WebSocketOpcode::kText, "t", 0)}) {
    const std::string bytes = good + end;
    Reading whole;
    EXPECT_FALSE(whole.feed(bytes));
    Reading bytewise;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (!bytewise.feed(bytes.substr(i, 1))) break;
    }
    EXPECT_EQ(bytewise.heard.events, whole.heard.events);
    EXPECT_EQ(bytewise.fault(), whole.fault());
    for (std::size_t cut = 1; cut < bytes.size(); cut += cut < 600 ? 1 : 977) {
      Reading halved;
      if (halved.feed(bytes.substr(0, cut))) static_cast<void>(halved.feed(bytes.substr(cut)));
      ASSERT_EQ(halved.heard.events, whole.heard.events) << cut;
      ASSERT_EQ(halved.fault(), whole.fault()) << cut;
    }
  }
}

TEST(WebSocketReader, RefusesWhatTheProtocolForbids) {
  EXPECT_EQ(fault_of(frame(WebSocketOpcode::kText, "a", 0)), "1002 a client's frame that is not masked");
  EXPECT_EQ(fault_of(text("a"), WebSocketReader::Side::kClient), "1002 a server's frame that is masked");
  EXPECT_EQ(fault_of("\xC1"), "1002 a reserved bit is set");
  EXPECT_EQ(fault_of("\x83"), "1002 a reserved opcode");
  EXPECT_EQ(fault_of("\x8B"), "1002 a reserved opcode");
  EXPECT_EQ(fault_of(open_frame(WebSocketOpcode::kPing, "a")), "1002 a control frame in fragments");
  EXPECT_EQ(fault_of(frame(WebSocketOpcode::kPing, std::string(126, 'x'))),
            "1002 a control frame above 125 bytes");
  EXPECT_EQ(fault_of(std::string("\x81\xFE\x00\x7D", 4)), "1002 a length that is not in its shortest form");
  EXPECT_EQ(fault_of(std::string("\x81\xFF\0\0\0\0\0\0\xFF\xFF", 10)),
            "1002 a length that is not in its shortest form");
  EXPECT_EQ(fault_of(std::string("\x81\xFF\x80\0\0\0\0\0\0\0", 10)), "1002 a length above 2^63");
  EXPECT_EQ(fault_of(frame(WebSocketOpcode::kContinuation, "a")), "1002 a fragment of no message");
  EXPECT_EQ(fault_of(open_frame(WebSocketOpcode::kText, "a") + text("b")), "1002 a message inside another");
  EXPECT_EQ(fault_of(frame(WebSocketOpcode::kBinary, "a")), "1003 a binary frame");
  EXPECT_EQ(fault_of(text("\xFF")), "1007 text that is not UTF-8");
  EXPECT_EQ(fault_of(text("\xED\xA0\x80")), "1007 text that is not UTF-8");
}

TEST(WebSocketReader, ReadsCloseFramesAndNothingBehindThem) {
  Reading reading;
  EXPECT_FALSE(reading.feed(close_frame("\x0F\xA1 replaced") + text("late")));
  EXPECT_EQ(reading.heard.events, Events{"close 4001  replaced"});
  EXPECT_EQ(reading.fault(), "none");
  EXPECT_FALSE(reading.feed(text("later")));
  EXPECT_EQ(reading.heard.events.size(), 1u);

  Reading without_code;
  EXPECT_FALSE(without_code.feed(close_frame("")));
  EXPECT_EQ(without_code.heard.events, Events{"close 1005 "});
}

TEST(WebSocketReader, RefusesBadCloseFrames) {
  EXPECT_EQ(fault_of(close_frame("x")), "1002 a close frame of one byte");
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535}) {
    const std::string payload = {static_cast<char>(code >> 8), static_cast<char>(code)};
    EXPECT_EQ(fault_of(close_frame(payload)), "1002 a close frame with a code that is not allowed") << code;
  }
  EXPECT_EQ(fault_of(close_frame("\x03\xE8\xFF")), "1007 a close frame whose reason is not UTF-8");
}

TEST(WebSocketReader, RefusesATooLargeMessageByItsHeadAlone) {
  std::string head;
  append_frame_head(head, WebSocketOpcode::kText, kMaxReceivedBytes + 1, kMask);
  EXPECT_EQ(fault_of(head), "1009 a message above 8 MiB");

  std::string last;
  append_frame_head(last, WebSocketOpcode::kContinuation, kMaxReceivedBytes, kMask);
  Reading in_fragments;
  EXPECT_TRUE(in_fragments.feed(open_frame(WebSocketOpcode::kText, "a")));
  EXPECT_FALSE(in_fragments.feed(last));
  EXPECT_EQ(in_fragments.fault(), "1009 a message above 8 MiB");
}

TEST(WebSocketReader, HoldsNothingForALengthThatIsOnlyPromised) {
  std::string head;
  append_frame_head(head, WebSocketOpcode::kText, kMaxReceivedBytes, kMask);
  Reading reading;
  EXPECT_TRUE(reading.feed(head + "some"));
  EXPECT_LT(reading.reader.held_bytes(), 128u);
}

TEST(WebSocketReader, TakesTheLargestMessageAndFreesItsBuffer) {
  const std::string bytes = text(std::string(kMaxReceivedBytes, 'x'));
  Reading reading;
  std::size_t lengths = 0;
  reading.heard.then = [&] { lengths += reading.heard.events.back().size(); };
  for (std::size_t at = 0; at < bytes.size(); at += 65536) EXPECT_TRUE(reading.feed(bytes.substr(at, 65536)));
  EXPECT_EQ(lengths, kMaxReceivedBytes + 5);
  EXPECT_LE(reading.reader.held_bytes(), 8192u);
}

TEST(WebSocketReader, RefusesMoreFragmentsThanTheBound) {
  const auto feed_fragments = [](Reading& reading, std::size_t count) {
    bool goes_on = reading.feed(open_frame(WebSocketOpcode::kText, ""));
    for (std::size_t i = 1; goes_on && i < count; ++i) {
      goes_on = reading.feed(open_frame(WebSocketOpcode::kContinuation, ""));
    }
    return goes_on;
  };
  Reading largest;
  EXPECT_TRUE(feed_fragments(largest, kMaxFragments - 1));
  EXPECT_TRUE(largest.feed(frame(WebSocketOpcode::kContinuation, "end")));
  EXPECT_EQ(largest.heard.events, Events{"text end"});
  Reading too_many;
  EXPECT_FALSE(feed_fragments(too_many, kMaxFragments + 1));
  EXPECT_EQ(too_many.fault(), "1009 more than 1,024 fragments of one message");
}

TEST(WebSocketReader, DeliversNothingMoreOnceItsListenerStopsIt) {
  Reading reading;
  reading.heard.then = [&] { reading.reader.stop(); };
  EXPECT_FALSE(reading.feed(text("one") + text("two")));
  EXPECT_EQ(reading.heard.events, Events{"text one"});
  EXPECT_EQ(reading.fault(), "none");
}

}  // namespace
}  // namespace relay::mesh
