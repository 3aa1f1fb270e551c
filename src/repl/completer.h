#pragma once

#include <string_view>

#include "repl/editor.h"
#include "repl/session.h"

namespace relay::repl {

// What can stand at the cursor, by what the session knows: the program's variables and the fields that their values have just
// now, methods of their types, servers and their methods, structs and their fields, builtins, keywords, words of the input
// itself; behind a colon commands and what they take.
//
// Thread: the session's, while nothing runs.
[[nodiscard]] Completion complete(Session& session, std::string_view text, std::size_t cursor);

}  // namespace relay::repl
