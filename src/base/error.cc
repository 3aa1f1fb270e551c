#include "base/error.h"

#include <array>
#include <utility>

namespace relay {
namespace {

struct Row {
  Errc code;
  std::string_view name;
  ErrorKind kind;
};

constexpr std::array<Row, 19> kRows = {{
    {Errc::kInvalidParams, "invalid_params", ErrorKind::kRejected},
    {Errc::kServerNotFound, "server_not_found", ErrorKind::kNotFound},
    {Errc::kMethodNotFound, "method_not_found", ErrorKind::kNotFound},
    {Errc::kApplication, "application", ErrorKind::kScript},
    {Errc::kRuntime, "runtime", ErrorKind::kScript},
    {Errc::kDeadlock, "deadlock", ErrorKind::kScript},
    {Errc::kOverloaded, "overloaded", ErrorKind::kOverloaded},
    {Errc::kTimeout, "timeout", ErrorKind::kTimeout},
    {Errc::kUnknownNode, "unknown_node", ErrorKind::kUnreachable},
    {Errc::kNoRoute, "no_route", ErrorKind::kUnreachable},
    {Errc::kUnreachable, "unreachable", ErrorKind::kUnreachable},
    {Errc::kTtlExceeded, "ttl_exceeded", ErrorKind::kUnreachable},
    {Errc::kTooLarge, "too_large", ErrorKind::kRejected},
    {Errc::kDenied, "denied", ErrorKind::kRejected},
    {Errc::kShuttingDown, "shutting_down", ErrorKind::kUnreachable},
    {Errc::kUnknownOutcome, "unknown_outcome", ErrorKind::kUnreachable},
    {Errc::kParse, "parse", ErrorKind::kRejected},
    {Errc::kIo, "io", ErrorKind::kUnreachable},
    {Errc::kInternal, "internal", ErrorKind::kInternal},
}};

}  // namespace

std::string_view name(Errc code) { return kRows[static_cast<std::size_t>(code)].name; }

ErrorKind kind_of(Errc code) { return kRows[static_cast<std::size_t>(code)].kind; }

Errc errc_from_name(std::string_view text) {
  for (const Row& row : kRows) {
    if (row.name == text) return row.code;
  }
  return Errc::kInternal;
}

}  // namespace relay
