#include "client/json_fields.h"

#include <algorithm>

#include "value/object.h"
#include "value/string.h"

namespace relay::client {

std::string text_of(const Value& object, std::string_view key) {
  const Value* content = object::find(object, key);
  return content != nullptr && content->is_string() ? std::string(string::text(*content)) : std::string();
}

std::optional<std::uint64_t> count_of(const Value& object, std::string_view key) {
  constexpr double kMost = 1e15;  // more is nothing that a node counts
  const Value* content = object::find(object, key);
  if (content == nullptr || !content->is_number()) return std::nullopt;
  return static_cast<std::uint64_t>(std::clamp(content->as_number(), 0.0, kMost));
}

}  // namespace relay::client
