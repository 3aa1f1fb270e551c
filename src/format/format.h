#pragma once

#include <string>

#include "base/result.h"
#include "lang/ast.h"

namespace relay::format {

// The program in the one layout of Relay (docs/formatting.md): four blanks a level, lines of at most 100 columns where
// there is a place to break them, the comments where they are, strings and numbers as they are written. What it gives,
// formatted again, is the same, and it means the same. `module` parsed without an error.
//
// Errors: kInternal when the result would not read as the same program. That is a fault of this module; the caller keeps
//         the program as it is.
[[nodiscard]] Result<std::string> format(const ast::Module& module);

}  // namespace relay::format
