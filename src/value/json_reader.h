#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "value/symbol_table.h"
#include "value/value.h"

namespace relay {

inline constexpr std::size_t kMaxJsonDepth = 128;  // spec http.md, Limits

// kChecked: a part of a text that a cursor has been over, by skip() or read(). What is skipped or read raw
// there is not checked again but for its depth.
enum class JsonText : std::uint8_t { kUnchecked, kChecked };

struct JsonOptions {
  std::size_t max_depth = kMaxJsonDepth;
  const SymbolTable* symbols = nullptr;  // keys found there become the program's own strings
  JsonText text = JsonText::kUnchecked;
};

// Reads one JSON text straight into values under the current heap: key order kept, a duplicate key's last
// value wins (in the place of the first), 2^64 is the nearest double, 1e400 and a lone surrogate are errors.
// docs/json.md has the whole of what is accepted and refused. Needs no padding behind `text`, and no native
// recursion.
// Errors: kParse, saying what is wrong and at which byte (from 0).
[[nodiscard]] Result<Value> read_json(std::string_view text, const JsonOptions& options = {});

}  // namespace relay
