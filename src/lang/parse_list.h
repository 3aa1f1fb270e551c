#pragma once

#include "lang/parser_impl.h"

namespace relay {

// The elements between the bracket that stands here and its closer, with `,` between them; one may follow the last.
// What follows from an error in an element, or from a missing `,`, is passed over up to the next `,`. `starts_element` says whether an element could begin at the current token: then only a `,` is missing.
template <typename ParseElement, typename StartsElement>
void Parser::parse_list(Kind closer, ParseElement&& parse_element, StartsElement&& starts_element) {
  const BracketScope bracket(*this, LineBreaks::kMeanNothing);
  const std::uint32_t opener = bracket.opener();
  const bool is_closed = tokens_.closer_of(opener) != TokenStream::kNone;
  bool comma_is_missing = false;
  int separators_failed = 0;
  while (!panic_ && !tokens_.is(closer) && !tokens_.is_end()) {
    const std::size_t errors_before = diagnostics_.size();
    muted_ += comma_is_missing ? 1 : 0;
    parse_element();
    muted_ -= comma_is_missing ? 1 : 0;
    const bool has_failed = panic_ || comma_is_missing || diagnostics_.size() > errors_before;
    comma_is_missing = false;
    if (panic_) recover_in_list(opener);
    if (accept(Kind::kComma)) continue;
    if (panic_ || tokens_.is(closer)) break;
    if (!is_closed) break;
    if (has_failed) {
      recover_in_list(opener);
      if (accept(Kind::kComma)) continue;
      break;
    }
    if (starts_element() && !tokens_.is(Kind::kInvalid) && hint_of_foreign_word().empty()) {
      complain(here(), "expected `,` between elements, found " + describe(now()));
      comma_is_missing = true;
      continue;
    }
    muted_ += separators_failed > 0 ? 1 : 0;
    fail_expected(closer == Kind::kRightParen ? "`,` or `)`" : closer == Kind::kRightBracket ? "`,` or `]`" : "`,` or `}`");
    muted_ -= separators_failed > 0 ? 1 : 0;
    ++separators_failed;
    recover_in_list(opener);
    if (!accept(Kind::kComma)) break;
  }
  close_list(opener, closer);
}

}  // namespace relay
