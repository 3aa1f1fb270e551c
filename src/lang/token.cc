#include "lang/token.h"

#include <algorithm>
#include <array>

namespace relay {

namespace {

// In the order of their kinds, which begin with kFn.
constexpr std::array<std::string_view, 19> kReserved = {
    "fn",    "set", "if",    "else",     "for",  "in",     "while", "break", "continue", "return",
    "throw", "try", "catch", "dispatch", "send", "import", "true",  "false", "nil",
};
static_assert(static_cast<std::size_t>(TokenKind::kFn) + kReserved.size() - 1 == static_cast<std::size_t>(TokenKind::kNil));

constexpr std::array<std::string_view, 11> kContextual = {"server", "state",    "receive", "struct", "protocol", "implements",
                                                          "config", "template", "from",    "test",   "within"};

}  // namespace

std::span<const std::string_view> reserved_words() { return kReserved; }

std::span<const std::string_view> contextual_words() { return kContextual; }

TokenKind word_kind(std::string_view word) {
  const auto found = std::find(kReserved.begin(), kReserved.end(), word);
  if (found == kReserved.end()) return TokenKind::kName;
  return static_cast<TokenKind>(static_cast<std::size_t>(TokenKind::kFn) + static_cast<std::size_t>(found - kReserved.begin()));
}

}  // namespace relay
