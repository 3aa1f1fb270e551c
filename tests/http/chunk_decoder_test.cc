#include "http/chunk_decoder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relay::http {
namespace {

// Decodes `text` in steps that end at `ends`: "body|rest" or "400 reason" or "incomplete body".
std::string decode_in_steps(std::string_view text, const std::vector<std::size_t>& ends, const HttpLimits& limits) {
  ChunkDecoder decoder(limits);
  std::string body;
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    const std::string piece(text.substr(begin, end - begin));
    std::string_view rest = piece;
    const ChunkDecoder::Status status = decoder.advance(rest, body);
    if (status == ChunkDecoder::Status::kRefused) {
      return std::to_string(decoder.refusal().status) + " " + std::string(decoder.refusal().reason);
    }
    if (status == ChunkDecoder::Status::kComplete) return body + "|" + std::string(text.substr(end - rest.size()));
    EXPECT_TRUE(rest.empty());
    begin = end;
  }
  return "incomplete " + body;
}

std::string decode(std::string_view text, const HttpLimits& limits = {}) {
  const std::string whole = decode_in_steps(text, {text.size()}, limits);
  std::vector<std::size_t> every;
  for (std::size_t cut = 1; cut <= text.size(); ++cut) {
    every.push_back(cut);
    if (text.size() >= 2000) continue;
    EXPECT_EQ(decode_in_steps(text, {cut, text.size()}, limits), whole) << "cut at " << cut;
  }
  EXPECT_EQ(decode_in_steps(text, every, limits), whole) << "byte by byte";
  return whole;
}

constexpr std::string_view kMalformed = "400 the chunked body is malformed";

TEST(ChunkDecoder, JoinsTheChunks) {
  EXPECT_EQ(decode("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"), "abc0123456789|");
  EXPECT_EQ(decode("00a\r\n0123456789\r\n000\r\n\r\n"), "0123456789|");
  EXPECT_EQ(decode("0\r\n\r\n"), "|");
}

TEST(ChunkDecoder, LeavesWhatStandsBehindTheBody) {
  EXPECT_EQ(decode("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\n"), "x|GET / HTTP/1.1\r\n");
  EXPECT_EQ(decode("1\r\nx\r\n0\r\nT: v\r\n\r\n\r\n"), "x|\r\n");
}

TEST(ChunkDecoder, IsIncompleteUntilTheLastEmptyLine) {
  EXPECT_EQ(decode("3\r\nab"), "incomplete ab");
  EXPECT_EQ(decode("3\r\nabc\r\n0\r\n"), "incomplete abc");
  EXPECT_EQ(decode("3\r\nabc\r\n0\r\nT: v\r\n"), "incomplete abc");
}

TEST(ChunkDecoder, KeepsDataThatLooksLikeFraming) { EXPECT_EQ(decode("5\r\n0\r\n\r\n\r\n0\r\n\r\n"), "0\r\n\r\n|"); }

TEST(ChunkDecoder, ThrowsExtensionsAndTrailersAway) {
  EXPECT_EQ(decode("3;a=b;c=\"d;e\"\r\nabc\r\n0;z\r\nAuthorization: Bearer evil\r\nX: y\r\n\r\n"), "abc|");
}

TEST(ChunkDecoder, RefusesAMalformedSize) {
  for (const char* size : {"", " 3", "3 ", "+3", "-3", "0x3", "3g", "g", ";a", "\t3", "3,3", "0000000000000003",
                           "ffffffffffffffff", "8000000000000000"}) {
    EXPECT_EQ(decode(std::string(size) + "\r\nabc\r\n0\r\n\r\n"), kMalformed) << size;
  }
}

TEST(ChunkDecoder, RefusesMalformedLineEnds) {
  for (const char* text : {"3\nabc\r\n0\r\n\r\n", "3\r\nabc\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3\r\nab\r\n0\r\n\r\n",
                           "3\rabc\r\n0\r\n\r\n", "3;a\nabc\r\n0\r\n\r\n", "3\r\nabc\r\n0\r\n\n", "3\r\nabc\r\n0\n\r\n",
                           "3\r\nabc0\r\n\r\n", "3\r\nabc\r\r\n"}) {
    EXPECT_EQ(decode(text), kMalformed) << text;
  }
}

TEST(ChunkDecoder, RefusesControlBytesInAnExtension) {
  EXPECT_EQ(decode(std::string("3;a\0b\r\nabc\r\n0\r\n\r\n", 18)), kMalformed);
  EXPECT_EQ(decode("3;a\x7f\r\nabc\r\n0\r\n\r\n"), kMalformed);
  EXPECT_EQ(decode("3;a\tb\r\nabc\r\n0\r\n\r\n"), "abc|");
}

TEST(ChunkDecoder, RefusesAMalformedTrailer) {
  for (const char* trailer : {"X : y", " X: y", "X", ": y", "X: y\r\n z", "X: \x01"}) {
    EXPECT_EQ(decode("0\r\n" + std::string(trailer) + "\r\n\r\n").substr(0, 3), "400") << trailer;
  }
}

TEST(ChunkDecoder, BoundsTheBody) {
  HttpLimits limits;
  limits.body_bytes = 10;
  EXPECT_EQ(decode("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", limits), "0123456789|");
  EXPECT_EQ(decode("5\r\n01234\r\n6\r\n567890\r\n0\r\n\r\n", limits), "413 the request's body is too large; -max-body raises the limit");
  EXPECT_EQ(decode("fffffffffffffff\r\n", limits), "413 the request's body is too large; -max-body raises the limit");
}

TEST(ChunkDecoder, BoundsTheExtensionsOfAllChunksTogether) {
  HttpLimits limits;
  limits.chunk_extension_bytes = 6;
  EXPECT_EQ(decode("1;ab\r\nx\r\n0;cd\r\n\r\n", limits), "x|");
  EXPECT_EQ(decode("1;ab\r\nx\r\n0;cde\r\n\r\n", limits), "400 the chunk extensions are too long");
  EXPECT_EQ(decode("1;" + std::string(200'000, 'a') + "\r\nx\r\n0\r\n\r\n"), "400 the chunk extensions are too long");
}

TEST(ChunkDecoder, BoundsTheTrailer) {
  HttpLimits limits;
  limits.head_bytes = 20;
  limits.head_fields = 2;
  EXPECT_EQ(decode("0\r\nX: 1\r\nY: 2\r\n\r\n", limits), "|");
  EXPECT_EQ(decode("0\r\nX:\r\nY:\r\nZ:\r\n\r\n", limits), "431 the request's trailer has too many fields");
  EXPECT_EQ(decode("0\r\nX: 0123456789abcdef\r\n\r\n", limits), "431 the request's trailer is too large");
  EXPECT_EQ(decode("0\r\nX: 0123456789abcdef", limits), "incomplete ");
}

TEST(ChunkDecoder, StartsAnewAfterAReset) {
  const HttpLimits limits;
  ChunkDecoder decoder(limits);
  std::string body;
  std::string_view first = "2;x\r\nab\r\n0\r\nT: v\r\n\r\n";
  EXPECT_EQ(decoder.advance(first, body), ChunkDecoder::Status::kComplete);
  decoder.reset();
  body.clear();
  std::string_view second = "1\r\nc\r\n0\r\n\r\n";
  EXPECT_EQ(decoder.advance(second, body), ChunkDecoder::Status::kComplete);
  EXPECT_EQ(body, "c");
}

}  // namespace
}  // namespace relay::http
