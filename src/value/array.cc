#include "value/array.h"

#include <algorithm>

#include "value/heap.h"
#include "value/raw_values.h"

namespace relay::array {
namespace {

constexpr std::uint32_t kMinCapacity = 4;
constexpr std::uint32_t kMaxInline = ArrayBlock::kMaxInline;

constinit ArrayBlock empty_block{{Block::kImmortal, BlockKind::kArray, 0, 0}, 0, 0};

ArrayBlock* make_block(std::size_t body_bytes) {
  auto* array = static_cast<ArrayBlock*>(heap_allocate(sizeof(ArrayBlock) + body_bytes));
  array->refs = 1;
  array->kind = BlockKind::kArray;
  array->flags = 0;
  array->extra = 0;
  array->count = 0;
  array->checked_type = 0;
  return array;
}

ArrayBlock* make_small(std::uint32_t capacity) {
  ArrayBlock* array = make_block(capacity * sizeof(Value));
  array->extra = static_cast<std::uint16_t>(capacity);
  return array;
}

ArrayBlock* make_large() {
  ArrayBlock* array = make_block(sizeof(VectorTree));
  array->flags = Block::kLarge | Block::kOwnsNodes;
  array->tree() = VectorTree::make();
  return array;
}

std::uint32_t capacity_for(std::size_t count) {
  std::uint32_t capacity = kMinCapacity;
  while (capacity < count) capacity *= 2;
  return std::min(capacity, kMaxInline);
}

// Moves the elements of a unique array, copies those of a shared one, into raw memory.
void take_elements(ArrayBlock* from, Value* to) {
  if (!from->is_unique()) return copy_values(to, from->elements(), from->count);
  relocate_values(to, from->elements(), from->count);
  from->count = 0;
}

// Puts `next` in the place of self's block, after its content has been taken over.
void replace(Value& self, ArrayBlock* next) { self = Value::adopt(next); }

void become_small(Value& self, std::uint32_t capacity) {
  ArrayBlock* old = block(self);
  ArrayBlock* next = make_small(capacity);
  next->flags = old->flags;
  next->count = old->count;
  take_elements(old, next->elements());
  replace(self, next);
}

void become_large(Value& self) {
  ArrayBlock* old = block(self);
  ArrayBlock* next = make_large();
  next->flags |= old->flags;
  next->tree().push_run({old->elements(), old->count});
  next->count = old->count;
  replace(self, next);
}

// The block of `self`, unique and with its mark taken off: it is about to change.
ArrayBlock* own(Value& self) {
  ArrayBlock* array = block(self);
  if (array->is_unique()) {
    array->checked_type = 0;
    return array;
  }
  if (!array->is_large()) {
    become_small(self, capacity_for(array->count));
    return block(self);
  }
  constexpr auto kSharesNodes = static_cast<std::uint8_t>(~Block::kOwnsNodes);
  if (!array->is_immortal()) array->flags &= kSharesNodes;
  ArrayBlock* next = make_large();
  next->flags = array->flags & kSharesNodes;
  next->count = array->count;
  next->tree() = array->tree();
  next->tree().share();
  replace(self, next);
  return next;
}

// Like own(), with room for one more element.
ArrayBlock* own_with_room(Value& self) {
  ArrayBlock* array = block(self);
  if (array->is_large()) return own(self);
  if (array->count == kMaxInline) {
    become_large(self);
  } else if (array->count == array->extra || !array->is_unique()) {
    become_small(self, capacity_for(array->count + 1));
  }
  return own(self);
}

}  // namespace

Value make() { return Value::adopt(&empty_block); }

Value make(std::span<Value> elements) {
  if (elements.empty()) return make();
  if (elements.size() > kMaxInline) {
    ArrayBlock* array = make_large();
    array->tree().take_run(elements);
    array->flags |= array->tree().flags();
    array->count = array->tree().size;
    return Value::adopt(array);
  }
  ArrayBlock* array = make_small(std::max<std::uint32_t>(2, static_cast<std::uint32_t>(elements.size())));
  move_values(array->elements(), elements.data(), elements.size());
  array->flags |= function_flags(array->elements(), elements.size());
  array->count = static_cast<std::uint32_t>(elements.size());
  return Value::adopt(array);
}

void detail::push_slow(Value& self, Value&& element) {
  ArrayBlock* array = own_with_room(self);
  array->flags |= function_flag(element);
  if (array->is_large()) {
    array->tree().push(std::move(element));
  } else {
    new (array->elements() + array->count) Value(std::move(element));
  }
  ++array->count;
}

void detail::set_slow(Value& self, std::size_t index, Value&& element) {
  ArrayBlock* array = own(self);
  array->flags |= function_flag(element);
  if (array->is_large()) {
    array->tree().set(index, std::move(element));
  } else {
    array->elements()[index] = std::move(element);
  }
}

Value pop(Value& self) {
  ArrayBlock* array = own(self);
  --array->count;
  if (array->is_large()) return array->tree().pop();
  Value* last = array->elements() + array->count;
  Value result = std::move(*last);
  return result;
}

void append_run(Value& self, std::span<const Value> elements) {
  if (elements.empty()) return;
  const std::size_t total = size(self) + elements.size();
  if (!block(self)->is_large() && total > kMaxInline) {
    become_large(self);
  } else if (!block(self)->is_large() && (total > block(self)->extra || !block(self)->is_unique())) {
    become_small(self, capacity_for(total));
  }
  ArrayBlock* array = own(self);
  array->flags |= function_flags(elements.data(), elements.size());
  if (array->is_large()) {
    array->tree().push_run(elements);
  } else {
    copy_values(array->elements() + array->count, elements.data(), elements.size());
  }
  array->count = static_cast<std::uint32_t>(total);
}

void append(Value& self, const Value& tail) {
  const Value source = tail;  // the two may be one, and `tail` may lie inside what changes
  if (size(self) == 0) {
    self = source;
    return;
  }
  const std::size_t count = size(source);
  for (std::size_t i = 0; i < count;) {
    const std::span<const Value> run = run_at(source, i);
    append_run(self, run);
    i += run.size();
  }
}

Value slice(const Value& self, std::size_t from, std::size_t to) {
  if (from >= to) return make();
  if (from == 0) {
    Value result = self;
    truncate(result, to);
    return result;
  }
  Value result = make();
  while (from < to) {
    std::span<const Value> run = run_at(self, from);
    if (run.size() > to - from) run = run.first(to - from);
    append_run(result, run);
    from += run.size();
  }
  return result;
}

void truncate(Value& self, std::size_t count) {
  if (count == size(self)) return;
  if (count == 0) {
    self = make();
    return;
  }
  if (!block(self)->is_large() && !block(self)->is_unique()) {
    const Value source = self;
    self = make();
    return append_run(self, run_at(source, 0).first(count));
  }
  ArrayBlock* array = own(self);
  if (array->is_large()) {
    array->tree().truncate(count);
  } else {
    destroy_values(array->elements() + count, array->count - count);
  }
  array->count = static_cast<std::uint32_t>(count);
}

}  // namespace relay::array
