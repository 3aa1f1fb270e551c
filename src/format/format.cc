#include "format/format.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "format/builder.h"
#include "format/printer.h"
#include "lang/lexer.h"
#include "lang/parser.h"

namespace relay::format {

namespace {

// What must stay of a program: its tokens and its comments, without blanks.
struct Substance {
  std::string tokens;                 // a zero byte behind each
  std::vector<std::string> comments;  // sorted: one may move to the end of its line, past another

  bool operator==(const Substance&) const = default;
};

std::string without_blanks(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return std::string_view(" \t\r\n\f").find(c) == std::string_view::npos; });
  return out;
}

// Commas and semicolons come and go with line breaks; the parser has the say about them.
Substance substance_of(const std::shared_ptr<const SourceFile>& file) {
  std::vector<Diagnostic> none;
  Reporter reporter(file, none);
  const LexResult lexed = lex(reporter);
  Substance substance;
  for (const Token& token : lexed.tokens) {
    if (token.kind == TokenKind::kComma || token.kind == TokenKind::kSemicolon) continue;
    substance.tokens += without_blanks(file->text(token.span));
    substance.tokens += '\0';
  }
  for (const Comment& comment : lexed.comments) substance.comments.push_back(without_blanks(file->text(comment.span)));
  std::sort(substance.comments.begin(), substance.comments.end());
  return substance;
}

std::string lay_out(const ast::Module& module) {
  Docs docs;
  return print(docs, Builder(docs, module).program());
}

}  // namespace

// A comment in an odd place goes to the end of its line, and may there belong to something else, which is then laid out
// otherwise. That ends after a few rounds; a program without such comments needs one.
Result<std::string> format(const ast::Module& module) {
  constexpr int kMaxRounds = 8;
  std::string text = lay_out(module);
  for (int round = 1; round < kMaxRounds; ++round) {
    const ParseResult parsed = parse(std::make_shared<SourceFile>(module.file->name(), text));
    const bool is_the_same = parsed.diagnostics.empty() && substance_of(parsed.module->file) == substance_of(module.file);
    if (!is_the_same) break;
    std::string again = lay_out(*parsed.module);
    if (again == text) return text;
    text = std::move(again);
  }
  return Error{Errc::kInternal, "no layout of " + module.file->name() + " says the same as it does"};
}

}  // namespace relay::format
