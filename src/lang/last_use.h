#pragma once

#include "bytecode/program.h"

namespace relay {

// Turns copies of variables that nobody reads again into moves (kMove to kTake, and the flag of kAdd), so that the value
// may be changed in place where it goes: `set x = f(x)`, the last line of `fn add(list, v) { list.push(v) }`.
//
// Liveness over the finished code: backwards through its basic blocks until nothing changes. An error handler may run
// after any instruction of its range, so what it reads stays alive there.
// Invariant: registers below `variables` are the function's variables; none is read through a register of another.
// Bound:     functions with more than kMaxLiveWords of blocks times variables keep their copies.
void move_last_uses(const bytecode::Program& program, bytecode::Function& function, std::uint32_t variables);

inline constexpr std::size_t kMaxLiveWords = std::size_t{1} << 20;

}  // namespace relay
