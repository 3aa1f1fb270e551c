#include <algorithm>
#include <unordered_map>

#include "lang/parser_impl.h"

namespace relay {

// To the next `,` of the list or to its closer. A list that is never closed is abandoned: panic stays.
void Parser::recover_in_list(std::uint32_t opener) {
  const std::uint32_t closer = tokens_.closer_of(opener);
  if (unwinding_ || closer == TokenStream::kNone || tokens_.index() > closer) return;
  while (tokens_.index() < closer && !tokens_.is(Kind::kComma)) tokens_.skip_balanced();
  panic_ = false;
}

// To the closer of the bracket.
void Parser::recover_in_bracket(std::uint32_t opener) {
  const std::uint32_t closer = tokens_.closer_of(opener);
  if (unwinding_ || closer == TokenStream::kNone || tokens_.index() > closer) return;
  tokens_.move_to(closer);
  panic_ = false;
}

// To the next member of a definition: behind a `,`, at a word that begins a line, or at the closing brace.
void Parser::recover_in_members(std::uint32_t opener) {
  if (unwinding_) return;
  const std::uint32_t closer = tokens_.closer_of(opener);
  while (!tokens_.is_end() && tokens_.index() != closer) {
    if (now().line_break_before && is_word(now().kind)) break;
    const bool comma = tokens_.is(Kind::kComma);
    tokens_.skip_balanced();
    if (comma) break;
  }
  panic_ = tokens_.is_end();
}

void Parser::fail_before_block(std::string_view what) {
  constexpr int kMostInserted = 20;  // each looks at all brackets
  if (has_failed_in_statement()) panic_ = true;  // in its header
  if (panic_) return recover_before_block();
  std::string hint = hint_of_foreign_word();
  const bool is_missing = hint.empty() && tokens_.lacks_left_brace() && inserted_braces_ < kMostInserted;
  if (hint.empty() && starts_statement()) hint = "a body stands in braces: `{ ... }`";
  fail_expected("`{` and " + std::string(what), std::move(hint));
  if (!is_missing) return recover_before_block();
  ++inserted_braces_;
  tokens_.insert_left_brace();
  panic_ = false;
}

void Parser::drop_errors_behind_unclosed() {
  std::unordered_map<std::uint32_t, std::uint32_t> first_by_line;
  for (const Span opener : unclosed_) {
    const auto [entry, is_new] = first_by_line.emplace(file_->position(opener.begin).line, opener.begin);
    entry->second = std::min(entry->second, opener.begin);
  }
  const auto follows = [&](const Diagnostic& diagnostic) {
    const std::uint32_t begin = diagnostic.place.span.begin;
    const auto opener = first_by_line.find(file_->position(begin).line);
    return opener != first_by_line.end() && begin > opener->second;
  };
  const auto first = diagnostics_.begin() + static_cast<std::ptrdiff_t>(lexer_errors_);
  if (!unclosed_.empty()) diagnostics_.erase(std::remove_if(first, diagnostics_.end(), follows), diagnostics_.end());
}

void Parser::recover_before_block() {
  const std::uint32_t begin = tokens_.index();
  if (unwinding_ || begin == blockless_at_) return;
  while (!tokens_.is_end()) {
    if (tokens_.is(Kind::kLeftBrace)) {
      panic_ = false;
      return;
    }
    const bool line_ends = tokens_.index() != begin && now().line_break_before;
    if (line_ends || tokens_.is(Kind::kSemicolon) || is_closer(now().kind)) break;
    tokens_.skip_balanced();
  }
  tokens_.move_to(begin);
  blockless_at_ = begin;
}

// To the next statement: behind a `;`, at the end of the block, or at a line that does not go on with this one.
void Parser::recover_statement(std::uint32_t begin) {
  while (!tokens_.is_end()) {
    if (tokens_.accept(Kind::kSemicolon)) break;
    if (at_outer_closer() || (tokens_.is(Kind::kRightBrace) && !brackets_.empty())) break;
    if (tokens_.index() != begin && now().line_break_before && !goes_on_after_error()) break;
    tokens_.skip_balanced();
  }
  panic_ = tokens_.is_end();
}

// At what closes one of the brackets that are being read: the blocks inside it, if they are still open, lack their `}`.
bool Parser::at_outer_closer() const {
  if (!is_closer(now().kind)) return false;
  return std::any_of(brackets_.begin(), brackets_.end(),
                     [this](std::uint32_t opener) { return tokens_.closer_of(opener) == tokens_.index(); });
}

bool Parser::goes_on_after_error() const {
  switch (now().kind) {
    case Kind::kRightParen:
    case Kind::kRightBracket:
    case Kind::kComma:
    case Kind::kDot:
    case Kind::kElse:
    case Kind::kCatch:
    case Kind::kTextMiddle:
    case Kind::kTextTail:
      return true;
    default:
      return is_binary_operator(now().kind) && !tokens_.is(Kind::kMinus);
  }
}

bool Parser::leave_unclosed_blocks(std::uint32_t outer) {
  for (auto bracket = brackets_.rbegin(); bracket != brackets_.rend(); ++bracket) {
    if (tokens_.closer_of(*bracket) != TokenStream::kNone) continue;
    // What stands in a function of the server shows that this function lacks its brace, whichever closed the server.
    const auto inside = std::find(brackets_.begin(), brackets_.end(), outer);
    fail_unclosed(inside == brackets_.end() ? *bracket : *(inside + 1));
    unwind_to(outer);
    return true;
  }
  return false;
}

void Parser::unwind_to(std::uint32_t bracket) {
  unwinding_ = true;
  unwinding_to_ = bracket;
  panic_ = true;
}

void Parser::arrive_in(std::uint32_t bracket) {
  if (!unwinding_ || unwinding_to_ != bracket) return;
  unwinding_ = false;
  panic_ = false;
}

}  // namespace relay
