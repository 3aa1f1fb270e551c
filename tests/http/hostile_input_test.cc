// Inputs that make a server and a proxy before it disagree about where a request ends (request smuggling), and other
// requests that Relay refuses. Each is sent whole, in two halves cut at every byte, and byte by byte, and must look
// the same to the client and to the handlers each time.
#include <gtest/gtest.h>

#include "http_fixture.h"

namespace relay::http {
namespace {

struct Outcome {
  std::string statuses;
  std::string seen;
  bool ended = false;

  bool operator==(const Outcome&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << outcome.statuses << " [" << outcome.seen << "]" << (outcome.ended ? " ended" : " open");
}

Outcome outcome_of(HttpFixture& fixture, Client& client) {
  Outcome outcome{client.statuses(), "", client.ended()};
  for (const std::string& seen : fixture.seen) outcome.seen += (outcome.seen.empty() ? "" : "; ") + seen;
  return outcome;
}

Outcome run_whole(std::string_view input) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send(input);
  return outcome_of(fixture, client);
}

// The outcome of `input`, however it is cut.
Outcome run(std::string_view input) {
  const Outcome whole = run_whole(input);
  HttpFixture bytewise;
  Client client = bytewise.connect();
  client.send_bytewise(input);
  EXPECT_EQ(outcome_of(bytewise, client), whole) << "byte by byte";
  for (std::size_t cut = 1; cut < input.size() && input.size() < 1000; ++cut) {
    HttpFixture halved;
    Client second = halved.connect();
    second.send(input.substr(0, cut)).send(input.substr(cut));
    EXPECT_EQ(outcome_of(halved, second), whole) << "cut at " << cut;
  }
  return whole;
}

// Refused with `status` before any handler saw it, and the connection is at its end.
Outcome refused(std::string_view status) { return {std::string(status), "", true}; }

std::string post_lines(std::string_view lines, std::string_view body) {
  return "POST /echo HTTP/1.1\r\nHost: h\r\n" + std::string(lines) + "\r\n" + std::string(body);
}

constexpr std::string_view kSecond = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(HostileInput, LengthBesideChunkedIsRefused) {
  const std::string body = "0\r\n\r\n" + std::string(kSecond);
  EXPECT_EQ(run(post_lines("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", body)), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", body)), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding: chunked, identity\r\nContent-Length: 5\r\n", body)), refused("400"));
}

TEST(HostileInput, UnknownEncodingIsRefusedWithWhatFollows) {
  EXPECT_EQ(run(post_lines("Transfer-Encoding: gzip\r\nContent-Length: 2\r\n", "ab")), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding: gzip\r\n", kSecond)), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding: identity\r\n", kSecond)), refused("400"));
}

