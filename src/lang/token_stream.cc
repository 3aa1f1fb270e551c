#include "lang/token_stream.h"

#include <algorithm>

namespace relay {

namespace {

bool closes(TokenKind opener, TokenKind closer) {
  switch (opener) {
    case TokenKind::kLeftParen:
      return closer == TokenKind::kRightParen;
    case TokenKind::kLeftBracket:
      return closer == TokenKind::kRightBracket;
    case TokenKind::kLeftBrace:
      return closer == TokenKind::kRightBrace;
    default:
      return closer == TokenKind::kTextMiddle || closer == TokenKind::kTextTail;
  }
}

}  // namespace

TokenStream::TokenStream(LexResult lexed, std::string_view source)
    : tokens_(std::move(lexed.tokens)), texts_(std::move(lexed.texts)), source_(source) {
  match_brackets();
}

const Token& TokenStream::next(std::uint32_t ahead) const {
  return tokens_[std::min<std::size_t>(std::size_t{at_} + ahead, tokens_.size() - 1)];
}

std::string_view TokenStream::source(const Token& token) const {
  return source_.substr(token.span.begin, token.span.end - token.span.begin);
}

bool TokenStream::accept(TokenKind kind) {
  if (!is(kind)) return false;
  advance();
  return true;
}

// The middle of an interpolated string closes one bracket and opens the next, so the walk goes from part to part.
void TokenStream::skip_balanced() {
  while (is_opener(now().kind) && closers_[at_] != kNone) at_ = closers_[at_];
  advance();
}

// A closer that fits no open bracket is ignored; one that fits an outer bracket leaves the inner ones unclosed. A
// bracket of another kind between them is looked through only so far, which keeps the work linear.
void TokenStream::match_brackets() {
  constexpr std::size_t kLookThrough = 64;
  closers_.assign(tokens_.size(), kNone);
  stray_braces_.clear();
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (is_closer(kind)) {
      const std::size_t reach = std::min(open.size(), kLookThrough);
      bool is_stray = true;
      for (std::size_t depth = 1; depth <= reach; ++depth) {
        const std::uint32_t opener = open[open.size() - depth];
        if (!closes(tokens_[opener].kind, kind)) continue;
        closers_[opener] = i;
        open.resize(open.size() - depth);
        is_stray = false;
        break;
      }
      if (is_stray && kind == TokenKind::kRightBrace) stray_braces_.push_back(i);
    }
    if (is_opener(kind)) open.push_back(i);
  }
}

void TokenStream::insert_left_brace() {
  Token brace;
  brace.kind = TokenKind::kLeftBrace;
  const std::uint32_t end = at_ == 0 ? 0 : tokens_[at_ - 1].span.end;
  brace.span = {end, end};
  tokens_.insert(tokens_.begin() + at_, brace);
  match_brackets();
}

}  // namespace relay
