#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "analysis/analysis.h"
#include "lsp/text_document.h"

namespace relay::lsp {

// What is known of a text: analysis::check_program(), and what more the process that serves knows.
using Check = std::function<analysis::Analysis(std::shared_ptr<const SourceFile>)>;

// A program that is open in the editor: its text as the client last told it, and what is known of it.
class OpenProgram {
 public:
  OpenProgram(std::string uri, std::int64_t version, std::string text, Check check);

  [[nodiscard]] const std::string& uri() const { return uri_; }
  [[nodiscard]] std::int64_t version() const { return version_; }
  [[nodiscard]] const TextDocument& document() const { return document_; }
  [[nodiscard]] std::string_view text() const { return document_.text(); }

  void set_version(std::int64_t version) { version_ = version; }
  void set_text(std::string text);
  void replace(LspRange range, std::string_view text);

  // Made when first asked for after a change.
  [[nodiscard]] const analysis::Analysis& analysis();
  [[nodiscard]] const analysis::SymbolIndex& index() { return analysis().index; }
  [[nodiscard]] const std::shared_ptr<const SourceFile>& file();

  // Whether its diagnostics have been told since the last change.
  bool is_told = false;

 private:
  void forget();

  std::string uri_;
  std::int64_t version_;
  TextDocument document_;
  Check check_;
  std::shared_ptr<const SourceFile> file_;
  std::optional<analysis::Analysis> analysis_;
};

}  // namespace relay::lsp
