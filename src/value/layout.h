#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "value/value.h"

namespace relay {

// What of a large value is left out; each thing left out is counted in its place ("... 950 more parts").
struct Cut {
  std::size_t parts = SIZE_MAX;       // of an array, object or struct
  std::size_t characters = SIZE_MAX;  // of a text, in bytes
  std::size_t levels = SIZE_MAX;
  std::size_t bytes = SIZE_MAX;  // about so many in all
};

// A value as the language writes it, for people: on one line where it fits into `columns`, else part by part, indented,
// short parts side by side. Control characters are shown as escapes, so no text can steer a terminal.
//
// Bound: costs no more than what is shown.
// Without native recursion.
[[nodiscard]] std::string laid_out(const Value& value, std::size_t columns, const Cut& cut = {});

}  // namespace relay
