#include "lang/lexer.h"

#include <algorithm>

#include "base/utf8.h"
#include "lang/number_literal.h"
#include "lang/string_scanner.h"

namespace relay {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_name_character(char c) { return is_name_start(c) || is_digit(c) || !is_ascii(c); }

struct Operator {
  std::string_view text;
  TokenKind kind;
  std::string_view hint;  // for what is none of Relay's: what to write instead
};

// Longest first among those that begin alike.
constexpr Operator kOperators[] = {
    {"===", TokenKind::kEqual, "equality is `==`"},
    {"!==", TokenKind::kNotEqual, "inequality is `!=`"},
    {"?\?=", TokenKind::kCompoundAssign, {}},
    {"...", TokenKind::kInvalid, "a list is passed as one array"},
    {"++", TokenKind::kInvalid, "`set i = i + 1`"},
    {"--", TokenKind::kInvalid, "`set i = i - 1`"},
    {"**", TokenKind::kStar, "`a.pow(b)`"},
    {"<>", TokenKind::kNotEqual, "inequality is `!=`"},
    {"..", TokenKind::kInvalid, "`range(from, to)`"},
    {"?.", TokenKind::kDot, "`a ?? b` is b when a is nil"},
    {"=>", TokenKind::kInvalid, "a function is `fn (x) { ... }`"},
    {"->", TokenKind::kArrow, {}},
    {"==", TokenKind::kEqual, {}},
    {"!=", TokenKind::kNotEqual, {}},
    {"<=", TokenKind::kLessEqual, {}},
    {">=", TokenKind::kGreaterEqual, {}},
    {"&&", TokenKind::kAnd, {}},
    {"||", TokenKind::kOr, {}},
    {"??", TokenKind::kCoalesce, {}},
    {"+=", TokenKind::kCompoundAssign, {}},
    {"-=", TokenKind::kCompoundAssign, {}},
    {"*=", TokenKind::kCompoundAssign, {}},
    {"/=", TokenKind::kCompoundAssign, {}},
    {"%=", TokenKind::kCompoundAssign, {}},
    {":=", TokenKind::kCompoundAssign, {}},
    {"&", TokenKind::kAnd, "`and` is `&&`"},
    {"|", TokenKind::kOr, "`or` is `||`"},
    {"(", TokenKind::kLeftParen, {}},
    {")", TokenKind::kRightParen, {}},
    {"[", TokenKind::kLeftBracket, {}},
    {"]", TokenKind::kRightBracket, {}},
    {"{", TokenKind::kLeftBrace, {}},
    {"}", TokenKind::kRightBrace, {}},
    {",", TokenKind::kComma, {}},
    {";", TokenKind::kSemicolon, {}},
    {":", TokenKind::kColon, {}},
    {".", TokenKind::kDot, {}},
    {"=", TokenKind::kAssign, {}},
    {"+", TokenKind::kPlus, {}},
    {"-", TokenKind::kMinus, {}},
    {"*", TokenKind::kStar, {}},
    {"/", TokenKind::kSlash, {}},
    {"%", TokenKind::kPercent, {}},
    {"<", TokenKind::kLess, {}},
    {">", TokenKind::kGreater, {}},
    {"!", TokenKind::kNot, {}},
    {"?", TokenKind::kInvalid, "`if condition { a } else { b }`"},
    {"^", TokenKind::kInvalid, "`a.pow(b)`"},
};

class Lexer {
 public:
  explicit Lexer(Reporter& reporter) : reporter_(reporter), source_(reporter.file().text()) {}

  LexResult run() {
    skip_start_of_file();
    while (skip_blanks()) scan_token();
    if (!interpolations_.empty()) unterminated(interpolations_.back().quote, "unterminated interpolation");
    for (; !interpolations_.empty(); interpolations_.pop_back()) add_text(TokenKind::kTextTail, at_, {});
    add(TokenKind::kEnd, source_.size());
    return std::move(result_);
  }

 private:
  // An open `${`: where its string began, and the `{` inside it that are open.
  struct Interpolation {
    Span quote;
    std::size_t open_braces = 0;
  };

