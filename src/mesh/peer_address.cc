#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "mesh/mesh_limits.h"
#include "mesh/peer_table.h"

namespace relay::mesh {
namespace {

constexpr std::string_view kScheme = "http://";
// RFC 1035 section 2.3.4.
constexpr std::size_t kMaxHostBytes = 253;

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

bool is_ipv6(const std::string& text) {
  in6_addr parsed{};
  return inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

Error bad_address(std::string_view text, std::string_view why) {
  return {Errc::kParse,
          "bad address '" + std::string(text.substr(0, kMaxAddressBytes)) + "': " + std::string(why)};
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_host(const std::string& host) {
  if (host.starts_with('[')) return host.ends_with(']') && is_ipv6(host.substr(1, host.size() - 2));
  return host.size() <= kMaxHostBytes && std::ranges::all_of(host, is_host_char);
}

}  // namespace

Result<std::string> parse_peer_address(std::string_view text) {
  std::string_view rest = text;
  if (text.size() > kMaxAddressBytes) return bad_address(text, "it is too long");
  if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
    if (!rest.starts_with(kScheme)) return bad_address(text, "only http:// can be dialled");
    rest.remove_prefix(kScheme.size());
    if (rest.ends_with('/')) rest.remove_suffix(1);
  }
  if (rest.find_first_of("/?#") != std::string_view::npos)
    return bad_address(text, "it has a path; write host:port");
  const std::size_t colon = rest.rfind(':');
  const bool has_port = colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos;
  if (!has_port) return bad_address(text, "it has no port; write host:port");
  std::string host(rest.substr(0, colon));
  std::ranges::transform(host, host.begin(), lower);
  if (host.empty()) return bad_address(text, "it has no host; write host:port");
  if (!host.starts_with('[') && host.find(':') != std::string::npos) {
    return bad_address(text, "an IPv6 address stands in brackets: [::1]:8080");
  }
  if (!is_host(host)) return bad_address(text, "its host is no name and no IP address");
  const std::string_view digits = rest.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (fault != std::errc() || stop != digits.data() + digits.size() || port == 0) {
    return bad_address(text, "its port is no number from 1 to 65535");
  }
  return host + ':' + std::to_string(port);
}

}  // namespace relay::mesh
