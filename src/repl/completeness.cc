#include "repl/completeness.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "lang/lexer.h"
#include "lang/parser.h"

namespace relay::repl {
namespace {

std::shared_ptr<const SourceFile> source_of(std::string_view text) {
  return std::make_shared<SourceFile>("<input>", std::string(text));
}

struct Lexed {
  std::vector<Diagnostic> diagnostics;
  LexResult result;
};

Lexed lexed(std::string_view text) {
  Lexed made;
  Reporter reporter(source_of(text), made.diagnostics);
  made.result = lex(reporter);
  return made;
}

// More openers than closers, in order; a closer that nothing opened is an error that more text does not mend.
bool has_open_bracket(const std::vector<Token>& tokens) {
  int depth = 0;
  for (const Token& token : tokens) {
    if (is_closer(token.kind) && --depth < 0) return false;
    if (is_opener(token.kind)) ++depth;
  }
  return depth > 0;
}

// A `try` whose `catch` has not come is an error of its beginning.
bool lacks_only_catch(std::string_view text, const std::vector<Token>& tokens) {
  const auto is_try = [](const Token& token) { return token.kind == TokenKind::kTry; };
  if (std::none_of(tokens.begin(), tokens.end(), is_try)) return false;
  return !has_error(parse(source_of(std::string(text) + "\ncatch { }")).diagnostics);
}

// The first error stands behind the last token: something is missing there.
bool needs_more(std::string_view text, const std::vector<Token>& tokens) {
  const ParseResult parsed = parse(source_of(text));
  if (has_error(parsed.diagnostics) && lacks_only_catch(text, tokens)) return true;
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    if (diagnostic.severity != Diagnostic::Severity::kError) continue;
    return tokens.size() > 1 && diagnostic.place.span.begin >= tokens[tokens.size() - 2].span.end;
  }
  return false;
}

}  // namespace

Completeness completeness(std::string_view text) {
  const Lexed input = lexed(text);
  const bool is_open = input.result.unreliable_from != UINT32_MAX || has_open_bracket(input.result.tokens);
  if (is_open || needs_more(text, input.result.tokens)) return Completeness::kUnfinished;
  return Completeness::kWhole;
}

bool continues_input(std::string_view line) {
  const std::vector<Token> tokens = lexed(line).result.tokens;
  const TokenKind first = tokens.front().kind;
  if (first == TokenKind::kDot) return tokens.size() > 1 && is_word(tokens[1].kind);
  if (first == TokenKind::kElse || first == TokenKind::kCatch) return true;
  return is_binary_operator(first) && first != TokenKind::kMinus;
}

bool is_blank(std::string_view text) {
  const Lexed input = lexed(text);
  return input.diagnostics.empty() && input.result.tokens.size() == 1;
}

}  // namespace relay::repl
