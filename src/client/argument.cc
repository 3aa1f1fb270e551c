#include "client/argument.h"

#include <cmath>
#include <memory>
#include <utility>

#include "lang/parser.h"
#include "value/display.h"
#include "value/json_reader.h"
#include "value/json_writer.h"
#include "value/string.h"

namespace relay::client {
namespace {

using ast::Expr;
using ast::ExprKind;

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Writes literals as JSON and remembers the first part that is none.
class LiteralWriter {
 public:
  [[nodiscard]] const Expr* fault() const { return fault_; }
  [[nodiscard]] std::string& text() { return out_; }

  bool write(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kNil:
        out_ += "null";
        return true;
      case ExprKind::kBool:
        out_ += ast::as<ast::BoolExpr>(expr).value ? "true" : "false";
        return true;
      case ExprKind::kNumber:
        return write_number(expr, ast::as<ast::NumberExpr>(expr).value);
      case ExprKind::kString:
        append_json_string(out_, ast::as<ast::StringExpr>(expr).value);
        return true;
      case ExprKind::kDatetime:
        return write_datetime(ast::as<ast::DatetimeExpr>(expr));
      case ExprKind::kText:
        return write_text(ast::as<ast::TextExpr>(expr));
      case ExprKind::kUnary:
        return write_negative(ast::as<ast::UnaryExpr>(expr));
      case ExprKind::kArray:
        return write_array(ast::as<ast::ArrayExpr>(expr));
      case ExprKind::kObject:
        return write_object(ast::as<ast::ObjectExpr>(expr));
      default:
        return refuse(expr);
    }
  }

 private:
  bool refuse(const Expr& expr) {
    fault_ = &expr;
    return false;
  }

  bool write_number(const Expr& expr, double number) {
    if (!std::isfinite(number)) return refuse(expr);
    append_number(out_, number);
    return true;
  }

  bool write_datetime(const ast::DatetimeExpr& datetime) {
    out_ += '"';
    append_datetime(out_, datetime.nanoseconds);
    out_ += '"';
    return true;
  }

  bool write_text(const ast::TextExpr& text) {
    if (text.parts.size() != 1) return refuse(text);
    append_json_string(out_, text.parts[0].text);
    return true;
  }

  bool write_negative(const ast::UnaryExpr& unary) {
    const bool is_number = unary.op == ast::UnaryOp::kNegate && unary.operand->kind == ExprKind::kNumber;
    if (!is_number) return refuse(unary);
    return write_number(unary, -ast::as<ast::NumberExpr>(*unary.operand).value);
  }

  bool write_array(const ast::ArrayExpr& array) {
    out_ += '[';
    for (const ast::ExprPtr& item : array.items) {
      if (out_.back() != '[') out_ += ',';
      if (!write(*item)) return false;
    }
    out_ += ']';
    return true;
  }

  bool write_object(const ast::ObjectExpr& object) {
    out_ += '{';
    for (const ast::Entry& entry : object.entries) {
      if (&entry != &object.entries.front()) out_ += ',';
      append_json_string(out_, entry.key.text);
      out_ += ':';
      if (!write(*entry.value)) return false;
    }
    out_ += '}';
    return true;
  }

