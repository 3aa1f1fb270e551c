#include "value/function.h"

#include <new>

#include "value/heap.h"

namespace relay {

Value function::make(const FunctionInfo* info, std::uint32_t captures) {
  auto* function = static_cast<FunctionBlock*>(heap_allocate(sizeof(FunctionBlock) + captures * sizeof(Value)));
  function->refs = 1;
  function->kind = BlockKind::kFunction;
  function->flags = Block::kHoldsFunction;
  function->extra = 0;
  function->info = info;
  function->count = captures;
  for (std::uint32_t i = 0; i < captures; ++i) new (function->captures() + i) Value();
  return Value::adopt(function);
}

Value cell::make(Value content, std::uint64_t message) {
  auto* cell = static_cast<CellBlock*>(heap_allocate(sizeof(CellBlock)));
  cell->refs = 1;
  cell->kind = BlockKind::kCell;
  cell->flags = Block::kHoldsFunction;
  cell->extra = 0;
  new (&cell->value) Value(std::move(content));
  cell->message = message;
  current_heap().link(cell);
  return Value::adopt(cell);
}

}  // namespace relay
