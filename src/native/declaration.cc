#include "native/declaration.h"

#include <utility>

#include "lang/compiler.h"
#include "value/string.h"

namespace relay::native {
namespace {

std::string source_of(const DeclarationText& text) {
  std::string source = "server " + text.name + "\n{\n";
  if (!text.state.empty()) source += "state {\n" + text.state + "\n}\n";
  for (const std::string& method : text.methods) source += "receive fn " + method + "\n{ nil }\n";
  return source + "}\n";
}

Error refusal(const DeclarationText& text, const Diagnostic& diagnostic) {
  std::string detail = "server '" + text.name + "': " + diagnostic.message;
  if (const SourceFile* file = diagnostic.place.file.get()) {
    const std::string_view place = file->text(diagnostic.place.span);
    if (!place.empty()) detail.append(" at `").append(place.substr(0, place.find('\n'))).append("`");
  }
  if (!diagnostic.hint.empty()) detail += " (" + diagnostic.hint + ")";
  return {Errc::kParse, std::move(detail)};
}

// A text that holds more than it should, such as the end of the server and another one, does not give what it says.
bool is_what_it_says(const bytecode::Program& program, const DeclarationText& text) {
  if (program.servers.size() != 1 || program.servers.front()->name != text.name) return false;
  const bytecode::ServerInfo& server = *program.servers.front();
  return server.methods.size() == text.methods.size() && server.state.empty() == text.state.empty();
}

}  // namespace

Result<std::shared_ptr<const Declaration>> Declaration::compile(const DeclarationText& text) {
  CompileResult compiled = load_program(std::make_shared<SourceFile>("server " + text.name, source_of(text)));
  // A warning too: an unknown type would be taken for any.
  if (!compiled.diagnostics.empty()) return refusal(text, compiled.diagnostics.front());
  if (!is_what_it_says(*compiled.program, text)) {
    return Error{Errc::kParse, "server '" + text.name + "': the declaration of a method or of the state holds more than one"};
  }
  if (compiled.program->servers.front()->initializer != nullptr) {
    return Error{Errc::kParse, "server '" + text.name + "': its state has no defaults, it lives in C++"};
  }
  return std::shared_ptr<const Declaration>(new Declaration(std::move(compiled.program)));
}

std::string Declaration::quoted(const bytecode::Method& method) const {
  return "'" + server().name + "." + std::string(string::text(method.name)) + "'";
}

std::size_t Declaration::index_of(const bytecode::Method& method) const {
  return static_cast<std::size_t>(&method - server().methods.data());
}

ServerSummary Declaration::summary() const {
  return summarize_servers(*program_).front();
}

}  // namespace relay::native
