#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bytecode/program.h"
#include "call/call.h"
#include "value/value.h"

namespace relay {

// The method that arguments are for.
struct BindingTarget {
  const bytecode::Program& program;
  std::string_view server;
  const bytecode::Method& method;
};

// Puts the arguments of a call into the places of the method's parameters, one value a parameter, and checks their
// types. `args` is undefined (none), an array or an object, as `form` says.
//
// Errors: false, and `why` is the sentence for the caller (kInvalidParams):
//   method 's.f' expects 1 argument, got 2            method 's.f': missing argument for parameter 'n'
//   method 's.f' has no parameter 'm'                 method 's.f': parameter 'n' must be number, got string
[[nodiscard]] bool bind_arguments(const BindingTarget& target, Value args, ArgsForm form, ArgsSource source,
                                  std::vector<Value>& out, std::string& why);

}  // namespace relay
