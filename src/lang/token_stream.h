#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lang/lexer.h"

namespace relay {

// The tokens of a file with a place in them, and which bracket closes which.
//
// Invariant: the stream never runs past kEnd.
class TokenStream {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  TokenStream(LexResult lexed, std::string_view source);

  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] const Token& next(std::uint32_t ahead = 1) const;
  [[nodiscard]] const Token& previous() const { return tokens_[at_ == 0 ? 0 : at_ - 1]; }
  [[nodiscard]] const Token& token(std::uint32_t index) const { return tokens_[index]; }
  [[nodiscard]] std::uint32_t index() const { return at_; }

  [[nodiscard]] bool is(TokenKind kind) const { return now().kind == kind; }
  [[nodiscard]] bool is_end() const { return is(TokenKind::kEnd); }
  // A name or reserved word with this text; contextual keywords are found so.
  [[nodiscard]] bool is_word_text(std::string_view word) const { return is_word(now().kind) && source(now()) == word; }
  // Two tokens without a blank between them.
  [[nodiscard]] static bool touches(const Token& left, const Token& right) { return left.span.end == right.span.begin; }

  void advance() { at_ += is_end() ? 0 : 1; }
  bool accept(TokenKind kind);
  void move_to(std::uint32_t index) { at_ = index; }
  // Past the current token and, if it opens a bracket that is closed, past all that the bracket holds.
  void skip_balanced();

  // The closer of the opener at `index`, or kNone when it is never closed.
  [[nodiscard]] std::uint32_t closer_of(std::uint32_t index) const { return closers_[index]; }
  // Whether a `}` behind here closes nothing: then a `{` is missing somewhere before it.
  [[nodiscard]] bool lacks_left_brace() const { return !stray_braces_.empty() && stray_braces_.back() >= at_; }
  // Puts the `{` that is missing here in front of the current token, and matches all brackets anew.
  void insert_left_brace();

  [[nodiscard]] std::string_view source(const Token& token) const;
  [[nodiscard]] std::string take_text(const Token& token) { return std::move(texts_[token.text]); }
  [[nodiscard]] const std::string& text(const Token& token) const { return texts_[token.text]; }

 private:
  void match_brackets();

  std::vector<Token> tokens_;
  std::vector<std::string> texts_;
  std::string_view source_;
  std::vector<std::uint32_t> closers_;
  std::vector<std::uint32_t> stray_braces_;  // each `}` that closes nothing, in order
  std::uint32_t at_ = 0;
};

}  // namespace relay