  std::string out_;
  const Expr* fault_ = nullptr;
};

// What begins so is no plain word.
bool is_meant_as_literal(std::string_view word) {
  return word.find_first_of("[{\"`") == 0;
}

Error no_literal(std::string_view word, const SourceFile& file, Span place, const std::string& why) {
  std::string detail;
  append_quoted(detail, word);
  detail += " is neither JSON nor a value of Relay: " + why + " at column ";
  detail += std::to_string(file.position(place.begin).column);
  return {Errc::kParse, std::move(detail)};
}

std::string quoted_json(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

// A name and `=` in front of a value.
std::size_t name_size(std::string_view word) {
  std::size_t size = 0;
  for (; size < word.size(); ++size) {
    const char c = word[size];
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_letter && !(is_digit && size > 0)) break;
  }
  const bool is_assignment = size < word.size() && word[size] == '=';
  const bool is_comparison = size + 1 < word.size() && word[size + 1] == '=';
  return is_assignment && !is_comparison ? size : 0;
}

Error in_argument(std::size_t number, const std::string& detail) {
  return {Errc::kParse, "argument " + std::to_string(number) + ": " + detail};
}

class NamedParams {
 public:
  Result<void> add(std::string_view name, std::string_view word) {
    for (const std::string& other : names_) {
      if (other == name) return Error{Errc::kParse, "`" + other + "` is given twice"};
    }
    auto json = argument_json(word);
    if (!json) return std::move(json.error());
    if (!names_.empty()) text_ += ',';
    names_.emplace_back(name);
    text_ += quoted_json(name) + ":" + *json;
    return {};
  }
  [[nodiscard]] std::string object() const { return "{" + text_ + "}"; }

 private:
  std::vector<std::string> names_;
  std::string text_;
};

}  // namespace

Result<std::string> argument_json(std::string_view word) {
  const std::string_view text = trim(word);
  if (!string::is_valid_utf8(word)) return Error{Errc::kParse, "the bytes are no UTF-8 text"};
  if (text.empty()) return quoted_json(word);
  if (read_json(text)) return std::string(text);

  const auto file = std::make_shared<const SourceFile>("argument", std::string(text));
  const ParseResult parsed = parse(file);
  LiteralWriter writer;
  const bool is_one = parsed.diagnostics.empty() && parsed.module->items.size() == 1;
  if (is_one) {
    const Expr& expr = *parsed.module->items.front();
    const bool is_whole = expr.span.begin == 0 && expr.span.end == text.size() && !expr.parenthesised;
    if (is_whole && writer.write(expr)) return std::move(writer.text());
  }
  if (!is_meant_as_literal(text)) return quoted_json(word);
  if (!parsed.diagnostics.empty()) {
    const Diagnostic& first = parsed.diagnostics.front();
    return no_literal(text, *file, first.place.span, first.message);
  }
  const Span place = writer.fault() != nullptr ? writer.fault()->span : Span{};
  return no_literal(text, *file, place, "only literals may stand here, and text in quotes;");
}

Result<std::string> params_json(std::span<const std::string> words) {
  NamedParams named;
  std::string positional;
  std::size_t names = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (const std::size_t size = name_size(word); size > 0) {
      ++names;
      if (auto added = named.add(word.substr(0, size), word.substr(size + 1)); !added) {
        return in_argument(i + 1, added.error().detail);
      }
    } else {
      auto json = argument_json(word);
      if (!json) return in_argument(i + 1, json.error().detail);
      if (!positional.empty()) positional += ',';
      positional += *json;
    }
    if (names > 0 && names <= i) {
      return in_argument(i + 1,
                         "either all arguments have names (name=value) or none has; "
                         "a text with `=` at its beginning is written in quotes, '\"a=b\"'");
    }
  }
  return names > 0 ? named.object() : "[" + positional + "]";
}

Result<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  std::string closers;  // the innermost bracket or quote last
  bool is_escaped = false;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  for (const char c : line) {
    const bool is_quoted = !closers.empty() && (closers.back() == '"' || closers.back() == '`');
    if (closers.empty() && kSpace.find(c) != std::string_view::npos) {
      end_word();
      continue;
    }
    word += c;
    if (is_escaped) {
      is_escaped = false;
    } else if (is_quoted && c == '\\') {
      is_escaped = true;
    } else if (!closers.empty() && c == closers.back()) {
      closers.pop_back();
    } else if (!is_quoted && (c == '"' || c == '`')) {
      closers += c;
    } else if (!is_quoted && (c == '[' || c == '{')) {
      closers += c == '[' ? ']' : '}';
    }
  }
  if (!closers.empty()) {
    return Error{Errc::kParse, "`" + std::string(1, closers.back()) + "` is missing at the end"};
  }
  end_word();
  return words;
}

}  // namespace relay::client
