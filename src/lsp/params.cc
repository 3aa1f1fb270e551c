#include "lsp/params.h"

#include <cmath>

#include "value/array.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::lsp {

const Value* find(const Value& object, std::string_view path) {
  const Value* at = &object;
  while (at != nullptr && !path.empty()) {
    if (!at->is_object()) return nullptr;
    const std::size_t dot = path.find('.');
    at = object::find(*at, path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return at;
}

std::optional<std::string> text_at(const Value& object, std::string_view path) {
  const Value* value = find(object, path);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(string::text(*value));
}

std::optional<std::uint32_t> count_at(const Value& object, std::string_view path) {
  const Value* value = find(object, path);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double number = value->as_number();
  if (!(number >= 0 && number <= UINT32_MAX) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::uint32_t>(number);
}

std::optional<LspPosition> position_at(const Value& object, std::string_view path) {
  const Value* value = find(object, path);
  if (value == nullptr) return std::nullopt;
  const auto line = count_at(*value, "line");
  const auto character = count_at(*value, "character");
  if (!line || !character) return std::nullopt;
  return LspPosition{*line, *character};
}

std::optional<LspRange> range_at(const Value& object, std::string_view path) {
  const Value* value = find(object, path);
  if (value == nullptr) return std::nullopt;
  const auto start = position_at(*value, "start");
  const auto end = position_at(*value, "end");
  if (!start || !end) return std::nullopt;
  return LspRange{*start, *end};
}

bool is_true_at(const Value& object, std::string_view path) {
  const Value* value = find(object, path);
  return value != nullptr && value->is_bool() && value->as_bool();
}

bool lists(const Value& object, std::string_view path, std::string_view text) {
  const Value* value = find(object, path);
  if (value == nullptr || !value->is_array()) return false;
  for (std::size_t i = 0; i < array::size(*value); ++i) {
    const Value& element = array::at(*value, i);
    if (element.is_string() && string::text(element) == text) return true;
  }
  return false;
}

}  // namespace relay::lsp
