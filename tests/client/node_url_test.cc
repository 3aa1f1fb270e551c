#include "client/node_url.h"

#include <gtest/gtest.h>

namespace relay::client {
namespace {

TEST(NodeUrl, ReadsHostPortAndPath) {
  const auto url = parse_node_url("http://example.org:8081/proxy/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->text, "http://example.org:8081/proxy");
  EXPECT_EQ(url->host, "example.org");
  EXPECT_EQ(url->port, "8081");
  EXPECT_EQ(url->path, "/proxy");
  EXPECT_EQ(url->authority(), "example.org:8081");
}

TEST(NodeUrl, ReadsHostAndPortAlone) {
  EXPECT_EQ(parse_node_url("localhost:8080")->text, "http://localhost:8080");
  EXPECT_EQ(parse_node_url("http://localhost")->port, "80");
}

TEST(NodeUrl, ReadsAnIpv6Address) {
  const auto url = parse_node_url("http://[::1]:8080");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->authority(), "[::1]:8080");
  EXPECT_EQ(url->text, "http://[::1]:8080");
}

TEST(NodeUrl, ReadsASchemeInAnyCase) {
  EXPECT_EQ(parse_node_url("HTTP://localhost:8080")->text, "http://localhost:8080");
  EXPECT_NE(parse_node_url("HTTPS://h").error().detail.find("without TLS"), std::string::npos);
}

TEST(NodeUrl, AsksForTheBracketsOfAnIpv6Address) {
  EXPECT_NE(parse_node_url("http://::1:8080").error().detail.find("stands in brackets"), std::string::npos);
}

TEST(NodeUrl, RefusesWhatIsNone) {
  for (const char* text :
       {"", "http://", "https://h", "ftp://h", "http://:80", "http://h:", "http://h:0", "http://h:65536",
        "http://h:8x", "http://h/?q", "http://h/#f", "http://u@h", "http://[::1", "http://[::1]x",
        "http://a b", "http://h\r\nX: y", "http://h\xC3\xA9"}) {
    const auto url = parse_node_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_NE(url.error().detail.find("http://localhost:8080"), std::string::npos);
  }
}

TEST(NodeUrl, IsToldFromTheNameOfAMethod) {
  EXPECT_TRUE(is_meant_as_url("http://h"));
  EXPECT_TRUE(is_meant_as_url("localhost:8080"));
  EXPECT_FALSE(is_meant_as_url("node.server.method"));
}

}  // namespace
}  // namespace relay::client
