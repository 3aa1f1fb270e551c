#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "lang/ast.h"
#include "lang/session_names.h"

namespace relay {

// Whether somebody sees the value of the program's last expression, as with `relay -e`.
enum class LastValue { kDropped, kShown };

// Adds to `diagnostics` what is wrong with a program that parsed without an error, as far as it shows
// without resolving variables (that is the compiler's): duplicates, protocols, type names, parameters, loops, templates, config,
// tests, values that nobody uses. `session`: what earlier inputs have defined; null: the module stands alone.
void check(const ast::Module& module, std::vector<Diagnostic>& diagnostics,
           LastValue last_value = LastValue::kDropped, const SessionNames* session = nullptr);

}  // namespace relay
