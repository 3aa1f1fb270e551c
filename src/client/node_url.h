#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace relay::client {

inline constexpr std::string_view kDefaultUrl = "http://localhost:8080";

// Where a node answers HTTP.
struct NodeUrl {
  std::string text;  // as a message shows it: "http://localhost:8080"
  std::string host;  // a name or an address, IPv6 without its brackets
  std::string port;
  std::string path;  // what stands before "/rpc" where a proxy does; mostly empty, no slash at its end

  // The value of the header field Host.
  [[nodiscard]] std::string authority() const;
};

// Whether a word of a command line is meant as a URL: no name of a method has a colon or a slash.
[[nodiscard]] bool is_meant_as_url(std::string_view word);

// Reads http://host[:port][/path] or host:port. Errors: kParse, what is wrong with it and what to write.
[[nodiscard]] Result<NodeUrl> parse_node_url(std::string_view text);

}  // namespace relay::client
