#include "rpc/error_table.h"

#include <algorithm>
#include <array>

#include "call/error_code.h"

namespace relay::rpc {

ErrorRow error_row(Errc code) {
  constexpr std::array kRows = {kInvalidParams, kMethodNotFound, kApplicationError,
                                kOverloaded,    kTimeout,        kParseError};
  const int number = error_code(code);
  const auto* const row = std::ranges::find(kRows, number, &ErrorRow::code);
  return row != kRows.end() ? *row : kInternalError;
}

bool has_kind_in_data(Errc code) {
  switch (code) {
    case Errc::kUnknownNode:
    case Errc::kNoRoute:
    case Errc::kUnreachable:
    case Errc::kTtlExceeded:
    case Errc::kTooLarge:
    case Errc::kDenied:
    case Errc::kShuttingDown:
    case Errc::kUnknownOutcome:
      return true;
    default:
      return false;
  }
}

}  // namespace relay::rpc
