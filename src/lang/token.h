#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/source.h"

namespace relay {

// The kinds of tokens. The reserved words stand together, from kFn to kNil.
enum class TokenKind : std::uint8_t {
  kEnd,
  kInvalid,  // characters that the lexer has reported
  kName,
  kNumber,
  kString,
  kDatetime,
  kTextWhole,   // `text`
  kTextHead,    // `text${
  kTextMiddle,  // }text${
  kTextTail,    // }text`
  // reserved words
  kFn,
  kSet,
  kIf,
  kElse,
  kFor,
  kIn,
  kWhile,
  kBreak,
  kContinue,
  kReturn,
  kThrow,
  kTry,
  kCatch,
  kDispatch,
  kSend,
  kImport,
  kTrue,
  kFalse,
  kNil,
  // punctuation
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kSemicolon,
  kColon,
  kDot,
  kArrow,
  kAssign,
  kCompoundAssign,  // += -= *= /= %= := and the like: no operators of Relay, reported by the parser
  // operators
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAnd,
  kOr,
  kNot,
  kCoalesce,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool line_break_before = false;
  Span span;
  union {
    double number = 0;         // kNumber
    std::int64_t nanoseconds;  // kDatetime
    std::uint32_t text;        // kString and the kText kinds: index of the decoded text
  };
};

// A name or a reserved word: what may stand after `.`, as a key, a field or a method name.
[[nodiscard]] constexpr bool is_word(TokenKind kind) {
  return kind == TokenKind::kName || (kind >= TokenKind::kFn && kind <= TokenKind::kNil);
}
[[nodiscard]] constexpr bool is_reserved(TokenKind kind) { return is_word(kind) && kind != TokenKind::kName; }

// `( [ {` and the start of `${`; a kTextMiddle closes one and opens the next.
[[nodiscard]] constexpr bool is_opener(TokenKind kind) {
  return kind == TokenKind::kLeftParen || kind == TokenKind::kLeftBracket || kind == TokenKind::kLeftBrace ||
         kind == TokenKind::kTextHead || kind == TokenKind::kTextMiddle;
}
[[nodiscard]] constexpr bool is_closer(TokenKind kind) {
  return kind == TokenKind::kRightParen || kind == TokenKind::kRightBracket || kind == TokenKind::kRightBrace ||
         kind == TokenKind::kTextMiddle || kind == TokenKind::kTextTail;
}

// An operator that stands between two operands. `-` is one too, but at the start of a line it begins an expression.
[[nodiscard]] constexpr bool is_binary_operator(TokenKind kind) {
  return kind >= TokenKind::kPlus && kind <= TokenKind::kCoalesce && kind != TokenKind::kNot;
}

// All words that are reserved everywhere.
[[nodiscard]] std::span<const std::string_view> reserved_words();
// Those that are keywords only where their construct begins or needs them; names elsewhere.
[[nodiscard]] std::span<const std::string_view> contextual_words();
// The kind of a word: kName unless it is reserved.
[[nodiscard]] TokenKind word_kind(std::string_view word);

}  // namespace relay
