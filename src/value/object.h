#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "value/value.h"

namespace relay::object {

// Objects of the language: immutable maps from strings to values that keep the order of insertion, with structural
// sharing. A function that takes `Value& self` turns it into the changed object: in place when nobody else holds
// what it changes, else by copying one path.
//
// Cost: find, set, remove O(log32 n); a small object is one block and a key list that it shares with others alike.

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

[[nodiscard]] Value make();
[[nodiscard]] std::size_t size(const Value& self);
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

// For object literals and inline caches: an immortal key list made once at load (keys distinct strings).
struct KeysBlock;
[[nodiscard]] KeysBlock* make_immortal_keys(std::span<const Value> keys);
// An object with these keys; takes as many contents, which become undefined. At most kMaxShared keys.
inline constexpr std::size_t kMaxShared = 16;
[[nodiscard]] Value make(KeysBlock* keys, std::span<Value> contents);
// The immortal key list of a small object, or nullptr: what an inline cache may remember.
[[nodiscard]] const KeysBlock* immortal_keys(const Value& self);
// The place of `key` in a key list, or kNone; contents of a small object are indexed by it.
[[nodiscard]] std::size_t index_in(const KeysBlock* keys, const Value& key);
[[nodiscard]] const Value& content_at(const Value& self, std::size_t index);

}  // namespace relay::object
