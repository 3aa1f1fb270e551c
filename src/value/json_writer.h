#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "value/value.h"

namespace relay {

// Appends `value` as JSON by the table of spec http.md ("Conversion"), without native recursion.
// Errors: kTooLarge when `out` would grow past `max_bytes`; `out` is then cut back to what it was.
[[nodiscard]] Result<void> append_json(std::string& out, const Value& value, std::size_t max_bytes);

// Appends `text` with quotes and JSON escapes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace relay
