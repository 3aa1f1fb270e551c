#include "rpc/response.h"

#include "value/json_writer.h"

namespace relay::rpc {
namespace {

// `"name":`, after a comma unless it is the first.
void append_member(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += name;
  out += "\":";
}

void append_text_member(std::string& out, std::string_view name, std::string_view text) {
  append_member(out, name);
  append_json_string(out, text);
}

void append_number_member(std::string& out, std::string_view name, long long number) {
  append_member(out, name);
  out += std::to_string(number);
}

void open_error(std::string& out, ErrorRow row) {
  out += R"({"jsonrpc":"2.0","error":{"code":)";
  out += std::to_string(row.code);
  append_text_member(out, "message", row.message);
  append_member(out, "data");
}

void close_error(std::string& out, std::string_view id) {
  out += R"(},"id":)";
  out += id;
  out += '}';
}

void append_origin(std::string& out, const Failure& failure) {
  out += '{';
  append_text_member(out, "message", failure.message);
  const SourcePlace& place = failure.origin->place;
  append_text_member(out, "file", place.file->name());
  append_number_member(out, "line", place.file->position(place.span.begin).line);
  append_member(out, "stack");
  out += '[';
  for (const TraceEntry& entry : failure.origin->trace) {
    if (out.back() != '[') out += ',';
    append_json_string(out, "at " + text(entry));
  }
  out += "]}";
}

void append_overload(std::string& out, const Failure& failure, std::chrono::milliseconds retry_after) {
  out += '{';
  append_text_member(out, "message", failure.message);
  append_number_member(out, "retry_after_ms", retry_after.count());
  out += '}';
}

void append_where(std::string& out, const FailurePath& where) {
  append_text_member(out, "node", where.node);
  append_member(out, "path");
  out += '[';
  for (const std::string& node : where.path) {
    if (out.back() != '[') out += ',';
    append_json_string(out, node);
  }
  out += ']';
}

void append_kind(std::string& out, const Failure& failure, std::chrono::milliseconds retry_after) {
  out += '{';
  append_text_member(out, "kind", name(failure.code));
  if (!failure.error_kind.empty()) append_text_member(out, "error_kind", failure.error_kind);
  append_text_member(out, "message", failure.message);
  if (failure.where != nullptr) append_where(out, *failure.where);
  append_text_member(out, "ran", name(failure.ran));
  if (failure.code == Errc::kOverloaded) append_number_member(out, "retry_after_ms", retry_after.count());
  out += '}';
}

// The seeds show "Server 'x' not found"; the language says it within a sentence of its own.
void append_sentence(std::string& out, std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  append_json_string(out, text);
}

void append_data(std::string& out, const Failure& failure, ErrorRow row, const FailureStyle& style) {
  if (failure.code == Errc::kApplication && !failure.thrown_json.empty()) {
    out += failure.thrown_json;
    return;
  }
  const auto retry_after = failure.retry_after.count() > 0 ? failure.retry_after : style.retry_after;
  if (failure.where != nullptr || has_kind_in_data(failure.code)) return append_kind(out, failure, retry_after);
  if (failure.code == Errc::kOverloaded) return append_overload(out, failure, retry_after);
  const bool shows_origin = style.detail == ErrorDetail::kShown && failure.origin != nullptr;
  if (row.code == kInternalError.code && shows_origin) return append_origin(out, failure);
  if (row.code == kMethodNotFound.code) return append_sentence(out, failure.message);
  append_json_string(out, failure.message);
}

}  // namespace

void append_result(std::string& out, std::string_view result, std::string_view id) {
  static constexpr std::string_view kOpen = R"({"jsonrpc":"2.0","result":)";
  static constexpr std::string_view kId = R"(,"id":)";
  out.append(kOpen);
  out.append(result);
  out.append(kId);
  out.append(id);
  out += '}';
}

void append_error(std::string& out, ErrorRow row, std::string_view detail, std::string_view id) {
  open_error(out, row);
  append_json_string(out, detail);
  close_error(out, id);
}

void append_failure(std::string& out, const Failure& failure, const FailureStyle& style,
                    std::string_view id) {
  const ErrorRow row = error_row(failure.code);
  open_error(out, row);
  append_data(out, failure, row, style);
  close_error(out, id);
}

Answer wrong_http_method() {
  Answer answer{405, {}};
  append_error(answer.body, kInvalidRequest, "/rpc takes only POST", kNullId);
  return answer;
}

}  // namespace relay::rpc
