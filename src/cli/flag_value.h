#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace relay::cli {

// Readers of flag values. Errors: kParse with `expected X, got "Y"`.

// true, false, 1, 0, yes, no, on, off.
[[nodiscard]] Result<bool> read_bool(std::string_view text);
[[nodiscard]] Result<std::size_t> read_count(std::string_view text, std::size_t least, std::size_t most);
// 8388608, 8MiB, 8M (the same: binary multiples).
[[nodiscard]] Result<std::size_t> read_bytes(std::string_view text, std::size_t least);
// 30, 0.5 (seconds), 500ms, 30s, 2m, 1h.
[[nodiscard]] Result<Duration> read_seconds(std::string_view text, Duration least);

// The shortest text that the readers take back: "8MiB", "30", "0.5".
[[nodiscard]] std::string bytes_text(std::size_t bytes);
[[nodiscard]] std::string seconds_text(Duration duration);

// `expected X, got "Y"`, control characters of Y escaped.
[[nodiscard]] Error unexpected(std::string_view expected, std::string_view got);

}  // namespace relay::cli
