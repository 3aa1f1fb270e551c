// Which method does what.

#include "lsp/language_server.h"
#include "lsp/params.h"

namespace relay::lsp {

std::span<const LanguageServer::Request> LanguageServer::requests() {
  static constexpr Request kRequests[] = {
      {"initialize", &LanguageServer::initialize},
      {"shutdown", &LanguageServer::shut_down},
      {"textDocument/hover", &LanguageServer::hover_at},
      {"textDocument/definition", &LanguageServer::definition_at},
      {"textDocument/references", &LanguageServer::references_at},
      {"textDocument/documentHighlight", &LanguageServer::highlights_at},
      {"textDocument/completion", &LanguageServer::completion_at},
      {"textDocument/prepareRename", &LanguageServer::prepare_rename_at},
      {"textDocument/rename", &LanguageServer::rename_at},
      {"textDocument/formatting", &LanguageServer::formatting_of},
      {"textDocument/documentSymbol", &LanguageServer::symbols_of},
  };
  return kRequests;
}

std::span<const LanguageServer::Notification> LanguageServer::notifications() {
  static constexpr Notification kNotifications[] = {
      {"textDocument/didOpen", &LanguageServer::open},
      {"textDocument/didChange", &LanguageServer::change},
      {"textDocument/didClose", &LanguageServer::close},
  };
  return kNotifications;
}

namespace {

Failure not_open() { return {FailureCode::kInvalidParams, "no open document is named"}; }

}  // namespace

std::variant<LanguageServer::Place, Failure> LanguageServer::place_in(const Value& params) {
  OpenProgram* program = program_in(params);
  if (program == nullptr) return not_open();
  const auto position = position_at(params, "position");
  if (!position) return Failure{FailureCode::kInvalidParams, "`position` is missing"};
  return Place{program, program->document().offset(*position)};
}

template <typename AnswerAt>
Answer LanguageServer::at_place(const Value& params, AnswerAt&& answer_at) {
  auto place = place_in(params);
  if (const auto* failure = std::get_if<Failure>(&place)) return *failure;
  const auto& [program, offset] = std::get<Place>(place);
  return answer_at(*program, offset);
}

Answer LanguageServer::hover_at(const Value& params) {
  return at_place(params, [&](OpenProgram& program, std::uint32_t offset) { return hover(program, offset, client_); });
}

Answer LanguageServer::definition_at(const Value& params) {
  return at_place(params, definition);
}

Answer LanguageServer::references_at(const Value& params) {
  const auto declaration = is_true_at(params, "context.includeDeclaration") ? Declaration::kIncluded : Declaration::kLeftOut;
  return at_place(params, [&](OpenProgram& program, std::uint32_t offset) { return references(program, offset, declaration); });
}

Answer LanguageServer::highlights_at(const Value& params) {
  return at_place(params, highlights);
}

Answer LanguageServer::completion_at(const Value& params) {
  return at_place(params, [&](OpenProgram& program, std::uint32_t offset) { return completion(program, offset, client_); });
}

Answer LanguageServer::prepare_rename_at(const Value& params) {
  return at_place(params, prepare_rename);
}

Answer LanguageServer::rename_at(const Value& params) {
  const auto new_name = text_at(params, "newName");
  if (!new_name) return Failure{FailureCode::kInvalidParams, "`newName` is missing"};
  return at_place(params, [&](OpenProgram& program, std::uint32_t offset) { return rename(program, offset, *new_name); });
}

Answer LanguageServer::formatting_of(const Value& params) {
  OpenProgram* program = program_in(params);
  return program == nullptr ? not_open() : formatting(*program);
}

Answer LanguageServer::symbols_of(const Value& params) {
  OpenProgram* program = program_in(params);
  return program == nullptr ? not_open() : document_symbols(*program, client_);
}

}  // namespace relay::lsp
