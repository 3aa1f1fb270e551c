#pragma once

#include <cstddef>
#include <string>

#include "base/diagnostic.h"
#include "value/layout.h"
#include "value/value.h"

namespace relay::repl {

enum class Extent { kCut, kWhole, kOneLine };  // kOneLine: whole, for who reads line by line

struct ValueLook {
  std::size_t columns = 80;
  Colours colours = Colours::kOff;
  Extent extent = Extent::kCut;
};

// A value as the prompt shows it (value/layout.h); kOneLine: as it is written, control characters as escapes.
inline constexpr Cut kCut{.parts = 50, .characters = 400, .levels = 8, .bytes = 8 * 1024};
[[nodiscard]] std::string value_text(const Value& value, const ValueLook& look);

// As an annotation would name it: "number", "[string]", "{string: number}", "User"; "[any]" where elements differ. Looks
// at the first 1,000 elements and three levels.
[[nodiscard]] std::string type_text(const Value& value);

}  // namespace relay::repl
