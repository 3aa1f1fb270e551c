#include "value/object.h"

#include <algorithm>
#include <utility>

#include "value/heap.h"
#include "value/keys.h"
#include "value/object_index.h"
#include "value/raw_values.h"
#include "value/string.h"

namespace relay::object {
namespace {

constexpr std::uint32_t kMinCapacity = 4;

struct EmptyObject {
  ObjectBlock head;
  Block* keys;
};
constinit EmptyObject empty_object{{{Block::kImmortal, BlockKind::kObject, 0, 0}, 0, 0}, &no_keys};

ObjectBlock* make_block(std::size_t body_bytes) {
  auto* object = static_cast<ObjectBlock*>(heap_allocate(sizeof(ObjectBlock) + body_bytes));
  object->refs = 1;
  object->kind = BlockKind::kObject;
  object->flags = 0;
  object->extra = 0;
  object->count = 0;
  object->checked_type = 0;
  return object;
}

ObjectBlock* make_small(std::uint32_t capacity) {
  ObjectBlock* object = make_block(sizeof(Block*) + capacity * sizeof(Value));
  object->extra = static_cast<std::uint16_t>(capacity);
  return object;
}

ObjectBlock* make_large() {
  ObjectBlock* object = make_block(sizeof(ObjectTree));
  object->flags = Block::kLarge;
  object->tree() = {VectorTree::make(), nullptr};
  return object;
}

void push_entry(ObjectTree& tree, Value key, Value content) {
  object_index::insert(tree.index, string::hash(key), static_cast<std::uint32_t>(tree.slots()));
  tree.entries.push(std::move(key));
  tree.entries.push(std::move(content));
}

std::uint32_t capacity_for(std::size_t count) {
  std::uint32_t capacity = kMinCapacity;
  while (capacity < count) capacity *= 2;
  return std::min(capacity, ObjectBlock::kMaxInline);
}

// A copy of a small object, or its content moved when it is unique, with room for `capacity` contents.
void become_small(Value& self, std::uint32_t capacity) {
  ObjectBlock* old = block(self);
  ObjectBlock* next = make_small(capacity);
  next->flags = old->flags;
  next->count = old->count;
  next->keys_slot() = old->keys();
  retain(next->keys_slot());
  if (old->is_unique()) {
    relocate_values(next->contents(), old->contents(), old->count);
    old->count = 0;
  } else {
    copy_values(next->contents(), old->contents(), old->count);
  }
  self = Value::adopt(next);
}

void become_large(Value& self) {
  ObjectBlock* old = block(self);
  ObjectBlock* next = make_large();
  next->flags |= old->flags;
  next->count = old->count;
  for (std::uint32_t i = 0; i < old->count; ++i) {
    push_entry(next->tree(), old->keys()->keys()[i], old->contents()[i]);
  }
  self = Value::adopt(next);
}

// The block of `self`, unique and with its mark taken off: it is about to change.
ObjectBlock* own(Value& self) {
  ObjectBlock* object = block(self);
  if (object->is_unique()) {
    object->checked_type = 0;
    return object;
  }
  if (!object->is_large()) {
    become_small(self, capacity_for(object->count));
    return block(self);
  }
  ObjectBlock* next = make_large();
  next->flags = object->flags;
  next->count = object->count;
  next->tree() = object->tree();
  next->tree().entries.share();
  if (next->tree().index != nullptr) retain(next->tree().index);
  self = Value::adopt(next);
  return next;
}

std::size_t find_slot(const ObjectTree& tree, const Value& key) {
  return object_index::find(tree.index, string::hash(key), [&](std::size_t slot) {
    const Value& other = tree.key_at(slot);
    return other.is_same(key) || string::text(other) == string::text(key);
  });
}

std::size_t find_slot(const ObjectTree& tree, std::string_view key) {
  return object_index::find(tree.index, string::hash_text(key),
                            [&](std::size_t slot) { return string::text(tree.key_at(slot)) == key; });
}

template <typename Key>
const Value* find_content(const Value& self, const Key& key) {
  const ObjectBlock* object = block(self);
  if (!object->is_large()) {
    const std::size_t index = index_in_keys(object->keys(), key);
    return index == kNone ? nullptr : object->contents() + index;
  }
  const std::size_t slot = find_slot(object->tree(), key);
  return slot == kNone ? nullptr : &object->tree().content_at(slot);
}

void add_small(Value& self, Value key, Value content) {
  ObjectBlock* object = block(self);
  if (object->count == object->extra || !object->is_unique()) become_small(self, capacity_for(object->count + 1));
  object = own(self);
  append_key(object->keys_slot(), std::move(key));
  object->flags |= function_flag(content);
  new (object->contents() + object->count) Value(std::move(content));
  ++object->count;
}

void set_large(Value& self, Value key, Value content) {
  ObjectBlock* object = own(self);
  object->flags |= function_flag(content);
  const std::size_t slot = find_slot(object->tree(), key);
  if (slot != kNone) return object->tree().entries.set(2 * slot + 1, std::move(content));
  push_entry(object->tree(), std::move(key), std::move(content));
  ++object->count;
}

// Writes the entries anew without the removed ones.
void compact(ObjectBlock* object) {
  ObjectTree old = object->tree();
  object->tree() = {VectorTree::make(), nullptr};
  for (std::size_t slot = 0; slot < old.slots(); ++slot) {
    if (!old.key_at(slot).is_undefined()) push_entry(object->tree(), old.key_at(slot), old.content_at(slot));
  }
  if (old.entries.root != nullptr) release(old.entries.root);
  if (old.entries.tail != nullptr) release(old.entries.tail);
  if (old.index != nullptr) release(old.index);
}

void remove_large(Value& self, const Value& key) {
  const std::size_t slot = find_slot(block(self)->tree(), key);
  if (slot == kNone) return;
  const std::uint32_t hash = string::hash(key);
  ObjectBlock* object = own(self);
  ObjectTree& tree = object->tree();
  object_index::erase(tree.index, hash, static_cast<std::uint32_t>(slot));
  tree.entries.set(2 * slot, Value());
  tree.entries.set(2 * slot + 1, Value());
  --object->count;
  while (tree.entries.size != 0 && tree.key_at(tree.slots() - 1).is_undefined()) {
    tree.entries.truncate(tree.entries.size - 2);
  }
  if (tree.slots() > 2 * static_cast<std::size_t>(object->count)) compact(object);
}

void remove_small(Value& self, const Value& key) {
  const std::size_t index = index_in_keys(block(self)->keys(), key);
  if (index == kNone) return;
  ObjectBlock* object = own(self);
  remove_key(object->keys_slot(), index);
  object->contents()[index].~Value();
  relocate_values(object->contents() + index, object->contents() + index + 1, object->count - index - 1);
  --object->count;
}

std::size_t skip_removed(const ObjectBlock* object, std::size_t position) {
  const std::size_t end = object->is_large() ? object->tree().slots() : object->count;
  while (position < end && object->is_large() && object->tree().key_at(position).is_undefined()) ++position;
  return position < end ? position : kNone;
}

}  // namespace

Value make() { return Value::adopt(&empty_object.head); }

Value make(KeysBlock* keys, std::span<Value> contents) {
  ObjectBlock* object = make_small(std::max<std::uint32_t>(1, static_cast<std::uint32_t>(contents.size())));
  object->keys_slot() = keys;
  retain(keys);
  move_values(object->contents(), contents.data(), contents.size());
  object->flags |= function_flags(object->contents(), contents.size());
  object->count = static_cast<std::uint32_t>(contents.size());
  return Value::adopt(object);
}

const Value* find(const Value& self, const Value& key) { return find_content(self, key); }
const Value* find(const Value& self, std::string_view key) { return find_content(self, key); }

void set(Value& self, Value key, Value content) {
  if (block(self)->is_large()) return set_large(self, std::move(key), std::move(content));
  const std::size_t index = index_in_keys(block(self)->keys(), key);
  if (index != kNone) return set_at(self, index, std::move(content));
  if (block(self)->count < ObjectBlock::kMaxInline) return add_small(self, std::move(key), std::move(content));
  become_large(self);
  set_large(self, std::move(key), std::move(content));
}

void set_at(Value& self, std::size_t index, Value content) {
  ObjectBlock* object = own(self);
  object->flags |= function_flag(content);
  object->contents()[index] = std::move(content);
}

void remove(Value& self, const Value& key) {
  const Value held = key;  // it may be the object's own
  block(self)->is_large() ? remove_large(self, held) : remove_small(self, held);
}

std::size_t first(const Value& self) { return skip_removed(block(self), 0); }
std::size_t next(const Value& self, std::size_t position) { return skip_removed(block(self), position + 1); }

Entry entry(const Value& self, std::size_t position) {
  const ObjectBlock* object = block(self);
  if (!object->is_large()) return {object->keys()->keys() + position, object->contents() + position};
  const Value* key = &object->tree().key_at(position);
  return {key, key + 1};
}

}  // namespace relay::object
