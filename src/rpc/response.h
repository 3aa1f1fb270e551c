#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "call/reply.h"
#include "rpc/answer.h"
#include "rpc/error_table.h"

namespace relay::rpc {

// The id of a request as it stood in the text: `1`, `1.0`, `"a\u0062"`, `null`. Echoed byte for byte.
inline constexpr std::string_view kNullId = "null";

// Appends {"jsonrpc":"2.0","result":RESULT,"id":ID}. Both are JSON already.
inline constexpr std::size_t kResultFrameBytes = 36;  // of these, beside result and id
void append_result(std::string& out, std::string_view result, std::string_view id);

// Appends an error whose `data` is the text `detail`.
void append_error(std::string& out, ErrorRow row, std::string_view detail, std::string_view id);

struct FailureStyle {
  ErrorDetail detail = ErrorDetail::kHidden;
  std::chrono::milliseconds retry_after{0};  // for an overload that names no time itself
};

// Appends the error of a failed call. `data` by kind:
//   application            the thrown value
//   with Failure::where    {"kind", "error_kind" if there is one, "message", "node", "path", "ran"}, for an overload
//                          also "retry_after_ms"
//   overloaded             {"message", "retry_after_ms"}
//   has_kind_in_data()     {"kind", "message", "ran"}
//   not found              the message, begun with a capital
//   others                 the message; for -32603 with kShown and a known origin
//                          {"message", "file", "line", "stack": [text, ...]}
void append_failure(std::string& out, const Failure& failure, const FailureStyle& style, std::string_view id);

}  // namespace relay::rpc
