#include "actor/outcome.h"

#include <utility>

#include "base/utf8.h"
#include "value/json_reader.h"
#include "value/json_writer.h"

namespace relay {
namespace {

std::unique_ptr<FailureOrigin> to_origin(const ScriptError& error) {
  if (error.place.file == nullptr) return nullptr;
  auto origin = std::make_unique<FailureOrigin>();
  origin->place = error.place;
  origin->trace = error.trace;
  origin->note = error.note;
  return origin;
}

void set_thrown(Failure& failure, Value thrown, ReplySink::Form form, std::size_t max_json_bytes) {
  failure.code = Errc::kApplication;
  if (form == ReplySink::Form::kJson) {
    if (append_json(failure.thrown_json, thrown, max_json_bytes)) return;
    failure.code = Errc::kTooLarge;
    failure.message = "the thrown value is larger than " + std::to_string(max_json_bytes) + " bytes";
    return;
  }
  Result<Parcel> packed = pack(std::move(thrown));
  if (packed) {
    failure.thrown = std::move(*packed);
    return;
  }
  failure.code = Errc::kRuntime;
  failure.error_kind = "argument";
  failure.message = packed.error().detail;
}

// What was thrown: the value itself, or what its JSON says when it comes from another node. Undefined: there is neither.
Value thrown_value(Failure& failure, const SymbolTable& symbols) {
  if (failure.thrown_json.empty()) return std::move(failure.thrown).open();
  Result<Value> read = read_json(failure.thrown_json, {.symbols = &symbols});
  if (read) return std::move(*read);
  failure.code = Errc::kInternal;
  failure.message = "the thrown value is not JSON: " + read.error().detail;
  return Value();
}

}  // namespace

ScriptError to_script_error(Failure failure, const SymbolTable& symbols) {
  ScriptError error;
  if (failure.code == Errc::kApplication) error.thrown = thrown_value(failure, symbols);
  if (!error.is_thrown()) {
    const bool has_own_kind = failure.code == Errc::kRuntime && !failure.error_kind.empty();
    error = runtime_error(has_own_kind ? std::string_view(failure.error_kind) : name(failure.code),
                          std::move(failure.message), std::move(failure.hint));
  }
  if (failure.origin != nullptr) {
    error.place = std::move(failure.origin->place);
    error.trace = std::move(failure.origin->trace);
    error.note = std::move(failure.origin->note);
  }
  return error;
}

Failure to_failure(ScriptError error, ReplySink::Form form, std::size_t max_json_bytes) {
  Failure failure;
  failure.ran = Ran::kYes;
  failure.origin = to_origin(error);
  failure.message = error.text();
  failure.hint = error.hint;
  if (error.is_thrown()) {
    set_thrown(failure, std::move(error.thrown), form, max_json_bytes);
    return failure;
  }
  failure.code = Errc::kRuntime;
  failure.error_kind = std::move(error.kind);
  return failure;
}

Failure make_failure(Errc code, std::string message, Ran ran) {
  Failure failure;
  failure.code = code;
  failure.message = std::move(message);
  failure.ran = ran;
  return failure;
}

Failure server_not_found(std::string_view server) {
  return make_failure(Errc::kServerNotFound, "server '" + shortened(server, kShownNameBytes) + "' not found", Ran::kNo);
}

Failure method_not_found(std::string_view server, std::string_view method) {
  return make_failure(Errc::kMethodNotFound,
                      "method '" + shortened(method, kShownNameBytes) + "' not found on server '" + std::string(server) + "'",
                      Ran::kNo);
}

std::string quoted(WaitGraph::Place place) {
  return "'" + std::string(place.server) + "." + std::string(place.method) + "'";
}

}  // namespace relay
