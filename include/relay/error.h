#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "relay/api.h"
#include "relay/value.h"

namespace relay::RELAY_API {

// What went wrong: exactly one kind a failure, the same over JSON-RPC, between nodes and in the language (`e.kind`).
enum class ErrorKind : std::uint8_t {
  kInvalidParams,   // arguments do not fit the method, or this function
  kServerNotFound,  // no such server anywhere
  kMethodNotFound,
  kApplication,     // the callee threw: Error::data is the thrown value
  kRuntime,         // an error in the callee: Error::error_kind
  kDeadlock,        // the call would wait for itself
  kOverloaded,      // a queue or limit is full: try again after Error::retry_after
  kTimeout,         // the deadline passed
  kUnknownNode,
  kNoRoute,         // the node is known, but no way leads to it now
  kUnreachable,
  kTtlExceeded,
  kTooLarge,
  kDenied,          // not allowed, or not enabled on this node
  kShuttingDown,    // the node or server stops, or does not run yet
  kUnknownOutcome,  // the way broke: the call may have run
  kParse,           // a text that is not what it should be: JSON, an address, a program
  kIo,              // the operating system refused
  kInternal,        // a bug of Relay
};

// "invalid_params", "server_not_found", ...
[[nodiscard]] std::string_view name(ErrorKind kind);

// Whether the method ran: what a caller must know before it tries again.
enum class Ran : std::uint8_t { kNo, kYes, kUnknown };
[[nodiscard]] std::string_view name(Ran ran);

// A failure: of a call, or of a function of this library.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;                       // one sentence: what, where and why
  std::string error_kind;                    // kRuntime: the language's kind: "type", "arithmetic", "exception", ...
  Value data;                                // kApplication: the thrown value
  Ran ran = Ran::kNo;
  std::string node;                          // where it arose; empty: on this node
  std::vector<std::string> path;             // nodes from this one to there, as far as known
  std::chrono::milliseconds retry_after{0};  // kOverloaded: when to try again; 0: not known
};

// An Error on its way through code that uses exceptions: thrown by Result::value(). A handler that lets it through fails
// with that error.
class ErrorException : public std::runtime_error {
 public:
  explicit ErrorException(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

// What a handler throws to fail its call as `throw value` in the language does: kApplication, with `value` as data.
class Thrown : public std::exception {
 public:
  explicit Thrown(Value value) : value_(std::move(value)) {}
  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] const char* what() const noexcept override { return "a value thrown to the caller of a server"; }

 private:
  Value value_;
};

}  // namespace relay::RELAY_API
