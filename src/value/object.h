#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "value/object_block.h"
#include "value/value.h"

namespace relay::object {

// Objects of the language: immutable maps from strings to values that keep the order of insertion, with structural
// sharing. A function that takes `Value& self` turns it into the changed object: in place when nobody else holds
// what it changes, else by copying one path.
//
// Cost: find, set, remove O(log32 n); a small object is one block and a key list that it shares with others alike.

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

[[nodiscard]] inline ObjectBlock* block(const Value& value) { return value.block_as<ObjectBlock>(); }

[[nodiscard]] Value make();
[[nodiscard]] inline std::size_t size(const Value& self) { return block(self)->count; }
// nullptr when there is no such key. `key` is a string.
[[nodiscard]] const Value* find(const Value& self, const Value& key);
[[nodiscard]] const Value* find(const Value& self, std::string_view key);
// A key that is there keeps its place; a new one goes to the end.
void set(Value& self, Value key, Value content);
// Nothing happens when the key is not there.
void remove(Value& self, const Value& key);

// Visits entries in order: start with position 0; advance() gives the position of the next entry or kNone.
// Positions stay valid as long as the object is not changed.
struct Entry {
  const Value* key;
  const Value* content;
};
[[nodiscard]] std::size_t first(const Value& self);
[[nodiscard]] std::size_t next(const Value& self, std::size_t position);
[[nodiscard]] Entry entry(const Value& self, std::size_t position);

// For object literals and inline caches: an immortal key list made once at load (keys distinct strings, at most
// kMaxShared, immortal or copied). ImmortalArena::keep_keys makes one that is freed with the program.
[[nodiscard]] KeysBlock* make_immortal_keys(std::span<const Value> keys);
void free_immortal_keys(KeysBlock* keys);
// An object with these keys; takes as many contents, which become undefined. At most kMaxShared keys.
inline constexpr std::size_t kMaxShared = ObjectBlock::kMaxInline;
[[nodiscard]] Value make(KeysBlock* keys, std::span<Value> contents);
// The immortal key list of a small object, or nullptr: what an inline cache may remember.
[[nodiscard]] inline const KeysBlock* immortal_keys(const Value& self) {
  const ObjectBlock* object = block(self);
  if (object->is_large()) return nullptr;
  const KeysBlock* keys = object->keys();
  return keys->is_immortal() ? keys : nullptr;
}
// The place of `key` in a key list, or kNone; contents of a small object are indexed by it.
[[nodiscard]] std::size_t index_in(const KeysBlock* keys, const Value& key);
[[nodiscard]] inline const Value& content_at(const Value& self, std::size_t index) {
  return block(self)->contents()[index];
}
// Replaces a content of a small object: in place when nobody else holds it, else in a copy with the same keys.
void set_at(Value& self, std::size_t index, Value content);

// The key list of a small object, or nullptr; for makers of many objects alike (JSON): make() with it shares it.
[[nodiscard]] inline KeysBlock* keys_of(const Value& self) {
  return block(self)->is_large() ? nullptr : block(self)->keys();
}

// The type that all contents are known to conform to, as an id of the program; 0 when none is known.
[[nodiscard]] inline std::uint32_t checked_type(const Value& self) { return block(self)->checked_type; }

// Whether conforms(content) holds for all contents; see array::check_elements.
template <typename F>
[[nodiscard]] bool check_contents(const Value& self, std::uint32_t type_id, F&& conforms) {
  ObjectBlock* object = block(self);
  if (object->checked_type == type_id) return true;
  if (object->is_large()) {
    auto present_conforms = [&](const Value& value) { return value.is_undefined() || conforms(value); };
    if (!check_tree(object->tree().entries, type_id, 1, 2, present_conforms)) return false;
  } else {
    for (std::uint32_t i = 0; i < object->count; ++i) {
      if (!conforms(object->contents()[i])) return false;
    }
  }
  if (!object->is_immortal()) object->checked_type = type_id;
  return true;
}

}  // namespace relay::object
