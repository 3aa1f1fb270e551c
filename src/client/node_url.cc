#include "client/node_url.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "value/display.h"

namespace relay::client {
namespace {

constexpr std::string_view kScheme = "http://";
constexpr std::string_view kTlsScheme = "https://";
constexpr std::string_view kStandardPort = "80";

Error wrong(std::string_view text, std::string_view why) {
  std::string detail;
  append_quoted(detail, text);
  detail += " is no URL of a node: ";
  detail += why;
  detail += ". Write it as http://localhost:8080";
  return {Errc::kParse, std::move(detail)};
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failed == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool has_stray_character(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte >= 0x7F) return true;
  }
  return text.find_first_of("?#@\\\"<>") != std::string_view::npos;
}

// Schemes are written in any case.
bool has_scheme(std::string_view text, std::string_view scheme) {
  const auto is_same = [](char letter, char c) { return letter == c || letter == c + ('a' - 'A'); };
  return text.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), text.begin(), is_same);
}

bool is_bare_ipv6(std::string_view authority) {
  return !authority.starts_with('[') && std::count(authority.begin(), authority.end(), ':') > 1;
}

// Splits host and port; false when a bracket has no partner or something else than a port follows it.
bool split_authority(std::string_view authority, NodeUrl& url) {
  std::string_view rest;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return false;
    url.host = authority.substr(1, end - 1);
    rest = authority.substr(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return false;
  } else {
    const std::size_t colon = authority.find(':');
    url.host = authority.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
  }
  url.port = rest.empty() ? kStandardPort : rest.substr(1);
  return true;
}

}  // namespace

std::string NodeUrl::authority() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + host + "]" : host) + ":" + port;
}

bool is_meant_as_url(std::string_view word) {
  return word.find_first_of(":/") != std::string_view::npos;
}

Result<NodeUrl> parse_node_url(std::string_view text) {
  std::string_view rest = text;
  if (has_scheme(rest, kTlsScheme))
    return wrong(text, "a node speaks HTTP without TLS, and so does this command");
  if (has_scheme(rest, kScheme)) {
    rest.remove_prefix(kScheme.size());
  } else if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
    return wrong(text, "a node answers HTTP");
  }
  if (has_stray_character(rest)) return wrong(text, "it has only host, port and path");
  NodeUrl url;
  const std::size_t slash = rest.find('/');
  if (is_bare_ipv6(rest.substr(0, slash))) return wrong(text, "an IPv6 address stands in brackets, as in [::1]:8080");
  if (!split_authority(rest.substr(0, slash), url) || url.host.empty())
    return wrong(text, "the host is missing");
  if (!is_port(url.port)) return wrong(text, "the port is a number from 1 to 65535");
  if (slash != std::string_view::npos) url.path = rest.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  url.text = std::string(kScheme) +
             (url.port == kStandardPort ? std::string(rest.substr(0, slash)) : url.authority());
  url.text += url.path;
  return url;
}

}  // namespace relay::client