TEST(HostileInput, DisguisedChunkedIsRefused) {
  for (const char* value : {"xchunked", "chunked, chunked", "chunked;x", "\"chunked\"", "chunked\x0b", "\x0b" "chunked",
                            "chun\tked", "gzip, chunked", "chunked,"}) {
    EXPECT_EQ(run(post_lines("Transfer-Encoding: " + std::string(value) + "\r\n", "0\r\n\r\n")), refused("400"))
        << value;
  }
  EXPECT_EQ(run(post_lines("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines(" Transfer-Encoding: chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines("X: y\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines("X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines("X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding\x01: chunked\r\n", "0\r\n\r\n")), refused("400"));
  EXPECT_EQ(run(post_lines("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")),
            refused("400"));
}

TEST(HostileInput, ANameThatOnlyResemblesAnEncodingIsAnOrdinaryField) {
  EXPECT_EQ(run(post_lines("Transfer_Encoding: chunked\r\nContent-Length: 2\r\n", "ab")),
            (Outcome{"200", "POST /echo ab", false}));
}

TEST(HostileInput, DisguisedLengthIsRefused) {
  for (const char* value : {"+2", "-2", "2, 2", "2,3", "2 2", "0x2", "2\x0b", "2.0", "", "2;", "18446744073709551618"}) {
    EXPECT_EQ(run(post_lines("Content-Length: " + std::string(value) + "\r\n", "ab")), refused("400")) << value;
  }
  EXPECT_EQ(run(post_lines("Content-Length : 2\r\n", "ab")), refused("400"));
  EXPECT_EQ(run(post_lines("Content-Length: 2\r\nContent-Length: 2\r\n", "ab")), refused("400"));
  EXPECT_EQ(run(post_lines("Content-Length: 2\r\nContent-Length: 35\r\n", "ab")), refused("400"));
  EXPECT_EQ(run(post_lines("Content-Length:\r\n 2\r\n", "ab")), refused("400"));
}

TEST(HostileInput, ChunkedOnHttp10IsRefused) {
  EXPECT_EQ(run("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), refused("400"));
}

TEST(HostileInput, ATrailerNeverBecomesAField) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.send("GET /see HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              "0\r\nAuthorization: Bearer evil\r\nHost: evil\r\n\r\n");
  const std::string answer = client.received();
  EXPECT_NE(answer.find("Host=h"), std::string::npos) << answer;
  EXPECT_NE(answer.find("Authorization-"), std::string::npos) << answer;
}

TEST(HostileInput, LongChunkExtensionsAreRefused) {
  const std::string extension = "1;" + std::string(200'000, 'x') + "\r\na\r\n0\r\n\r\n";
  EXPECT_EQ(run(post_chunked("/echo", extension)), refused("400"));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "1;abc\r\nx\r\n";
  EXPECT_EQ(run(post_chunked("/echo", many + "0\r\n\r\n")), refused("400"));
}

TEST(HostileInput, MalformedChunksAreRefused) {
  for (const char* chunks : {"2\r\nabc\r\n0\r\n\r\n", "3\r\nab\r\n0\r\n\r\n", "2 \r\nab\r\n0\r\n\r\n", "0x2\r\nab\r\n0\r\n\r\n",
                             "2\nab\r\n0\r\n\r\n", "2\r\nab\n0\r\n\r\n", "-2\r\nab\r\n0\r\n\r\n", "\r\nab\r\n0\r\n\r\n",
                             "100000000000000002\r\nab\r\n0\r\n\r\n", "2;a\nb\r\nab\r\n0\r\n\r\n", "0\r\nX : y\r\n\r\n"}) {
    EXPECT_EQ(run(post_chunked("/echo", chunks)), refused("400")) << chunks;
  }
}

TEST(HostileInput, WrongHostsAreRefused) {
  EXPECT_EQ(run("GET /hello HTTP/1.1\r\n\r\n"), refused("400"));
  EXPECT_EQ(run(get("/hello", "Host: h\r\n")), refused("400"));
  EXPECT_EQ(run(get("/hello", "Host: other\r\n")), refused("400"));
  EXPECT_EQ(run("GET http://a/hello HTTP/1.1\r\n\r\n"), refused("400"));
}

TEST(HostileInput, MalformedHeadsAreRefused) {
  EXPECT_EQ(run(get("/hello", "X : y\r\n")), refused("400"));
  EXPECT_EQ(run(get("/hello", "X: a\r\n b\r\n")), refused("400"));
  EXPECT_EQ(run("GET /hello HTTP/1.1\nHost: h\n\n"), refused("400"));
  EXPECT_EQ(run("GET /hello\r\n"), refused("400"));
  EXPECT_EQ(run("GET /hel\x01lo HTTP/1.1\r\nHost: h\r\n\r\n"), refused("400"));
  EXPECT_EQ(run(std::string("GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n", 31)), refused("400"));
  EXPECT_EQ(run("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), refused("505"));
  EXPECT_EQ(run("\x16\x03\x01\x02\x00\x01\x00\x01\xfc"), refused("400"));
}

TEST(HostileInput, LimitsAreAnsweredWithTheirStatus) {
  EXPECT_EQ(run(get("/hello", "X: " + std::string(16 * 1024, 'a') + "\r\n")), refused("431"));
  std::string fields;
  for (int i = 0; i < 100; ++i) fields += "X: y\r\n";
  EXPECT_EQ(run(get("/hello", fields)), refused("431"));
  EXPECT_EQ(run(post_lines("Content-Length: 8388609\r\n", "a")), refused("413"));
  EXPECT_EQ(run(post_lines("Content-Length: 9999999999999999999\r\n", "a")), refused("413"));
  EXPECT_EQ(run(post_chunked("/echo", "800001\r\n")), refused("413"));
}

TEST(HostileInput, NothingBehindARefusedRequestIsServed) {
  EXPECT_EQ(run(std::string(kSecond) + "BAD\r\n\r\n" + std::string(kSecond)),
            (Outcome{"200 400", "GET /hello ", true}));
  EXPECT_EQ(run(post_chunked("/echo", "0\r\n\n" + std::string(kSecond))), refused("400"));
}

TEST(HostileInput, ABodyIsNeverReadAsARequest) {
  const std::string body(kSecond);
  EXPECT_EQ(run(post("/echo", body) + get("/hello")), (Outcome{"200 200", "POST /echo " + body + "; GET /hello ", false}));
  EXPECT_EQ(run(post("/nowhere", body) + get("/hello")), (Outcome{"404 200", "GET /hello ", false}));
  EXPECT_EQ(run(post("/hello", body)), (Outcome{"405", "", false}));
  EXPECT_EQ(run(get("/hello", "Content-Length: " + std::to_string(body.size()) + "\r\n") + body + get("/none")),
            (Outcome{"200 204", "GET /hello " + body + "; GET /none ", false}));
}

}  // namespace
}  // namespace relay::http
