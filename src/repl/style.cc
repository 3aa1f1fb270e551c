#include "repl/style.h"

#include <algorithm>
#include <memory>

#include "bytecode/builtins.h"
#include "lang/lexer.h"

namespace relay::repl {

std::string_view style_begin(Style style) {
  switch (style) {
    case Style::kPlain: return "";
    case Style::kKeyword: return "\x1b[35m";
    case Style::kText: return "\x1b[32m";
    case Style::kNumber: return "\x1b[33m";
    case Style::kConstant: return "\x1b[36m";
    case Style::kName: return "\x1b[34m";
    case Style::kComment:
    case Style::kFaint: return "\x1b[2m";
  }
  return "";
}

std::string_view style_end() { return "\x1b[0m"; }

namespace {

bool is_contextual_keyword(std::string_view word) {
  const auto words = contextual_words();
  return std::find(words.begin(), words.end(), word) != words.end();
}

Style style_of(const Token& token, std::string_view text) {
  switch (token.kind) {
    case TokenKind::kNumber: return Style::kNumber;
    case TokenKind::kDatetime: return Style::kConstant;
    case TokenKind::kString:
    case TokenKind::kTextWhole:
    case TokenKind::kTextHead:
    case TokenKind::kTextMiddle:
    case TokenKind::kTextTail: return Style::kText;
    case TokenKind::kTrue:
    case TokenKind::kFalse:
    case TokenKind::kNil: return Style::kConstant;
    case TokenKind::kName:
      if (is_contextual_keyword(text)) return Style::kKeyword;
      return bytecode::builtin_index(text) != bytecode::kNoBuiltin ? Style::kName : Style::kPlain;
    default: return is_reserved(token.kind) ? Style::kKeyword : Style::kPlain;
  }
}

// Between tokens stand blanks and comments only.
void paint_gap(std::string_view text, std::size_t begin, std::size_t end, std::vector<Style>& styles) {
  const std::size_t comment = text.substr(0, end).find('/', begin);
  if (comment == std::string_view::npos) return;
  std::fill(styles.begin() + static_cast<std::ptrdiff_t>(comment), styles.begin() + static_cast<std::ptrdiff_t>(end), Style::kComment);
}

}  // namespace

std::string painted(std::string_view text, Style style, Colours colours) {
  if (colours == Colours::kOff || style == Style::kPlain || text.empty()) return std::string(text);
  return std::string(style_begin(style)).append(text).append(style_end());
}

std::vector<Style> highlight(std::string_view text) {
  std::vector<Style> styles(text.size(), Style::kPlain);
  if (text.size() > kMostHighlighted) return styles;
  std::vector<Diagnostic> ignored;
  Reporter reporter(std::make_shared<SourceFile>("<input>", std::string(text)), ignored);
  std::size_t end = 0;
  for (const Token& token : lex(reporter).tokens) {
    paint_gap(text, end, token.span.begin, styles);
    end = token.span.end;
    const Style style = style_of(token, text.substr(token.span.begin, token.span.end - token.span.begin));
    std::fill(styles.begin() + token.span.begin, styles.begin() + token.span.end, style);
  }
  return styles;
}

std::string highlighted(std::string_view text, Colours colours) {
  if (colours == Colours::kOff) return std::string(text);
  const std::vector<Style> styles = highlight(text);
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && styles[end] == styles[begin]) ++end;
    out += painted(text.substr(begin, end - begin), styles[begin], colours);
    begin = end;
  }
  return out;
}

}  // namespace relay::repl
