#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relay {

// What went wrong, in one word. These are the kinds of spec mesh.md ("Calls"): each failed call has exactly
// one, and it reads the same in the language (`e.kind`), in JSON-RPC and between nodes.
enum class Errc : std::uint8_t {
  kInvalidParams,    // arguments do not fit the method; it did not run
  kServerNotFound,   // no such server anywhere; it did not run
  kMethodNotFound,   // the server has no such method; it did not run
  kApplication,      // the program threw; `data` is the thrown value
  kRuntime,          // a runtime error in the handler (see Failure::error_kind)
  kDeadlock,         // the call would have closed a cycle of waiting
  kOverloaded,       // a queue or limit is full; it did not run
  kTimeout,          // the deadline passed
  kUnknownNode,
  kNoRoute,
  kUnreachable,
  kTtlExceeded,
  kTooLarge,
  kDenied,
  kShuttingDown,     // the node or server stops; it did not run
  kUnknownOutcome,   // it may have run
  kParse,            // text that is not what it should be: JSON, a flag, an address
  kIo,               // the operating system refused
  kInternal,         // a bug of Relay
};

// What a caller can do about it.
enum class ErrorKind : std::uint8_t {
  kRejected,     // change the request
  kNotFound,     // call something else
  kOverloaded,   // wait and try again
  kUnreachable,  // another path or another time
  kTimeout,      // allow more time
  kScript,       // read the program
  kInternal,     // report it
};

// The name that users see: "invalid_params", "server_not_found", ...
[[nodiscard]] std::string_view name(Errc code);
[[nodiscard]] ErrorKind kind_of(Errc code);
// The inverse of name(); kInternal for a text that names none.
[[nodiscard]] Errc errc_from_name(std::string_view text);

// An error of Relay itself: what happened (`code`) and the sentence that says what, where and why.
struct Error {
  Errc code = Errc::kInternal;
  std::string detail;
};

}  // namespace relay
