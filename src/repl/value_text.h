#pragma once

#include <cstddef>
#include <string>

#include "base/diagnostic.h"
#include "value/value.h"

namespace relay::repl {

enum class Extent { kCut, kWhole, kOneLine };  // kOneLine: whole, for who reads line by line

struct ValueLook {
  std::size_t columns = 80;
  Colours colours = Colours::kOff;
  Extent extent = Extent::kCut;
};

// A value as the prompt shows it: on one line where it fits, else part by part, indented, short parts side by side. What
// the program or others have put into a text cannot steer the terminal: control characters are shown as escapes.
//
// Bound: kCut shows at most kMostParts parts of each array, object or struct, kMostCharacters of a text, kDeepest levels
//        and about kMostBytes in all, and costs no more than that; what is left out is counted.
// Without native recursion.
inline constexpr std::size_t kMostParts = 50;
inline constexpr std::size_t kMostCharacters = 400;
inline constexpr std::size_t kDeepest = 8;
inline constexpr std::size_t kMostBytes = 8 * 1024;
[[nodiscard]] std::string value_text(const Value& value, const ValueLook& look);

// As an annotation would name it: "number", "[string]", "{string: number}", "User"; "[any]" where elements differ. Looks
// at the first 1,000 elements and three levels.
[[nodiscard]] std::string type_text(const Value& value);

}  // namespace relay::repl
