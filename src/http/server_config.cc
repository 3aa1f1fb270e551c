#include "http/server_config.h"

#include <algorithm>
#include <array>

#include "http/chars.h"

namespace relay::http {
namespace {

constexpr std::array<std::string_view, 7> kOwnHeaders = {
    "Connection", "Content-Length", "Content-Type", "Date", "Transfer-Encoding", "Upgrade", "Trailer"};

bool is_value_char(char c) { return is_visible(c) || is_blank(c) || static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

Result<std::string> parse_response_header(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name)) {
    return Error{Errc::kParse, "'" + std::string(text) + "' is no header: write it as \"Name: value\""};
  }
  const std::string_view value = trim_blanks(text.substr(colon + 1));
  if (!std::all_of(value.begin(), value.end(), is_value_char)) {
    return Error{Errc::kParse, "the value of header " + std::string(name) + " holds a control character"};
  }
  for (const std::string_view own : kOwnHeaders) {
    if (equals_ignoring_case(name, own)) {
      return Error{Errc::kParse, "header " + std::string(own) + " is set by the server itself"};
    }
  }
  return std::string(name) + ": " + std::string(value) + "\r\n";
}

}  // namespace relay::http
