#include "call/reply.h"

namespace relay {

std::string_view name(Ran ran) {
  switch (ran) {
    case Ran::kNo: return "no";
    case Ran::kYes: return "yes";
    case Ran::kUnknown: break;
  }
  return "unknown";
}

}  // namespace relay
