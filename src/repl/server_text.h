#pragma once

#include <string>

#include "bytecode/program.h"
#include "repl/value_text.h"
#include "vm/state_store.h"

namespace relay::repl {

// `add(n: optional(number)) -> number`
[[nodiscard]] std::string signature_text(const bytecode::Function& function, const bytecode::TypeTable& types);
// Each server that stands under its name now: its methods, and the fields of its state with their types.
[[nodiscard]] std::string servers_text(const bytecode::Program& program, Colours colours);
// The fields of a state as the last message left them, one a line.
[[nodiscard]] std::string state_text(const StateStore& state, const ValueLook& look);
// What a value is: the type that an annotation would name; of a function its parameters, of a server its methods, of a
// struct its fields.
[[nodiscard]] std::string described_type(const Value& value, const bytecode::Program& program);

}  // namespace relay::repl
