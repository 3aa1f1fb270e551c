#include "http/request_line.h"

#include <algorithm>

#include "http/chars.h"

namespace relay::http {
namespace {

constexpr Refusal kNotARequestLine{400, "the request line is not METHOD TARGET HTTP/1.1"};
constexpr Refusal kBadTarget{400, "the request target is not a path, an http URI, or * for OPTIONS"};

bool is_target_char(char c) { return is_visible(c) && c != '#'; }

bool is_host_char(char c) { return is_visible(c) && std::string_view("/?#@\\").find(c) == std::string_view::npos; }

Refusal check_version(std::string_view version) {
  const bool well_formed = version.size() == 8 && version.substr(0, 5) == "HTTP/" && is_digit(version[5]) &&
                           version[6] == '.' && is_digit(version[7]);
  if (!well_formed) return kNotARequestLine;
  if (version[5] != '1') return {505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
  return {};
}

// Takes "http://host" off an absolute URI. What stays is the path and query, or empty: then `root` is a "/" of the
// line that can stand for the path.
bool strip_authority(std::string_view& target, std::string_view& root) {
  const std::size_t scheme_end = target.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const std::string_view scheme = target.substr(0, scheme_end);
  if (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https")) return false;
  root = target.substr(scheme_end + 1, 1);
  target.remove_prefix(scheme_end + 3);
  const std::size_t host_end = std::min(target.find_first_of("/?"), target.size());
  const std::string_view host = target.substr(0, host_end);
  target.remove_prefix(host_end);
  return !host.empty() && std::all_of(host.begin(), host.end(), is_host_char);
}

}  // namespace

Refusal parse_request_line(std::string_view line, RequestLine& parts) {
  const std::size_t method_end = line.find(' ');
  if (method_end == std::string_view::npos) return kNotARequestLine;
  const std::size_t target_end = line.find(' ', method_end + 1);
  if (target_end == std::string_view::npos) return kNotARequestLine;

  parts.method = line.substr(0, method_end);
  if (!is_token(parts.method)) return kNotARequestLine;
  parts.version = line.substr(target_end + 1);
  if (const Refusal refusal = check_version(parts.version)) return refusal;

  std::string_view target = line.substr(method_end + 1, target_end - method_end - 1);
  if (target.empty() || !std::all_of(target.begin(), target.end(), is_target_char)) return kBadTarget;
  if (target == "*") {
    parts.path = target;
    parts.query = {};
    return parts.method == "OPTIONS" ? Refusal{} : kBadTarget;
  }
  std::string_view root;
  if (target.front() != '/' && !strip_authority(target, root)) return kBadTarget;

  const std::size_t path_end = std::min(target.find('?'), target.size());
  parts.path = target.substr(0, path_end);
  if (parts.path.empty()) parts.path = root;
  parts.query = path_end < target.size() ? target.substr(path_end + 1) : std::string_view();
  return {};
}

}  // namespace relay::http
