#include "http/head_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relay::http {
namespace {

// What became of a head, as text: "GET /p ?q 1.1 Host=h | length 3 close continue (20 bytes)" or "400 reason".
std::string describe(const HeadParser& parser, HeadParser::Status status, std::string_view text) {
  if (status == HeadParser::Status::kIncomplete) return "incomplete";
  if (status == HeadParser::Status::kRefused) {
    return std::to_string(parser.refusal().status) + " " + std::string(parser.refusal().reason);
  }
  const RequestHead& head = parser.head();
  std::string result(head.method.in(text));
  result += " " + std::string(head.path.in(text));
  if (head.query.length > 0) result += " ?" + std::string(head.query.in(text));
  result += head.version == Version::kHttp10 ? " 1.0" : " 1.1";
  for (const HeadField& field : head.fields) {
    result += " " + std::string(field.name.in(text)) + "=" + std::string(field.value.in(text));
  }
  result += " |";
  if (head.framing == Framing::kLength) result += " length " + std::to_string(head.content_length);
  if (head.framing == Framing::kChunked) result += " chunked";
  if (!head.keep_alive) result += " close";
  if (head.expects_continue) result += " continue";
  return result;
}

// Feeds `text` in steps that end at `ends`, up to an outcome.
std::string parse_in_steps(std::string_view text, const std::vector<std::size_t>& ends, const HttpLimits& limits) {
  HeadParser parser(limits);
  HeadParser::Status status = HeadParser::Status::kIncomplete;
  for (const std::size_t end : ends) {
    // A copy of just these bytes: reading one too many is seen by the sanitizer.
    const std::string piece(text.substr(0, end));
    status = parser.advance(piece);
    if (status != HeadParser::Status::kIncomplete) return describe(parser, status, piece);
  }
  return describe(parser, status, text);
}

// The outcome of a head, the same however it is cut.
std::string parse(std::string_view text, const HttpLimits& limits = {}) {
  const std::string whole = parse_in_steps(text, {text.size()}, limits);
  std::vector<std::size_t> every;
  for (std::size_t cut = 1; cut <= text.size(); ++cut) {
    every.push_back(cut);
    if (text.size() >= 2000) continue;
    EXPECT_EQ(parse_in_steps(text, {cut, text.size()}, limits), whole) << "cut at " << cut;
  }
  EXPECT_EQ(parse_in_steps(text, every, limits), whole) << "byte by byte";
  return whole;
}

std::string parse_fields(std::string_view fields) {
  return parse("GET / HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n\r\n");
}

constexpr std::string_view kBadBytes =
    "400 the request's head holds a control character or a line that does not end with CR LF";
constexpr std::string_view kBadRequestLine = "400 the request line is not METHOD TARGET HTTP/1.1";
constexpr std::string_view kBadTarget = "400 the request target is not a path, an http URI, or * for OPTIONS";
constexpr std::string_view kBadField = "400 a header line is not \"Name: value\"";

TEST(HeadParser, ReadsRequestLineAndFields) {
  EXPECT_EQ(parse("GET /a/b?x=1&y HTTP/1.1\r\nHost: h:80\r\nX-Empty:\r\nX-Tab:\t a\tb \t\r\n\r\n"),
            "GET /a/b ?x=1&y 1.1 Host=h:80 X-Empty= X-Tab=a\tb |");
}

TEST(HeadParser, IsIncompleteUntilTheEmptyLine) {
  EXPECT_EQ(parse(""), "incomplete");
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: h\r\n"), "incomplete");
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: h\r\n\r"), "incomplete");
}

TEST(HeadParser, StopsBehindTheHead) {
  const HttpLimits limits;
  HeadParser parser(limits);
  const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  EXPECT_EQ(parser.advance(head + "GET /next"), HeadParser::Status::kComplete);
  EXPECT_EQ(parser.head_size(), head.size());
}

TEST(HeadParser, ReadsTheNextHeadAfterAReset) {
  const HttpLimits limits;
  HeadParser parser(limits);
  const std::string first = "POST /a HTTP/1.0\r\nContent-Length: 5\r\n\r\n";
  const std::string second = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";
  ASSERT_EQ(parser.advance(first), HeadParser::Status::kComplete);
  parser.reset();
  ASSERT_EQ(parser.advance(second), HeadParser::Status::kComplete);
  EXPECT_EQ(describe(parser, HeadParser::Status::kComplete, second), "GET /b 1.1 Host=h |");
}

TEST(HeadParser, ForgivesOneEmptyLineBeforeTheRequest) {
  EXPECT_EQ(parse("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), "GET / 1.1 Host=h |");
  EXPECT_EQ(parse("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), kBadRequestLine);
}

TEST(HeadParser, ReadsTheFormsOfATarget) {
  const auto target = [](std::string_view method, std::string_view text) {
    return parse(std::string(method) + " " + std::string(text) + " HTTP/1.1\r\nHost: h\r\n\r\n");
  };
  EXPECT_EQ(target("GET", "http://h/p?q"), "GET /p ?q 1.1 Host=h |");
  EXPECT_EQ(target("GET", "HTTPS://h:1/p"), "GET /p 1.1 Host=h |");
  EXPECT_EQ(target("GET", "http://h"), "GET / 1.1 Host=h |");
  EXPECT_EQ(target("GET", "http://h?q=1"), "GET / ?q=1 1.1 Host=h |");
  EXPECT_EQ(target("OPTIONS", "*"), "OPTIONS * 1.1 Host=h |");
  EXPECT_EQ(target("GET", "/a?b?c=%20"), "GET /a ?b?c=%20 1.1 Host=h |");
  EXPECT_EQ(target("GET", "/?"), "GET / 1.1 Host=h |");
  EXPECT_EQ(target("GET", "//h/p"), "GET //h/p 1.1 Host=h |");
  for (const char* bad : {"*", "p", "h:80", "ftp://h/", "http:///p", "http://u@h/", "://h", "/a#b", "?q", "http//h"}) {
    EXPECT_EQ(target("GET", bad), kBadTarget) << bad;
  }
  EXPECT_EQ(target("CONNECT", "h:443"), kBadTarget);
}

TEST(HeadParser, RefusesAMalformedRequestLine) {
  for (const char* line :
       {"GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET /  HTTP/1.1", " GET / HTTP/1.1", "GET\t/ HTTP/1.1",
        "G@T / HTTP/1.1", "GET /a b HTTP/1.1", "GET / http/1.1", "GET / HTTP/1", "GET / HTTP/11", "GET / HTTP/1.1x",
        "GET / HTTP/x.1", "GET / HTP/1.1", "/ HTTP/1.1", ": / HTTP/1.1"}) {
    EXPECT_EQ(parse(std::string(line) + "\r\nHost: h\r\n\r\n"), kBadRequestLine) << line;
  }
}

TEST(HeadParser, RefusesOtherVersions) {
  EXPECT_EQ(parse("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), "505 only HTTP/1.1 and HTTP/1.0 are spoken here");
  EXPECT_EQ(parse("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "505 only HTTP/1.1 and HTTP/1.0 are spoken here");
  EXPECT_EQ(parse("GET / HTTP/1.7\r\nHost: h\r\n\r\n"), "GET / 1.1 Host=h |");
}

TEST(HeadParser, RefusesControlBytesInTheTarget) {
  for (const char c : {'\x01', '\x7f', '\t', '\0', '\x80', '\xff'}) {
    const std::string text = std::string("GET /a") + c + " HTTP/1.1\r\nHost: h\r\n\r\n";
    EXPECT_EQ(parse(text).substr(0, 3), "400") << static_cast<int>(c);
  }
}

TEST(HeadParser, SeesABadByteBeforeTheLineEnds) {
  EXPECT_EQ(parse("\x16\x03\x01"), kBadBytes);
  EXPECT_EQ(parse("GET / HTTP/1.1\n"), kBadBytes);
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: h\n"), kBadBytes);
  EXPECT_EQ(parse("GET / HTTP/1.1\rH"), kBadBytes);
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: h\r\r"), kBadBytes);
}

TEST(HeadParser, FindsAControlByteAtAnyPlaceOfALine) {
  for (std::size_t place = 0; place < 40; ++place) {
    for (const char bad : {'\x00', '\x01', '\n', '\x0b', '\x1f', '\x7f'}) {
      std::string value(40, 'a');
      value[(place * 7) % 40] = '\t';
      value[place] = bad;
      EXPECT_EQ(parse_in_steps("GET / HTTP/1.1\r\nHost: h\r\nX: " + value + "\r\n\r\n", {100}, {}), kBadBytes)
          << place << " " << static_cast<int>(bad);
    }
  }
}

TEST(HeadParser, TakesBytesAboveAsciiInAValueOnly) {
  EXPECT_EQ(parse_fields("X: \xc3\xa9\xff"), "GET / 1.1 Host=h X=\xc3\xa9\xff |");
  EXPECT_EQ(parse_fields("X\xc3: 1"), kBadField);
}

TEST(HeadParser, RefusesAMalformedField) {
  for (const char* line : {"X : 1", "X\t: 1", " X: 1", "\tX: 1", ": 1", "X", "X 1", "X(: 1", "\"X\": 1", "X;: 1"}) {
    EXPECT_EQ(parse_fields(line), kBadField) << line;
  }
}

TEST(HeadParser, RefusesAFoldedField) {
  EXPECT_EQ(parse_fields("X: a\r\n b"), kBadField);
  EXPECT_EQ(parse_fields("X: a\r\n\tb"), kBadField);
  EXPECT_EQ(parse("GET / HTTP/1.1\r\n Host: h\r\n\r\n"), kBadField);
}

TEST(HeadParser, WantsExactlyOneHostOnHttp11) {
  EXPECT_EQ(parse("GET / HTTP/1.1\r\n\r\n"), "400 Host is missing");
  EXPECT_EQ(parse_fields("Host: h"), "400 there is more than one Host");
  EXPECT_EQ(parse_fields("HOST: x"), "400 there is more than one Host");
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "GET / 1.1 Host= |");
  for (const char* host : {"a b", "a,b", "a/b", "u@h", "a?b", "a\tb", "h#", "a\\b", "h\xc3\xa9"}) {
    EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"), "400 Host is not a host") << host;
  }
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), "GET / 1.1 Host=[::1]:80 |");
}

TEST(HeadParser, WantsAtMostOneHostOnHttp10) {
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n"), "GET / 1.0 | close");
  EXPECT_EQ(parse("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), "400 there is more than one Host");
}

TEST(HeadParser, ReadsOneContentLengthOfDigits) {
  EXPECT_EQ(parse_fields("Content-Length: 12"), "GET / 1.1 Host=h Content-Length=12 | length 12");
  EXPECT_EQ(parse_fields("content-LENGTH:\t007 "), "GET / 1.1 Host=h content-LENGTH=007 | length 7");
  EXPECT_EQ(parse_fields("Content-Length: 0"), "GET / 1.1 Host=h Content-Length=0 |");
  EXPECT_EQ(parse_fields("Content-Length: 9999999999999999999"),
            "GET / 1.1 Host=h Content-Length=9999999999999999999 | length 9999999999999999999");
  for (const char* bad : {"", "+2", "-2", "2, 2", "2,", "2 2", "0x2", "2.0", "1e1", "a", "18446744073709551616",
                          "00000000000000000002", "\"2\"", "2;"}) {
    EXPECT_EQ(parse_fields("Content-Length: " + std::string(bad)), "400 Content-Length is not a length") << bad;
  }
  EXPECT_EQ(parse_fields("Content-Length: 2\r\nContent-Length: 2"), "400 there is more than one Content-Length");
  EXPECT_EQ(parse_fields("Content-Length: 2\r\nContent-length: 3"), "400 there is more than one Content-Length");
}

TEST(HeadParser, TakesNoTransferEncodingButChunked) {
  EXPECT_EQ(parse_fields("Transfer-Encoding: chunked"), "GET / 1.1 Host=h Transfer-Encoding=chunked | chunked");
  EXPECT_EQ(parse_fields("Transfer-Encoding: CHUNKED"), "GET / 1.1 Host=h Transfer-Encoding=CHUNKED | chunked");
  for (const char* bad : {"gzip", "identity", "chunked, identity", "gzip, chunked", "chunked, chunked", "xchunked",
                          "chunkedx", "chunked;q=1", "\"chunked\"", "", ",chunked", "chunked,", "chu nked"}) {
    EXPECT_EQ(parse_fields("Transfer-Encoding: " + std::string(bad)), "400 the only Transfer-Encoding here is chunked")
        << bad;
  }
  EXPECT_EQ(parse_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
            "400 the only Transfer-Encoding here is chunked");
}

TEST(HeadParser, TakesNoLengthBesideAnEncoding) {
  constexpr std::string_view kBoth = "400 Content-Length and Transfer-Encoding exclude each other";
  EXPECT_EQ(parse_fields("Content-Length: 2\r\nTransfer-Encoding: chunked"), kBoth);
  EXPECT_EQ(parse_fields("Transfer-Encoding: chunked\r\nContent-Length: 2"), kBoth);
  EXPECT_EQ(parse_fields("Transfer-Encoding: chunked\r\nContent-Length: 0"), kBoth);
}

TEST(HeadParser, TakesNoEncodingOnHttp10) {
  EXPECT_EQ(parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), "400 HTTP/1.0 has no Transfer-Encoding");
}

TEST(HeadParser, KnowsWhetherTheConnectionStays) {
  EXPECT_EQ(parse_fields("Connection: close"), "GET / 1.1 Host=h Connection=close | close");
  EXPECT_EQ(parse_fields("Connection: Upgrade, CLOSE ,x"), "GET / 1.1 Host=h Connection=Upgrade, CLOSE ,x | close");
  EXPECT_EQ(parse_fields("Connection: closed"), "GET / 1.1 Host=h Connection=closed |");
  EXPECT_EQ(parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"), "GET / 1.0 Connection=Keep-Alive |");
  EXPECT_EQ(parse("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n"),
            "GET / 1.0 Connection=keep-alive, close | close");
}

TEST(HeadParser, KnowsOneExpectation) {
  EXPECT_EQ(parse_fields("Expect: 100-Continue"), "GET / 1.1 Host=h Expect=100-Continue | continue");
  EXPECT_EQ(parse_fields("Expect: 200-ok"), "417 the only expectation met here is 100-continue");
  EXPECT_EQ(parse("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n"), "GET / 1.0 Expect=100-continue | close");
}

TEST(HeadParser, BoundsTheHead) {
  HttpLimits limits;
  limits.head_bytes = 64;
  const std::string frame = "GET / HTTP/1.1\r\nHost: h\r\nX: \r\n\r\n";
  const auto head_of = [&](std::size_t bytes) {
    return "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(bytes - frame.size(), 'a') + "\r\n\r\n";
  };
  EXPECT_EQ(parse(head_of(64), limits).substr(0, 3), "GET");
  EXPECT_EQ(parse(head_of(65), limits), "431 the request's head is too large");
  EXPECT_EQ(parse(head_of(100), limits), "431 the request's head is too large");
  EXPECT_EQ(parse(std::string(64, 'a'), limits), "431 the request's head is too large");
  EXPECT_EQ(parse(std::string(63, 'a'), limits), "incomplete");
  EXPECT_EQ(parse("GET /" + std::string(20'000, 'a')), "431 the request's head is too large");
}

TEST(HeadParser, BoundsTheNumberOfFields) {
  std::string fields;
  for (int i = 0; i < 98; ++i) fields += "X: 1\r\n";
  EXPECT_EQ(parse_fields(fields + "X: 1").substr(0, 3), "GET");
  EXPECT_EQ(parse_fields(fields + "X: 1\r\nX: 1"), "431 the request has too many header fields");
}

}  // namespace
}  // namespace relay::http
