#pragma once

#include <string>
#include <string_view>

namespace relay::http {

inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kTextType = "text/plain; charset=utf-8";

// An answer. Date, Content-Length, Connection, CORS and the operator's own headers are added when it is written.
struct Response {
  int status = 200;
  // Points to text that lives as long as the program. Not sent with an empty body of 204.
  std::string_view content_type = kJsonType;
  std::string body;
  // Further header lines, each "Name: value\r\n"; the caller vouches for their form.
  std::string headers;
};

// `{"error": "<message>"}` with the message escaped, as every HTTP error of Relay looks.
[[nodiscard]] Response error_response(int status, std::string_view message);

// "Not Found" for 404; "Unknown" for a status that Relay never sends.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace relay::http
