#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"

namespace relay {

// One event of the log as the line that is written for it, without the line break. Whatever the texts hold, the line
// is one line of valid UTF-8 without control characters: they are escaped, bytes that are no UTF-8 become U+FFFD. Of each
// text it shows 4 KiB.
//   text: 2024-01-01T12:00:00.250Z INFO  event key=value key="a value"
//   JSON: {"time":"2024-01-01T12:00:00.250Z","level":"info","event":"...","key":"value"}
[[nodiscard]] std::string format_log_line(LogFormat format, WallTime time, LogLevel level, std::string_view event,
                                          std::span<const LogField> fields);

}  // namespace relay
