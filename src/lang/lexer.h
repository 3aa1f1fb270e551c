#pragma once

#include <string>
#include <vector>

#include "lang/comment.h"
#include "lang/reporter.h"
#include "lang/token.h"

namespace relay {

// A source text as tokens.
//
// Invariant: `tokens` ends with one kEnd, whose span is empty and lies behind the last character.
struct LexResult {
  std::vector<Token> tokens;
  std::vector<std::string> texts;  // what Token::text counts
  std::vector<Comment> comments;   // in order; those inside `${ }` too
  // Something was never closed and took in the rest of the file: what the tokens behind this offset say about the
  // syntax is not to be believed. UINT32_MAX when the text is whole.
  std::uint32_t unreliable_from = UINT32_MAX;
};

// Errors: reports each malformed token once and puts the nearest well-formed one, or kInvalid, in its place.
// Bound:  neither depth nor length of the text is a danger; nested interpolation is kept on a heap stack.
[[nodiscard]] LexResult lex(Reporter& reporter);

}  // namespace relay
