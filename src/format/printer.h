#pragma once

#include <string>

#include "format/doc.h"

namespace relay::format {

inline constexpr std::uint32_t kLineWidth = 100;
inline constexpr std::uint32_t kIndentWidth = 4;

// The text of `root`, broken into lines of at most kLineWidth columns where its line places allow that. No line ends with
// a blank, except inside texts.
// Bound: time is linear in the size of the docs times kLineWidth; nothing recurses.
[[nodiscard]] std::string print(const Docs& docs, Doc root);

}  // namespace relay::format
