#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace relay {

// The bounds of what a running program may do at once, in one place (spec architecture.md, Decisions).

// Elements that one native call may copy or look at, about a quarter of a millisecond: more is looped over by
// the prelude, so that the fiber can be stopped in between.
inline constexpr std::size_t kStepElements = 64 * 1024;
// The same for work that sorts, hashes or allocates for each element, ten times as slow.
inline constexpr std::size_t kSlowStepElements = 8 * 1024;
// Bytes of text that one native call may search, copy or change.
inline constexpr std::size_t kStepBytes = 1u << 20;
// The same for work on each code point.
inline constexpr std::size_t kSlowStepBytes = 64 * 1024;
// Values that a piece of a NativeWork looks at, shows, hashes or compares; each costs a unit of the budget.
inline constexpr std::size_t kStepUnits = 16 * 1024;
// Values that a comparison looks at before it becomes a NativeWork: small ones need none.
inline constexpr std::size_t kQuickUnits = 1024;
// Elements of an array made by range(): an array of ten million takes 80 MiB, a third of a server's memory.
inline constexpr std::size_t kMaxRange = 10'000'000;
// The longest text that is looked at as a number: a mebibyte of digits is no number that anybody has written.
inline constexpr std::size_t kMaxNumberBytes = 1u << 20;
// Messages that one message_all sends: as many as a mailbox holds.
inline constexpr std::size_t kMaxMessages = 10'000;
// The longest sleep or delay: a year, far from where instants overflow.
inline constexpr double kMaxSeconds = 366.0 * 24 * 3600;

// What is said (kind `limit`) where a string would grow past string::kMaxBytes.
inline constexpr std::string_view kStringTooLong = "string longer than 64 MiB";

// What an error costs on its way to whoever catches it: its sentence, place and trace.
inline constexpr std::int64_t kErrorCost = 40;

// Units of the budget: one is about one instruction, or 64 bytes moved, or 8 elements handled in a native
// loop.
[[nodiscard]] constexpr std::size_t cost_of_bytes(std::size_t bytes) {
  return bytes / 64;
}
[[nodiscard]] constexpr std::size_t cost_of_elements(std::size_t elements) {
  return elements / 8;
}

}  // namespace relay
