#include "mesh/websocket_writer.h"

#include <gtest/gtest.h>

#include <string>

namespace relay::mesh {
namespace {

using namespace std::string_literals;

std::string written(WebSocketOpcode opcode, std::string_view payload, std::uint32_t mask) {
  std::string bytes;
  append_frame(bytes, opcode, payload, mask);
  return bytes;
}

// The examples of RFC 6455 section 5.7.
TEST(WebSocketWriter, WritesTheFramesOfTheStandardsExamples) {
  EXPECT_EQ(written(WebSocketOpcode::kText, "Hello", 0), "\x81\x05Hello");
  EXPECT_EQ(written(WebSocketOpcode::kText, "Hello", 0x3D21FA37),
            "\x81\x85\x37\xFA\x21\x3D\x7F\x9F\x4D\x51\x58"s);
  EXPECT_EQ(written(WebSocketOpcode::kPing, "Hello", 0), "\x89\x05Hello");
  EXPECT_EQ(written(WebSocketOpcode::kText, std::string(256, 'x'), 0).substr(0, 4), "\x81\x7E\x01\x00"s);
  EXPECT_EQ(written(WebSocketOpcode::kText, std::string(65536, 'x'), 0).substr(0, 10),
            "\x81\x7F\0\0\0\0\0\1\0\0"s);
}

TEST(WebSocketWriter, TakesTheShortestLengthThatFits) {
  EXPECT_EQ(written(WebSocketOpcode::kText, std::string(125, 'x'), 0).size(), 125u + 2);
  EXPECT_EQ(written(WebSocketOpcode::kText, std::string(126, 'x'), 0).size(), 126u + 4);
  EXPECT_EQ(written(WebSocketOpcode::kText, std::string(65535, 'x'), 0).size(), 65535u + 4);
  EXPECT_EQ(written(WebSocketOpcode::kText, std::string(65536, 'x'), 1).size(), 65536u + 14);
}

TEST(WebSocketWriter, MasksTheSameInOneGoAndInPieces) {
  const std::string plain = "The quick brown fox jumps over the lazy dog";
  std::string whole = plain;
  mask_payload(whole, 0x12345678);
  for (std::size_t cut = 0; cut <= plain.size(); ++cut) {
    std::string pieces = plain;
    mask_payload(std::span(pieces).first(cut), 0x12345678);
    mask_payload(std::span(pieces).subspan(cut), 0x12345678, cut);
    ASSERT_EQ(pieces, whole) << cut;
  }
  mask_payload(whole, 0x12345678);
  EXPECT_EQ(whole, plain);
}

TEST(WebSocketWriter, CutsAReasonBetweenCharacters) {
  EXPECT_EQ(close_payload(CloseCode::kTryLater, "too slow"), "\x03\xF5too slow");
  EXPECT_EQ(close_payload(CloseCode::kNormal, std::string(123, 'x')).size(), 125u);
  EXPECT_EQ(close_payload(CloseCode::kNormal, std::string(122, 'x') + "\u20AC").substr(2), std::string(122, 'x'));
}

}  // namespace
}  // namespace relay::mesh
