#pragma once

#include <string_view>

#include "base/error.h"

namespace relay::rpc {

// One row of the error table of spec http.md (docs/errors.md): what clients see of a kind of failure.
struct ErrorRow {
  int code;
  std::string_view message;
};

inline constexpr ErrorRow kParseError{-32700, "Parse error"};
inline constexpr ErrorRow kInvalidRequest{-32600, "Invalid Request"};
inline constexpr ErrorRow kMethodNotFound{-32601, "Method not found"};
inline constexpr ErrorRow kInvalidParams{-32602, "Invalid params"};
inline constexpr ErrorRow kInternalError{-32603, "Internal error"};
inline constexpr ErrorRow kApplicationError{-32000, "Application error"};
inline constexpr ErrorRow kTimeout{-32002, "Timeout"};
inline constexpr ErrorRow kOverloaded{-32005, "Overloaded"};

// The row of a failed call, by its code (call/error_code.h).
[[nodiscard]] ErrorRow error_row(Errc code);

// Whether `data` of the kind is an object {"kind", "message", "ran"} instead of the message alone: the
// failures between caller and handler, which a client cannot tell apart by their code, -32603.
[[nodiscard]] bool has_kind_in_data(Errc code);

}  // namespace relay::rpc
