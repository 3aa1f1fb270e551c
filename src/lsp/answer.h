#pragma once

#include <string>
#include <utility>
#include <variant>

namespace relay::lsp {

// Codes of JSON-RPC and of the language server protocol.
enum class FailureCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kServerNotInitialized = -32002,
  kRequestFailed = -32803,
};

struct Failure {
  FailureCode code;
  std::string message;
};

// The result of a request as JSON, or why there is none.
using Answer = std::variant<std::string, Failure>;

inline const std::string kNull = "null";

}  // namespace relay::lsp
