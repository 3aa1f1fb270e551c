#include "repl/value_text.h"

#include <algorithm>

#include "base/plain_text.h"
#include "repl/style.h"
#include "value/array.h"
#include "value/display.h"
#include "value/layout.h"
#include "value/object.h"

namespace relay::repl {
namespace {

constexpr std::size_t kFewestColumns = 20;
constexpr int kTypeDepth = 3;
constexpr std::size_t kTypeElements = 1000;

std::string type_text(const Value& value, int depth);

std::string common(const std::string& known, const std::string& next) {
  if (known.empty()) return next;
  return known == next ? known : "any";
}

std::string type_text(const Value& value, int depth) {
  if (!value.is_array() && !value.is_object()) return std::string(type_name(value));
  if (depth == 0) return std::string(type_name(value));
  std::string inner;
  std::size_t seen = 0;
  if (value.is_array()) {
    for (; seen < std::min(array::size(value), kTypeElements); ++seen) {
      inner = common(inner, type_text(array::at(value, seen), depth - 1));
    }
    return inner.empty() ? "array" : "[" + inner + "]";
  }
  for (std::size_t at = object::first(value); at != object::kNone && seen < kTypeElements; ++seen) {
    inner = common(inner, type_text(*object::entry(value, at).content, depth - 1));
    at = object::next(value, at);
  }
  return inner.empty() ? "object" : "{string: " + inner + "}";
}

}  // namespace

std::string value_text(const Value& value, const ValueLook& look) {
  if (look.extent == Extent::kOneLine) return plain_text(display(value, Quotes::kQuoted));
  const std::size_t columns = std::max(look.columns, kFewestColumns);
  const Cut cut = look.extent == Extent::kCut ? kCut : Cut{};
  return highlighted(laid_out(value, columns, cut), look.colours);
}

std::string type_text(const Value& value) { return type_text(value, kTypeDepth); }

}  // namespace relay::repl
