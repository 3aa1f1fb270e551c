#pragma once

#include <string>
#include <string_view>

#include "lsp/answer.h"
#include "lsp/open_program.h"

namespace relay::lsp {

// One answer each. Offsets are bytes of the program's text.

// What the client has said of itself.
struct Client {
  bool reads_markdown = false;             // in hovers and completions
  bool reads_symbol_trees = false;         // nested document symbols
};

// The message that tells all that is wrong with a program.
[[nodiscard]] std::string diagnostics_message(OpenProgram& program);
// The same that tells that there is nothing any more.
[[nodiscard]] std::string no_diagnostics_message(const std::string& uri);

[[nodiscard]] Answer hover(OpenProgram& program, std::uint32_t offset, const Client& client);
[[nodiscard]] Answer definition(OpenProgram& program, std::uint32_t offset);
enum class Declaration { kLeftOut, kIncluded };
[[nodiscard]] Answer references(OpenProgram& program, std::uint32_t offset, Declaration declaration);
[[nodiscard]] Answer highlights(OpenProgram& program, std::uint32_t offset);
[[nodiscard]] Answer completion(OpenProgram& program, std::uint32_t offset, const Client& client);
[[nodiscard]] Answer prepare_rename(OpenProgram& program, std::uint32_t offset);
[[nodiscard]] Answer rename(OpenProgram& program, std::uint32_t offset, const std::string& new_name);
// `null` for a program with syntax errors: it keeps its layout until it parses.
[[nodiscard]] Answer formatting(OpenProgram& program);
[[nodiscard]] Answer document_symbols(OpenProgram& program, const Client& client);

// A text of the program's doc comments as MarkupContent.
[[nodiscard]] std::string markup(std::string_view code, const std::string& doc, const Client& client);

}  // namespace relay::lsp
