#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace relay::lsp {

// JSON as text, from the inside out.
struct JsonMember {
  std::string_view key;
  std::string json;
};

[[nodiscard]] std::string json_string(std::string_view text);
[[nodiscard]] std::string json_object(std::initializer_list<JsonMember> members);
[[nodiscard]] std::string json_object(const std::vector<JsonMember>& members);
[[nodiscard]] std::string json_array(const std::vector<std::string>& elements);

}  // namespace relay::lsp
