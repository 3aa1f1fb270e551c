#pragma once

#include "base/error.h"
#include "call/reply.h"
#include "relay/error.h"

namespace relay::embed {

// The kinds of the library are those of Relay's own errors, in the same order (errors.cc checks it).
[[nodiscard]] constexpr Errc to_errc(api::ErrorKind kind) {
  return static_cast<Errc>(kind);
}
[[nodiscard]] constexpr api::ErrorKind to_kind(Errc code) {
  return static_cast<api::ErrorKind>(code);
}

[[nodiscard]] api::Error to_api(const relay::Error& error);
// What a caller in C++ gets of a failed call.
[[nodiscard]] api::Error to_api(Failure failure);

// Errors of the library itself.
[[nodiscard]] api::Error make_error(api::ErrorKind kind, std::string message);
[[nodiscard]] api::Error not_running();
// A waiting function on one of the node's own cores would wait for itself.
[[nodiscard]] api::Error must_not_wait();

}  // namespace relay::embed
