#include "lang/token.h"

#include <array>
#include <utility>

namespace relay {

TokenKind word_kind(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, TokenKind>, 19> kReserved = {{
      {"fn", TokenKind::kFn},         {"set", TokenKind::kSet},           {"if", TokenKind::kIf},
      {"else", TokenKind::kElse},     {"for", TokenKind::kFor},           {"in", TokenKind::kIn},
      {"while", TokenKind::kWhile},   {"break", TokenKind::kBreak},       {"continue", TokenKind::kContinue},
      {"return", TokenKind::kReturn}, {"throw", TokenKind::kThrow},       {"try", TokenKind::kTry},
      {"catch", TokenKind::kCatch},   {"dispatch", TokenKind::kDispatch}, {"send", TokenKind::kSend},
      {"import", TokenKind::kImport}, {"true", TokenKind::kTrue},         {"false", TokenKind::kFalse},
      {"nil", TokenKind::kNil},
  }};
  for (const auto& [text, kind] : kReserved) {
    if (text == word) return kind;
  }
  return TokenKind::kName;
}

}  // namespace relay
