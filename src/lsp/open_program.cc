#include "lsp/open_program.h"

#include <utility>

namespace relay::lsp {

OpenProgram::OpenProgram(std::string uri, std::int64_t version, std::string text, Check check)
    : uri_(std::move(uri)), version_(version), document_(std::move(text)), check_(std::move(check)) {}

void OpenProgram::set_text(std::string text) {
  document_ = TextDocument(std::move(text));
  forget();
}

void OpenProgram::replace(LspRange range, std::string_view text) {
  document_.replace(range, text);
  forget();
}

void OpenProgram::forget() {
  file_.reset();
  analysis_.reset();
  is_told = false;
}

const std::shared_ptr<const SourceFile>& OpenProgram::file() {
  if (!file_) file_ = std::make_shared<SourceFile>(uri_, document_.text());
  return file_;
}

const analysis::Analysis& OpenProgram::analysis() {
  if (!analysis_) analysis_ = check_(file());
  return *analysis_;
}

}  // namespace relay::lsp
