#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "value/value.h"

namespace relay {

// What a fiber waits for when it returns Step::kWaiting. The values are the fiber's own.
struct CallWait {
  std::string server;
  std::string method;
  Value args;                     // undefined, an array (by position) or an object (by name)
  std::optional<Duration> limit;  // `within`
};
// Answered by an array: for each call, in order, {ok: value} or {error: e}.
struct CallAllWait {
  std::vector<CallWait> calls;
};
// Answered by nil.
struct SleepWait {
  Duration duration;
};
// Answered by nil when standard output has room again.
struct PrintWait {};
// Answered by a string without its line break, or nil at the end of standard input.
struct ReadLineWait {};
using Wait = std::variant<CallWait, CallAllWait, SleepWait, PrintWait, ReadLineWait>;

}  // namespace relay
