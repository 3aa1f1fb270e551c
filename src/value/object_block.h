#pragma once

#include <cstdint>

#include "value/value.h"
#include "value/vector_tree.h"

namespace relay::object {

// The key list of small objects, shared between objects that are alike: keys (distinct strings) and, behind room for
// `capacity` of them, their hashes.
struct KeysBlock : Block {
  std::uint32_t count;
  std::uint32_t capacity;

  [[nodiscard]] Value* keys() { return reinterpret_cast<Value*>(this + 1); }
  [[nodiscard]] const Value* keys() const { return reinterpret_cast<const Value*>(this + 1); }
  [[nodiscard]] std::uint32_t* hashes() { return reinterpret_cast<std::uint32_t*>(keys() + capacity); }
  [[nodiscard]] const std::uint32_t* hashes() const {
    return reinterpret_cast<const std::uint32_t*>(keys() + capacity);
  }
  [[nodiscard]] static std::size_t bytes(std::size_t capacity) {
    return sizeof(KeysBlock) + capacity * (sizeof(Value) + sizeof(std::uint32_t));
  }
};
static_assert(sizeof(KeysBlock) == 16);

// A large object's content: entries in order of insertion, each a key and a content next to each other in one
// vector; a removed entry stays as two undefined values until more than half are such. The index finds the entry of
// a key (value/object_index.h).
struct ObjectTree {
  VectorTree entries;
  Block* index;

  [[nodiscard]] std::size_t slots() const { return entries.size / 2; }
  [[nodiscard]] const Value& key_at(std::size_t slot) const { return entries.at(2 * slot); }
  [[nodiscard]] const Value& content_at(std::size_t slot) const { return entries.at(2 * slot + 1); }
};

// An object. Up to kMaxInline contents follow the head, in the order of `keys`, with spare room (`extra` is the
// capacity); more entries live in a tree (flag kLarge), which follows the head in the place of `keys`.
struct ObjectBlock : Block {
  static constexpr std::uint32_t kMaxInline = 16;
  std::uint32_t count;         // entries that are there
  std::uint32_t checked_type;  // see object::check_contents

  [[nodiscard]] Block*& keys_slot() { return *reinterpret_cast<Block**>(this + 1); }
  [[nodiscard]] KeysBlock* keys() const {
    return static_cast<KeysBlock*>(*reinterpret_cast<Block* const*>(this + 1));
  }
  [[nodiscard]] Value* contents() { return reinterpret_cast<Value*>(this + 1) + 1; }
  [[nodiscard]] const Value* contents() const { return reinterpret_cast<const Value*>(this + 1) + 1; }
  [[nodiscard]] ObjectTree& tree() { return *reinterpret_cast<ObjectTree*>(this + 1); }
  [[nodiscard]] const ObjectTree& tree() const { return *reinterpret_cast<const ObjectTree*>(this + 1); }
};
static_assert(sizeof(ObjectBlock) == 16);

}  // namespace relay::object
