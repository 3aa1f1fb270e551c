#pragma once

#include <string_view>

#include "http/refusal.h"

namespace relay::http {

struct FieldLine {
  std::string_view name;
  std::string_view value;  // without the blanks around it
};

// Takes "Name: value" apart. No blank before the colon or at the start of the line (which would fold the line before).
// Parts are views into `line`, which holds no control character but tabs.
[[nodiscard]] Refusal parse_field_line(std::string_view line, FieldLine& field);

}  // namespace relay::http
