#include "lsp/features.h"
#include "lsp/json_text.h"

namespace relay::lsp {

namespace {

std::string message_of(const Diagnostic& diagnostic) {
  std::string text = diagnostic.message;
  if (!diagnostic.hint.empty()) text += "\n" + diagnostic.hint;
  for (const std::string& note : diagnostic.notes) text += "\nnote: " + note;
  return text;
}

std::string json_of(const OpenProgram& program, const Diagnostic& diagnostic) {
  const bool is_error = diagnostic.severity == Diagnostic::Severity::kError;
  return json_object({{"range", json_range(program.document().range(diagnostic.place.span))},
                      {"severity", is_error ? "1" : "2"},
                      {"source", json_string("relay")},
                      {"message", json_string(message_of(diagnostic))}});
}

std::string message(std::vector<JsonMember> params) {
  return json_object({{"jsonrpc", json_string("2.0")},
                      {"method", json_string("textDocument/publishDiagnostics")},
                      {"params", json_object(params)}});
}

}  // namespace

std::string diagnostics_message(OpenProgram& program) {
  std::vector<std::string> all;
  for (const Diagnostic& diagnostic : program.analysis().diagnostics) all.push_back(json_of(program, diagnostic));
  return message({{"uri", json_string(program.uri())},
                  {"version", std::to_string(program.version())},
                  {"diagnostics", json_array(all)}});
}

std::string no_diagnostics_message(const std::string& uri) {
  return message({{"uri", json_string(uri)}, {"diagnostics", "[]"}});
}

}  // namespace relay::lsp
