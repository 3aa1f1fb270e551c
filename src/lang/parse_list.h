#pragma once

#include "lang/parser_impl.h"

namespace relay {

// The elements between the bracket that stands here and its closer, with `,` between them; one may follow the last.
// `starts_element` says whether an element could begin at the current token: then only a `,` is missing.
template <typename ParseElement, typename StartsElement>
void Parser::parse_list(Kind closer, ParseElement&& parse_element, StartsElement&& starts_element) {
  const BracketScope bracket(*this, LineBreaks::kMeanNothing);
  const std::uint32_t opener = bracket.opener();
  const bool is_closed = tokens_.closer_of(opener) != TokenStream::kNone;
  while (!panic_ && !tokens_.is(closer) && !tokens_.is_end()) {
    parse_element();
    if (panic_) recover_in_list(opener);
    if (accept(Kind::kComma)) continue;
    if (panic_ || tokens_.is(closer)) break;
    if (!is_closed) break;
    if (starts_element() && !tokens_.is(Kind::kInvalid) && hint_of_foreign_word().empty()) {
      complain(here(), "expected `,` between elements, found " + describe(now()));
      continue;
    }
    fail_expected(closer == Kind::kRightParen ? "`,` or `)`" : closer == Kind::kRightBracket ? "`,` or `]`" : "`,` or `}`");
    recover_in_list(opener);
    if (!accept(Kind::kComma)) break;
  }
  close_list(opener, closer);
}

}  // namespace relay
