#include <gtest/gtest.h>

#include "mesh/peer_table.h"

namespace relay::mesh {
namespace {

std::string parsed(std::string_view text) {
  const Result<std::string> address = parse_peer_address(text);
  return address ? *address : "error: " + address.error().detail;
}

TEST(PeerAddress, TakesHostAndPortWithOrWithoutTheScheme) {
  EXPECT_EQ(parsed("localhost:8080"), "localhost:8080");
  EXPECT_EQ(parsed("http://localhost:8080"), "localhost:8080");
  EXPECT_EQ(parsed("http://LocalHost:8080/"), "localhost:8080");
  EXPECT_EQ(parsed("192.0.2.7:1"), "192.0.2.7:1");
  EXPECT_EQ(parsed("[::1]:65535"), "[::1]:65535");
  EXPECT_EQ(parsed("http://[2001:DB8::7]:80/"), "[2001:db8::7]:80");
  EXPECT_EQ(parsed("my_host-1.example:0080"), "my_host-1.example:80");
}

TEST(PeerAddress, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "it has no port; write host:port"},
      {"localhost", "it has no port; write host:port"},
      {"http://localhost/", "it has no port; write host:port"},
      {"[::1]", "it has no port; write host:port"},
      {":8080", "it has no host; write host:port"},
      {"localhost:", "its port is no number from 1 to 65535"},
      {"localhost:0", "its port is no number from 1 to 65535"},
      {"localhost:65536", "its port is no number from 1 to 65535"},
      {"localhost:-1", "its port is no number from 1 to 65535"},
      {"localhost:80 ", "its port is no number from 1 to 65535"},
      {"localhost:8080/ws/p2p", "it has a path; write host:port"},
      {"https://localhost:8080", "only http:// can be dialled"},
      {"ws://localhost:8080", "only http:// can be dialled"},
      {"::1:8080", "an IPv6 address stands in brackets: [::1]:8080"},
      {"[::g]:8080", "its host is no name and no IP address"},
      {"[]:8080", "its host is no name and no IP address"},
      {"a b:8080", "its host is no name and no IP address"},
      {"user@host:8080", "its host is no name and no IP address"},
      {"host\r\nX:8080", "its host is no name and no IP address"},
  };
  for (const auto& [text, why] : cases) {
    const Result<std::string> address = parse_peer_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().code, Errc::kParse);
    EXPECT_EQ(address.error().detail, "bad address '" + text + "': " + why);
  }
}

TEST(PeerAddress, RefusesWhatIsTooLongWithoutRepeatingAllOfIt) {
  const Result<std::string> address = parse_peer_address(std::string(100'000, 'a') + ":1");
  ASSERT_FALSE(address);
  EXPECT_LT(address.error().detail.size(), 400u);
  EXPECT_FALSE(parse_peer_address(std::string(254, 'a') + ":1"));
  EXPECT_TRUE(parse_peer_address(std::string(253, 'a') + ":1"));
}

}  // namespace
}  // namespace relay::mesh
