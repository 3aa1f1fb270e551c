#include "value/keys.h"

#include <algorithm>
#include <cstring>

#include "value/heap.h"
#include "value/memory.h"
#include "value/object.h"
#include "value/raw_values.h"
#include "value/string.h"

namespace relay::object {
namespace {

constexpr std::uint32_t kMinCapacity = 4;

KeysBlock* start_block(void* memory, std::size_t capacity) {
  auto* keys = static_cast<KeysBlock*>(memory);
  keys->refs = 1;
  keys->kind = BlockKind::kKeys;
  keys->flags = 0;
  keys->extra = 0;
  keys->count = 0;
  keys->capacity = static_cast<std::uint32_t>(capacity);
  return keys;
}

void put_key(KeysBlock* keys, std::size_t index, Value key) {
  keys->hashes()[index] = string::hash(key);
  new (keys->keys() + index) Value(std::move(key));
}

// The list of `place`, unique and with room for `capacity` keys.
KeysBlock* own(Block*& place, std::size_t capacity) {
  auto* keys = static_cast<KeysBlock*>(place);
  if (keys->is_unique() && capacity <= keys->capacity) return keys;
  std::size_t room = kMinCapacity;
  while (room < capacity) room *= 2;
  KeysBlock* copy = start_block(heap_allocate(KeysBlock::bytes(room)), room);
  copy->count = keys->count;
  copy_values(copy->keys(), keys->keys(), keys->count);
  std::copy_n(keys->hashes(), keys->count, copy->hashes());
  release(place);
  place = copy;
  return copy;
}

}  // namespace

constinit KeysBlock no_keys{{Block::kImmortal, BlockKind::kKeys, 0, 0}, 0, 0};

std::size_t index_in_keys(const KeysBlock* keys, const Value& key) {
  for (std::size_t i = 0; i < keys->count; ++i) {
    if (keys->keys()[i].is_same(key)) return i;
  }
  const std::uint32_t hash = string::hash(key);
  for (std::size_t i = 0; i < keys->count; ++i) {
    if (keys->hashes()[i] == hash && string::text(keys->keys()[i]) == string::text(key)) return i;
  }
  return kNone;
}

std::size_t index_in_keys(const KeysBlock* keys, std::string_view key) {
  for (std::size_t i = 0; i < keys->count; ++i) {
    if (string::text(keys->keys()[i]) == key) return i;
  }
  return kNone;
}

void append_key(Block*& place, Value key) {
  KeysBlock* keys = own(place, static_cast<KeysBlock*>(place)->count + std::size_t{1});
  put_key(keys, keys->count, std::move(key));
  ++keys->count;
}

void remove_key(Block*& place, std::size_t index) {
  KeysBlock* keys = own(place, static_cast<KeysBlock*>(place)->count);
  keys->keys()[index].~Value();
  const std::size_t behind = keys->count - index - 1;
  relocate_values(keys->keys() + index, keys->keys() + index + 1, behind);
  std::memmove(keys->hashes() + index, keys->hashes() + index + 1, behind * sizeof(std::uint32_t));
  --keys->count;
}

KeysBlock* make_immortal_keys(std::span<const Value> keys) {
  KeysBlock* list = start_block(allocate_memory(KeysBlock::bytes(keys.size())), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) put_key(list, i, keys[i]);
  list->count = static_cast<std::uint32_t>(keys.size());
  list->refs = Block::kImmortal;
  return list;
}

void free_immortal_keys(KeysBlock* keys) {
  destroy_values(keys->keys(), keys->count);
  free_memory(keys, KeysBlock::bytes(keys->capacity));
}

std::size_t index_in(const KeysBlock* keys, const Value& key) { return index_in_keys(keys, key); }

}  // namespace relay::object
