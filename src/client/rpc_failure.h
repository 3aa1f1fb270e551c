#pragma once

#include <cstddef>
#include <string>

#include "client/rpc_text.h"

namespace relay::client {

inline constexpr long long kTimeoutCode = -32002;
inline constexpr long long kMethodNotFoundCode = -32601;

// The sentence that says what went wrong: the text of `data` where it has one, else the message.
[[nodiscard]] std::string failure_sentence(const RpcError& error);

// A failed call for people, ending with a line break: first `MESSAGE (CODE): SENTENCE`, then an indented line
// for each fact that `data` tells (kind, node, path, ran, stack), or the thrown value. `columns`: width of
// the terminal.
[[nodiscard]] std::string failure_text(const RpcError& error, std::size_t columns);

// The error as one JSON object without line breaks.
[[nodiscard]] std::string failure_json(const RpcError& error);

}  // namespace relay::client