  [[nodiscard]] bool looking_at(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  [[nodiscard]] Span span_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  // Appends a token from `begin` to where the lexer stands.
  Token& add(TokenKind kind, std::size_t begin) {
    Token token;
    token.kind = kind;
    token.line_break_before = line_break_;
    token.span = span_from(begin);
    line_break_ = false;
    result_.tokens.push_back(token);
    return result_.tokens.back();
  }

  void add_text(TokenKind kind, std::size_t begin, std::string text) {
    add(kind, begin).text = static_cast<std::uint32_t>(result_.texts.size());
    result_.texts.push_back(std::move(text));
  }

  void skip_start_of_file() {
    if (looking_at("\xEF\xBB\xBF")) at_ += 3;
    if (looking_at("#!")) skip_line();
  }

  void skip_line() { at_ = std::min(source_.find('\n', at_), source_.size()); }

  void skip_line_comment() {
    const std::size_t begin = at_;
    const bool is_doc = looking_at("///") && !looking_at("////");
    skip_line();
    Comment comment{span_from(begin), is_doc ? CommentKind::kDoc : CommentKind::kLine};
    if (source_[comment.span.end - 1] == '\r') --comment.span.end;
    result_.comments.push_back(comment);
  }

  // Skips blanks, line breaks and comments; false at the end of the text.
  bool skip_blanks() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '\n') line_break_ = true;
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
        ++at_;
      } else if (looking_at("//")) {
        skip_line_comment();
      } else if (looking_at("/*")) {
        skip_block_comment();
      } else {
        return true;
      }
    }
    return false;
  }

  void skip_block_comment() {
    const std::size_t begin = at_;
    const std::size_t close = source_.find("*/", at_ + 2);
    at_ = close == std::string_view::npos ? source_.size() : close + 2;
    if (source_.substr(begin, at_ - begin).find('\n') != std::string_view::npos) line_break_ = true;
    result_.comments.push_back({span_from(begin), CommentKind::kBlock});
    if (close != std::string_view::npos) return;
    const Span opening{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 2)};
    reporter_.error(opening, "unterminated block comment", "`*/` ends it");
    result_.unreliable_from = opening.begin;
  }

  void scan_token() {
    const char c = source_[at_];
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return scan_number_token();
    if (is_name_start(c)) return scan_word();
    if (c == '"') return scan_string_token();
    if (c == '`') return scan_text_token();
    if (c == '}' && !interpolations_.empty() && interpolations_.back().open_braces == 0) return resume_text();
    if (!is_ascii(c)) return scan_foreign();
    scan_operator();
  }

  void scan_number_token() {
    NumberLiteral literal = scan_number(source_.substr(at_));
    const std::size_t begin = at_;
    at_ += literal.size;
    if (!literal.error.empty()) reporter_.error(span_from(begin), std::move(literal.error));
    if (literal.is_datetime) {
      add(TokenKind::kDatetime, begin).nanoseconds = literal.nanoseconds;
    } else {
      add(TokenKind::kNumber, begin).number = literal.number;
    }
  }

  // A name may not hold letters outside ASCII, but is read with them, so that each such name is one error.
  void scan_word() {
    const std::size_t begin = at_;
    std::size_t foreign = std::string_view::npos;
    while (at_ < source_.size() && is_name_character(source_[at_])) {
      const Utf8Step step = decode_utf8(source_, at_);
      if (!step.valid || is_blank_or_quote(step.code_point)) break;
      if (!is_ascii(source_[at_]) && foreign == std::string_view::npos) foreign = at_;
      at_ += step.size;
    }
    if (foreign != std::string_view::npos) {
      const std::uint32_t size = decode_utf8(source_, foreign).size;
      reporter_.error({static_cast<std::uint32_t>(foreign), static_cast<std::uint32_t>(foreign + size)},
                      "`" + std::string(source_.substr(foreign, size)) + "` cannot stand in a name",
                      "names are made of a-z, A-Z, 0-9 and _");
    }
    // Behind a number it is part of that mistake.
    const bool behind_number = begin > 0 && is_digit(source_[begin - 1]);
    add(behind_number ? TokenKind::kInvalid : word_kind(source_.substr(begin, at_ - begin)), begin);
  }

  // Characters that editors and web pages put where a blank or a straight quote is meant.
  static bool is_blank_or_quote(std::uint32_t c) {
    return c == 0xA0 || c == 0xFEFF || (c >= 0x2000 && c <= 0x201F) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x3000;
  }

  void scan_foreign() {
    const std::size_t begin = at_;
    const Utf8Step step = decode_utf8(source_, at_);
    if (!step.valid) return scan_invalid_utf8();
    if (!is_blank_or_quote(step.code_point)) return scan_word();
    at_ += step.size;
    if (step.code_point >= 0x2018 && step.code_point <= 0x201F) {
      reporter_.error(span_from(begin), "a typographic quote", "strings stand in `\"`");
      add(TokenKind::kInvalid, begin);
      return;
    }
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string code;
    for (int shift = 12; shift >= 0; shift -= 4) code += kDigits[step.code_point >> shift & 0xF];
    reporter_.error(span_from(begin), "the character U+" + code + " is no blank of Relay", "put a plain space");
  }

  // Reported once for the whole text by report_invalid_utf8; here it is only stepped over.
  void scan_invalid_utf8() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && !decode_utf8(source_, at_).valid) ++at_;
    add(TokenKind::kInvalid, begin);
  }

  void scan_string_token() {
    const std::size_t begin = at_;
    StringPart part = scan_string(reporter_, at_ + 1);
    at_ = part.end;
    add_text(TokenKind::kString, begin, std::move(part.text));
    if (part.how == StringEnd::kUnterminated) unterminated(quote_at(begin), "unterminated string");
    note_string_over_lines(begin);
  }

  static Span quote_at(std::size_t begin) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 1)};
  }

  void scan_text_token() {
    const std::size_t begin = at_;
    finish_text(scan_text(reporter_, at_ + 1), begin, quote_at(begin), TokenKind::kTextHead, TokenKind::kTextWhole);
  }

  void resume_text() {
    const Span quote = interpolations_.back().quote;
    interpolations_.pop_back();
    finish_text(scan_text(reporter_, at_ + 1), at_, quote, TokenKind::kTextMiddle, TokenKind::kTextTail);
  }

  void finish_text(StringPart part, std::size_t begin, Span quote, TokenKind when_open, TokenKind when_closed) {
    at_ = part.end;
    const bool open = part.how == StringEnd::kInterpolation;
    add_text(open ? when_open : when_closed, begin, std::move(part.text));
    if (open) interpolations_.push_back({quote});
    if (part.how == StringEnd::kUnterminated) unterminated(quote, "unterminated string");
    if (!open) note_string_over_lines(quote.begin);
  }

  // A string that was not meant to span lines makes the next quote open a string instead of closing one.
  void note_string_over_lines(std::size_t begin) {
    if (first_string_over_lines_ != UINT32_MAX) return;
    const bool over_lines = source_.substr(begin, at_ - begin).find('\n') != std::string_view::npos;
    if (over_lines) first_string_over_lines_ = static_cast<std::uint32_t>(begin);
  }

  // What else is never closed follows from the innermost.
  void unterminated(Span quote, std::string message) {
    if (result_.unreliable_from != UINT32_MAX) return;
    std::vector<std::string> notes;
    if (first_string_over_lines_ < quote.begin) {
      notes.push_back("the string that begins at " + reporter_.line_of(quote_at(first_string_over_lines_)) +
                      " spans several lines; perhaps it lacks its closing quote");
    }
    reporter_.error(quote, std::move(message), "never closed", std::move(notes));
    result_.unreliable_from = std::min(first_string_over_lines_, quote.begin);
  }

  void scan_operator() {
    const std::size_t begin = at_;
    if (source_[at_] == '\'') return scan_single_quoted();
    if (source_[at_] == '#') {
      skip_line();
      return reporter_.error({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 1)},
                             "unexpected `#`", "a comment begins with `//`");
    }
    for (const Operator& op : kOperators) {
      if (!looking_at(op.text) || (op.text == "--" && !ends_expression(at_ + 2))) continue;
      at_ += op.text.size();
      count_braces(op.kind);
      add(op.kind, begin);
      if (op.hint.empty()) return;
      return reporter_.error(span_from(begin), "there is no operator `" + std::string(op.text) + "`",
                             std::string(op.hint));
    }
    scan_unknown();
  }

  // Whether nothing follows that an operator could stand before: `i--` decrements, `--i` negates twice.
  [[nodiscard]] bool ends_expression(std::size_t at) const {
    at = std::min(source_.find_first_not_of(" \t\r", at), source_.size());
    return at == source_.size() || std::string_view("\n;)}],").find(source_[at]) != std::string_view::npos;
  }

  void count_braces(TokenKind kind) {
    if (interpolations_.empty()) return;
    if (kind == TokenKind::kLeftBrace) ++interpolations_.back().open_braces;
    if (kind == TokenKind::kRightBrace) --interpolations_.back().open_braces;
  }

  void scan_single_quoted() {
    const std::size_t begin = at_;
    const std::size_t line_end = std::min(source_.find('\n', at_), source_.size());
    const std::size_t close = source_.find('\'', at_ + 1);
    at_ = close < line_end ? close + 1 : at_ + 1;
    reporter_.error(span_from(begin), "unexpected `'`", "strings stand in `\"`");
    add(TokenKind::kInvalid, begin);
  }

  void scan_unknown() {
    const std::size_t begin = at_++;
    const char c = source_[begin];
    while (at_ < source_.size() && source_[at_] == c) ++at_;
    const bool shown = c > 0x20 && c < 0x7F;
    reporter_.error(span_from(begin), shown ? "unexpected `" + std::string(1, c) + "`" : "unexpected control character");
    add(TokenKind::kInvalid, begin);
  }

  Reporter& reporter_;
  std::string_view source_;
  std::size_t at_ = 0;
  bool line_break_ = true;  // before the first token too
  std::uint32_t first_string_over_lines_ = UINT32_MAX;
  std::vector<Interpolation> interpolations_;
  LexResult result_;
};

void report_invalid_utf8(Reporter& reporter) {
  const std::string_view text = reporter.file().text();
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = decode_utf8(text, at);
    if (!step.valid) {
      const auto begin = static_cast<std::uint32_t>(at);
      return reporter.error({begin, begin + 1}, "the file is not UTF-8", "this byte belongs to no character");
    }
    at += step.size;
  }
}

}  // namespace

LexResult lex(Reporter& reporter) {
  report_invalid_utf8(reporter);
  return Lexer(reporter).run();
}

}  // namespace relay
