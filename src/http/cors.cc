#include "http/cors.h"

#include <algorithm>

#include "http/chars.h"

namespace relay::http {
namespace {

constexpr std::string_view kMethodsAndHeaders =
    "Access-Control-Allow-Methods: POST, GET, OPTIONS\r\n"
    "Access-Control-Allow-Headers: Content-Type, Authorization\r\n";

std::string allow_lines(std::string_view origin) {
  std::string lines = "Access-Control-Allow-Origin: ";
  lines += origin;
  lines += "\r\n";
  lines += kMethodsAndHeaders;
  return lines;
}

bool is_origin(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view host = text.substr(colon + 3);
  return !host.empty() && host.find('/') == std::string_view::npos && std::all_of(text.begin(), text.end(), is_visible);
}

}  // namespace

Result<Cors> parse_cors(std::string_view text) {
  if (text == "*") return Cors{};
  if (text == "off") return Cors{Cors::Mode::kOff, {}};
  Cors cors{Cors::Mode::kList, {}};
  std::string_view origin;
  while (take_list_element(text, origin)) {
    if (!is_origin(origin)) {
      return Error{Errc::kParse, "'" + std::string(origin) + "' is no origin: write it as https://example.org"};
    }
    cors.origins.emplace_back(origin);
  }
  if (cors.origins.empty()) return Error{Errc::kParse, "-cors needs *, off, or a list of origins"};
  return cors;
}

std::string cors_fixed_headers(const Cors& cors) {
  if (cors.mode == Cors::Mode::kAny) return allow_lines("*");
  if (cors.mode == Cors::Mode::kList) return "Vary: Origin\r\n";
  return {};
}

std::string cors_headers_for(const Cors& cors, std::string_view origin) {
  if (cors.mode != Cors::Mode::kList || origin.empty()) return {};
  const bool allowed = std::find(cors.origins.begin(), cors.origins.end(), origin) != cors.origins.end();
  return allowed ? allow_lines(origin) : std::string();
}

}  // namespace relay::http
