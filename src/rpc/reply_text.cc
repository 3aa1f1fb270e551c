#include "rpc/reply_text.h"

#include "value/heap.h"
#include "value/json_writer.h"

namespace relay::rpc {
namespace {

Result<std::string> write_value(Parcel parcel, std::size_t max_bytes) {
  Heap heap;
  HeapScope scope(heap);
  const Value value = std::move(parcel).open();
  std::string text;
  auto written = append_json(text, value, max_bytes);
  if (!written) return std::move(written.error());
  return text;
}

Failure unwritten(Error error) {
  Failure failure;
  failure.code = error.code;
  failure.message = std::move(error.detail);
  failure.ran = Ran::kYes;
  return failure;
}

}  // namespace

Failure too_large(std::size_t bytes, std::size_t max_bytes) {
  Failure failure;
  failure.code = Errc::kTooLarge;
  failure.message =
      "a reply of " + std::to_string(bytes) + " bytes; at most " + std::to_string(max_bytes) + " are allowed";
  failure.ran = Ran::kYes;
  return failure;
}

Failure dropped() {
  Failure failure;
  failure.code = Errc::kInternal;
  failure.message = "the call was dropped without an answer";
  failure.ran = Ran::kUnknown;
  return failure;
}

std::size_t payload_bytes(const Reply& reply) {
  if (const auto* result = std::get_if<std::string>(&reply)) return result->size();
  const auto* failure = std::get_if<Failure>(&reply);
  return failure != nullptr ? failure->thrown_json.size() : 0;
}

Reply as_json(Reply reply, std::size_t max_bytes) {
  if (auto* parcel = std::get_if<Parcel>(&reply)) {
    Result<std::string> text = write_value(std::move(*parcel), max_bytes);
    if (!text) return unwritten(std::move(text.error()));
    return std::move(*text);
  }
  auto* failure = std::get_if<Failure>(&reply);
  if (failure != nullptr && !failure->thrown.value().is_undefined()) {
    Result<std::string> text = write_value(std::move(failure->thrown), max_bytes);
    if (!text) return unwritten(std::move(text.error()));
    failure->thrown_json = std::move(*text);
  }
  const std::size_t bytes = payload_bytes(reply);
  if (bytes > max_bytes) return too_large(bytes, max_bytes);
  return reply;
}

ReplyText to_text(Reply reply, std::string_view id, const FailureStyle& style) {
  if (auto* result = std::get_if<std::string>(&reply)) return {std::move(*result), true};
  ReplyText error;
  append_failure(error.text, std::get<Failure>(reply), style, id);
  return error;
}

}  // namespace relay::rpc
