#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "actor/wait_graph.h"
#include "call/reply.h"
#include "vm/script_error.h"

namespace relay {

// How errors change their form where a message leaves and where its answer arrives.

// A failed call as an error at the caller: what was thrown arrives as it was thrown, a runtime error with its kind and
// sentence, any other failure with the name of its code as kind; no matter on which node it arose. Under the caller's heap;
// keys of a thrown object that `symbols` has become the program's own.
[[nodiscard]] ScriptError to_script_error(Failure failure, const SymbolTable& symbols);

// An error that a handler did not catch, for its caller. Under the heap of the handler's server. What cannot leave (a
// function that uses state, more than `max_json_bytes`) is reported instead of what was thrown.
[[nodiscard]] Failure to_failure(ScriptError error, ReplySink::Form form, std::size_t max_json_bytes);

// An error of Relay's own as a failed call.
[[nodiscard]] Failure make_failure(Errc code, std::string message, Ran ran);
[[nodiscard]] Failure server_not_found(std::string_view server);
[[nodiscard]] Failure method_not_found(std::string_view server, std::string_view method);

// "'blog.save'", as messages name a method.
[[nodiscard]] std::string quoted(WaitGraph::Place place);

}  // namespace relay
