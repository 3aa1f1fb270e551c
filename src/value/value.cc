#include "value/value.h"

#include <array>

#include "value/array.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
bool Value::truthy_slow() const {
  if (is_number()) return as_number() != 0;
  if (!is_block()) return false;
  switch (block()->kind) {
    case BlockKind::kString: return string::size(*this) != 0;
    case BlockKind::kArray: return array::size(*this) != 0;
    case BlockKind::kObject: return object::size(*this) != 0;
    default: return true;
  }
}

std::string_view name(Type type) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "nil", "bool", "number", "string", "datetime", "array", "object", "struct", "function", "server"};
  return kNames[static_cast<std::size_t>(type)];
}

}  // namespace relay
