#pragma once

#include <cstdint>
#include <span>

#include "value/value.h"

namespace relay {

// What a function value says of itself to the value layer; bytecode::Function and builtins derive from it.
// Lives as long as the program; shared by all cores.
struct FunctionInfo {
  Value name;                    // a string; "lambda" for a nameless one
  bool bound_to_server = false;  // uses `state` or the server's own functions: it cannot leave the server
  bool is_builtin = false;       // written in C++ (vm/native.h), not bytecode
};

// A closure: the code and the cells that it captured. Builtins and top-level functions capture nothing.
struct FunctionBlock : Block {
  const FunctionInfo* info;
  std::uint32_t count;
  [[nodiscard]] Value* captures() { return reinterpret_cast<Value*>(this + 1); }
  [[nodiscard]] const Value* captures() const { return reinterpret_cast<const Value*>(this + 1); }
};

// A captured variable. Lists itself with its owner's heap so that cycles through it can be found.
struct CellBlock : Block {
  Value value;            // undefined: not yet set
  std::uint64_t message;  // the message that made it or last logged its old value (actor/undo)
  CellBlock* previous;
  CellBlock* next;
};

namespace function {
// All captures undefined; to be filled at once.
[[nodiscard]] Value make(const FunctionInfo* info, std::uint32_t captures);
[[nodiscard]] inline FunctionBlock* block(const Value& value) { return value.block_as<FunctionBlock>(); }
[[nodiscard]] inline const FunctionInfo* info(const Value& value) { return block(value)->info; }
}  // namespace function

namespace cell {
[[nodiscard]] Value make(Value content, std::uint64_t message);
[[nodiscard]] inline CellBlock* block(const Value& value) { return value.block_as<CellBlock>(); }
}  // namespace cell

}  // namespace relay
