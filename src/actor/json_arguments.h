#pragma once

#include <string>

#include "bytecode/program.h"
#include "value/value.h"

namespace relay {

// Converts a value that came as JSON by a declared type, deeply (spec http.md, JSON-RPC): ISO 8601 text to datetime, an
// object to a struct with its checks. What does not look like the type stays as it is: the check of the type
// speaks then. Recursion is bounded by kMaxJsonDepth.
// Errors: false, and `why` says what is wrong with a struct: "struct User has no field 'x'".
[[nodiscard]] bool convert_json(const bytecode::Program& program, Value& value, bytecode::TypeId type, std::string& why);

}  // namespace relay
