#pragma once

#include <string_view>

namespace relay {

// The text of lang/prelude.rl: the part of the language that is written in Relay itself. compile() takes it in before
// every program.
[[nodiscard]] std::string_view prelude_text();

}  // namespace relay
