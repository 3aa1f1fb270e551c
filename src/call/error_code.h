#pragma once

#include "base/error.h"
#include "call/reply.h"

namespace relay {

// The code of a failed call in JSON-RPC, between nodes the same (spec mesh.md, Calls): the one table of it.
[[nodiscard]] int error_code(Errc code);

// Whether a method ran whose call failed so, when nobody says it (the same table).
[[nodiscard]] Ran usual_ran(Errc code);

}  // namespace relay
