#include "call/error_code.h"

namespace relay {

int error_code(Errc code) {
  switch (code) {
    case Errc::kInvalidParams:
      return -32602;
    case Errc::kServerNotFound:
    case Errc::kMethodNotFound:
      return -32601;
    case Errc::kApplication:
      return -32000;
    case Errc::kOverloaded:
      return -32005;
    case Errc::kTimeout:
      return -32002;
    case Errc::kParse:
      return -32700;
    default:
      return -32603;
  }
}

Ran usual_ran(Errc code) {
  switch (code) {
    case Errc::kApplication:
    case Errc::kRuntime:
    case Errc::kDeadlock:
      return Ran::kYes;
    case Errc::kTimeout:
    case Errc::kUnknownOutcome:
    case Errc::kInternal:
      return Ran::kUnknown;
    default:
      return Ran::kNo;
  }
}

}  // namespace relay
