#include "rpc/error_table.h"

namespace relay::rpc {

ErrorRow error_row(Errc code) {
  switch (code) {
    case Errc::kInvalidParams:
      return kInvalidParams;
    case Errc::kServerNotFound:
    case Errc::kMethodNotFound:
      return kMethodNotFound;
    case Errc::kApplication:
      return kApplicationError;
    case Errc::kOverloaded:
      return kOverloaded;
    case Errc::kTimeout:
      return kTimeout;
    case Errc::kParse:
      return kParseError;
    default:
      return kInternalError;
  }
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
