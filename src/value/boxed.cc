#include "value/boxed.h"

#include <new>

#include "value/heap.h"

namespace relay {

Value datetime::make(std::int64_t nanoseconds) {
  auto* block = static_cast<DatetimeBlock*>(heap_allocate(sizeof(DatetimeBlock)));
  block->refs = 1;
  block->kind = BlockKind::kDatetime;
  block->flags = 0;
  block->extra = 0;
  block->nanoseconds = nanoseconds;
  return Value::adopt(block);
}

Value server::make(Value name) {
  auto* block = static_cast<ServerBlock*>(heap_allocate(sizeof(ServerBlock)));
  block->refs = 1;
  block->kind = BlockKind::kServer;
  block->flags = 0;
  block->extra = 0;
  new (&block->name) Value(std::move(name));
  return Value::adopt(block);
}

}  // namespace relay
