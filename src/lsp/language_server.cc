#include "lsp/language_server.h"

#include <utility>

#include "lsp/json_text.h"
#include "lsp/lsp_limits.h"
#include "lsp/params.h"
#include "value/array.h"
#include "value/heap.h"
#include "value/json_reader.h"
#include "value/json_writer.h"

namespace relay::lsp {

namespace {

constexpr std::size_t kMaxIdBytes = 1000;

// What the server can do, for the client (ServerCapabilities).
std::string capabilities() {
  constexpr const char* kIncremental = "2";
  return json_object({{"positionEncoding", json_string("utf-16")},
                      {"textDocumentSync", json_object({{"openClose", "true"}, {"change", kIncremental}})},
                      {"hoverProvider", "true"},
                      {"definitionProvider", "true"},
                      {"referencesProvider", "true"},
                      {"documentHighlightProvider", "true"},
                      {"completionProvider", json_object({{"triggerCharacters", json_array({json_string(".")})}})},
                      {"renameProvider", json_object({{"prepareProvider", "true"}})},
                      {"documentFormattingProvider", "true"},
                      {"documentSymbolProvider", "true"}});
}

// The id of a request as JSON; nothing for a notification, `null` for what is none.
std::optional<std::string> id_of(const Value& message) {
  const Value* id = find(message, "id");
  if (id == nullptr) return std::nullopt;
  std::string json;
  const bool is_id = id->is_string() || id->is_number();
  if (!is_id || !append_json(json, *id, kMaxIdBytes)) return kNull;
  return json;
}

}  // namespace

void LanguageServer::receive(std::string_view message) {
  Heap heap;
  const HeapScope scope(heap);
  auto read_message = read_json(message);
  if (!read_message) return reply(kNull, Failure{FailureCode::kParseError, read_message.error().detail});
  read(*read_message);
}

void LanguageServer::read(const Value& message) {
  if (!message.is_object()) return reply(kNull, Failure{FailureCode::kInvalidRequest, "a message is one object"});
  const std::optional<std::string> id = id_of(message);
  const std::optional<std::string> method = text_at(message, "method");
  const Value* given = find(message, "params");
  const Value params = given == nullptr ? Value::nil() : *given;
  if (method && id) return reply(*id, answer_to(*method, params));
  if (method) return notify(*method, params);
  const bool is_answer = find(message, "result") != nullptr || find(message, "error") != nullptr;
  if (!is_answer) reply(id.value_or(kNull), Failure{FailureCode::kInvalidRequest, "a request names its method"});
}

void LanguageServer::reply(const std::string& id, const Answer& answer) {
  std::vector<JsonMember> members{{"jsonrpc", json_string("2.0")}, {"id", id}};
  if (const auto* failure = std::get_if<Failure>(&answer)) {
    const std::string code = std::to_string(static_cast<int>(failure->code));
    members.push_back({"error", json_object({{"code", code}, {"message", json_string(failure->message)}})});
  } else {
    members.push_back({"result", std::get<std::string>(answer)});
  }
  send_(json_object(members));
}

Answer LanguageServer::answer_to(const std::string& method, const Value& params) {
  const bool is_initialize = method == "initialize";
  if (phase_ == Phase::kNew && !is_initialize) {
    return Failure{FailureCode::kServerNotInitialized, "the first request is `initialize`"};
  }
  if (phase_ == Phase::kShutDown) return Failure{FailureCode::kInvalidRequest, "the server is shut down"};
  if (phase_ == Phase::kRunning && is_initialize) return Failure{FailureCode::kInvalidRequest, "`initialize` came twice"};
  for (const Request& request : requests()) {
    if (method == request.method) return (this->*request.answer)(params);
  }
  return Failure{FailureCode::kMethodNotFound, "there is no request `" + method + "`"};
}

void LanguageServer::notify(const std::string& method, const Value& params) {
  if (method == "exit") return exit(params);
  if (phase_ != Phase::kRunning) return;
  for (const Notification& notification : notifications()) {
    if (method == notification.method) return (this->*notification.take)(params);
  }
}

void LanguageServer::publish() {
  for (auto& [uri, program] : programs_) {
    if (program.is_told) continue;
    program.is_told = true;
    send_(diagnostics_message(program));
  }
}

// ---- The session -----------------------------------------------------------------------------------------

Answer LanguageServer::initialize(const Value& params) {
  phase_ = Phase::kRunning;
  client_.reads_markdown = lists(params, "capabilities.textDocument.hover.contentFormat", "markdown");
  client_.reads_symbol_trees =
      is_true_at(params, "capabilities.textDocument.documentSymbol.hierarchicalDocumentSymbolSupport");
  return json_object({{"capabilities", capabilities()}, {"serverInfo", json_object({{"name", json_string("relay")}})}});
}

Answer LanguageServer::shut_down(const Value&) {
  phase_ = Phase::kShutDown;
  programs_.clear();
  return kNull;
}

void LanguageServer::exit(const Value&) { exit_code_ = phase_ == Phase::kShutDown ? 0 : 1; }

// ---- Documents -------------------------------------------------------------------------------------------

OpenProgram* LanguageServer::program_in(const Value& params) {
  const auto uri = text_at(params, "textDocument.uri");
  const auto found = uri ? programs_.find(*uri) : programs_.end();
  return found == programs_.end() ? nullptr : &found->second;
}

void LanguageServer::open(const Value& params) {
  auto uri = text_at(params, "textDocument.uri");
  auto text = text_at(params, "textDocument.text");
  if (!uri || !text || text->size() > kMaxDocumentBytes) return;
  programs_.erase(*uri);
  if (programs_.size() >= kMaxDocuments) return;
  const std::int64_t version = count_at(params, "textDocument.version").value_or(0);
  programs_.try_emplace(*uri, *uri, version, std::move(*text), check_);
}

void LanguageServer::change(const Value& params) {
  OpenProgram* program = program_in(params);
  const Value* changes = find(params, "contentChanges");
  if (program == nullptr || changes == nullptr || !changes->is_array()) return;
  for (std::size_t i = 0; i < array::size(*changes); ++i) {
    if (!apply(*program, array::at(*changes, i))) return drop(program->uri());
  }
  if (const auto version = count_at(params, "textDocument.version")) program->set_version(*version);
}

// False when the text is not known any more: the change makes no sense, or the document grows too long.
bool LanguageServer::apply(OpenProgram& program, const Value& change) {
  auto text = text_at(change, "text");
  if (!text) return false;
  if (find(change, "range") == nullptr) {
    if (text->size() > kMaxDocumentBytes) return false;
    program.set_text(std::move(*text));
    return true;
  }
  const auto range = range_at(change, "range");
  if (!range || program.text().size() + text->size() > kMaxDocumentBytes) return false;
  program.replace(*range, *text);
  return true;
}

void LanguageServer::close(const Value& params) {
  if (const OpenProgram* program = program_in(params)) drop(program->uri());
}

void LanguageServer::drop(const std::string& uri) {
  const std::string closed = uri;
  programs_.erase(closed);
  send_(no_diagnostics_message(closed));
}

}  // namespace relay::lsp
