#pragma once

#include "vm/script_error.h"
#include "vm/wait.h"

namespace relay {

// The calls that the argument of message_all (an array) describes: {server: s, method: m, args: [..],
// timeout: seconds}, the last two optional; args may also be an object, by name. Errors: `function
// 'message_all': element 1: 'method' must be string, got nil`, or a key that means nothing.
[[nodiscard]] bool read_calls(const Value& list, CallAllWait& out, ScriptError& error);

}  // namespace relay
