#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "format/doc.h"
#include "lang/ast.h"
#include "lang/lexer.h"

namespace relay::format {

// The tokens of a program that parses, one after the other, and the comments that stand before each: the tree says how a
// program is laid out, the walk what it is made of, so nothing of it can get lost.
//
// Order: every token is taken once, in its order, and every comment between the tokens where it stands, or behind those
//        that follow on its line.
class TokenWalk {
 public:
  TokenWalk(Docs& docs, const ast::Module& module);

  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] const Token& next(std::size_t ahead = 1) const;
  [[nodiscard]] bool is(TokenKind kind) const { return now().kind == kind; }
  [[nodiscard]] bool is_word(std::string_view word) const;
  // Whether the current token stands before that offset.
  [[nodiscard]] bool is_before(std::uint32_t offset) const { return now().span.begin < offset && !is(TokenKind::kEnd); }
  [[nodiscard]] std::string_view source(Span span) const;

  // The current token, behind the comments before it that are still to be taken.
  Doc take();
  // What the span holds, which begins with the current token, as it is written.
  Doc take_whole(Span span);
  // Passes over the current token; gives the comments before it, kNoDoc without any.
  Doc drop();

  // The comments before the current token that stand behind the last one on its line, when nothing but a closing bracket
  // follows them there; kNoDoc without any. kAlways: a line break follows in any case.
  enum class LineBreakFollows : std::uint8_t { kAlways, kMaybe };
  Doc take_trailing(LineBreakFollows follows);
  // All comments before the current token, for a place where a line begins; kNoDoc without any.
  Doc take_leading();
  // One of them, and whether a line break follows it; for lists of lines, which keep empty lines between comments.
  struct LineComment {
    Doc doc;
    bool ends_line;
  };
  [[nodiscard]] bool has_comment() const;
  LineComment take_line_comment();

  // Whether, in the source, an empty line stands before what comes next, comment or token.
  [[nodiscard]] bool empty_line_before() const;
  // Whether a comment on a line of its own, or at the end of one, stands before the current token.
  [[nodiscard]] bool line_comment_before() const;
  // Whether the source has a line break between the current token and the next, or somewhere in the span.
  [[nodiscard]] bool breaks_line_behind() const;
  [[nodiscard]] bool spans_lines(Span span) const;
  // The bracket that closes the one that stands here.
  [[nodiscard]] std::size_t closer() const;
  [[nodiscard]] const Token& token(std::size_t index) const { return tokens_[index]; }
  [[nodiscard]] std::size_t index() const { return at_; }

 private:
  [[nodiscard]] std::string_view between(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] std::uint32_t next_begin() const;
  [[nodiscard]] bool ends_its_line(const Comment& comment, std::uint32_t next) const;
  [[nodiscard]] std::string_view text_of(const Comment& comment);
  [[nodiscard]] std::string_view with_plain_line_breaks(std::string_view text);
  Doc own_lines(const Comment& comment);
  Doc take_inner();

  Docs& docs_;
  std::string_view source_;
  std::vector<Token> tokens_;
  std::vector<Comment> comments_;
  std::size_t at_ = 0;
  std::size_t comment_at_ = 0;
  std::uint32_t taken_to_ = 0;  // the end of the last token or comment taken
};

}  // namespace relay::format
