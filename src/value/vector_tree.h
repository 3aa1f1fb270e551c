#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "value/raw_values.h"
#include "value/value.h"

namespace relay {

inline constexpr std::uint32_t kVectorBits = 5;
inline constexpr std::uint32_t kVectorWidth = 1u << kVectorBits;
inline constexpr std::uint32_t kVectorMask = kVectorWidth - 1;
inline constexpr std::uint32_t kWideWidth = kVectorWidth * kVectorWidth;

// One block of a vector tree: a leaf of values (level 0) or an inner node of nodes. `extra` is the level.
// A wide leaf (level 0) stands in the place of a full node of level 1 and holds all its values.
struct VectorNode : Block {
  std::uint32_t checked_type;  // see array::check_elements
  std::uint32_t count;         // slots in use; all but wide leaves have room for kVectorWidth

  [[nodiscard]] bool is_wide() const { return count > kVectorWidth; }

  [[nodiscard]] Value* values() { return reinterpret_cast<Value*>(this + 1); }
  [[nodiscard]] const Value* values() const { return reinterpret_cast<const Value*>(this + 1); }
  [[nodiscard]] Block** children() { return reinterpret_cast<Block**>(this + 1); }
  [[nodiscard]] Block* const* children() const { return reinterpret_cast<Block* const*>(this + 1); }
  [[nodiscard]] VectorNode* child(std::size_t index) const { return static_cast<VectorNode*>(children()[index]); }
};
static_assert(sizeof(VectorNode) == 16);

inline constexpr std::size_t kVectorNodeBytes = sizeof(VectorNode) + kVectorWidth * sizeof(Value);
inline constexpr std::size_t kWideLeafBytes = sizeof(VectorNode) + kWideWidth * sizeof(Value);

// A persistent vector: a 32-way radix tree of full leaves, and a tail that takes the pushes. What arrays and objects
// too large for one block are made of; the block that holds the tree counts as one reference to `root` and `tail`.
//
// Every change is in place where the nodes on its path have count 1, else it copies them; so whoever copies a holder
// adds a count to root and tail (share) and changes freely. All functions that change want a holder of count 1.
//
// What grows without being shared gets wide leaves, so that changes all over a large array find their place soon.
// A wide leaf that is shared or marked becomes narrow ones again before it changes: a change then copies no more, and
// forgets no more of what was checked, than elsewhere.
//
// Invariant: the tail is there and not empty unless size is 0; all leaves of the tree are full; a node that holds a
//            function is flagged, and so are those above it.
struct VectorTree {
  Block* root;  // null while all is in the tail; else an inner node
  Block* tail;
  std::uint32_t size;
  std::uint32_t level;  // of the root; 0 without root

  [[nodiscard]] static VectorTree make() { return {nullptr, nullptr, 0, 0}; }
  void share() const {
    if (root != nullptr) retain(root);
    if (tail != nullptr) retain(tail);
  }
  [[nodiscard]] VectorNode* tail_node() const { return static_cast<VectorNode*>(tail); }
  // Position of the first element of the tail.
  [[nodiscard]] std::uint32_t tail_begin() const { return size == 0 ? 0 : (size - 1) & ~kVectorMask; }

  [[nodiscard]] std::uint8_t flags() const {
    return static_cast<std::uint8_t>((root != nullptr ? root->flags : 0) | (tail != nullptr ? tail->flags : 0));
  }

  // Where a position is: a leaf and a place in it.
  struct Place {
    VectorNode* leaf;
    std::size_t offset;

    [[nodiscard]] Value& value() const { return leaf->values()[offset]; }
  };
  [[nodiscard]] Place find(std::size_t index) const {
    if (index >= tail_begin()) return {tail_node(), index & kVectorMask};
    auto* node = static_cast<VectorNode*>(root);
    for (std::uint32_t shift = level * kVectorBits; shift > kVectorBits; shift -= kVectorBits) {
      node = node->child((index >> shift) & kVectorMask);
    }
    if (node->is_wide()) return {node, index & (kWideWidth - 1)};
    return {node->child((index >> kVectorBits) & kVectorMask), index & kVectorMask};
  }
  [[nodiscard]] const Value& at(std::size_t index) const { return find(index).value(); }
  [[nodiscard]] std::span<const Value> run_at(std::size_t index) const;

  // Inline while the tail has room and nobody else holds it.
  void push(Value&& element) {
    VectorNode* node = tail_node();
    if (node == nullptr || !node->is_unique() || node->count == kVectorWidth) return push_slow(std::move(element));
    if (node->checked_type != 0) node->checked_type = 0;
    node->flags |= function_flag(element);
    new (node->values() + node->count) Value(std::move(element));
    ++node->count;
    ++size;
  }
  // Pushes copies of all.
  void push_run(std::span<const Value> elements);
  // Takes all, which become undefined.
  void take_run(std::span<Value> elements);
  void set(std::size_t index, Value&& element);
  Value pop();
  // Keeps the first `count` elements, not more than there are.
  void truncate(std::size_t count);
  // The position's place, for an owner that overwrites it: the path to it is unique and unmarked.
  [[nodiscard]] Value& place(std::size_t index);

  // The same for an owner who knows that the path is unique and unmarked.
  [[nodiscard]] Value& owned_place(std::size_t index) { return find(index).value(); }

 private:
  [[nodiscard]] Place own_path(std::size_t index, std::uint8_t new_flags);
  void push_slow(Value&& element);
  [[nodiscard]] VectorNode* roomy_tail();
  void grow_tail(std::size_t count);
  void drop_tail();
};
static_assert(sizeof(VectorTree) == 24);

// Whether conforms(value) holds for every `stride`-th value below `node`, counted from `first`. Skips what is marked
// with `type_id` and marks what passes, so that a repeated check costs what has changed since.
template <typename F>
bool check_node(VectorNode* node, std::uint32_t type_id, std::size_t first, std::size_t stride, F& conforms) {
  if (node->checked_type == type_id) return true;
  for (std::size_t i = node->extra == 0 ? first : 0; i < node->count; i += node->extra == 0 ? stride : 1) {
    if (node->extra != 0) {
      if (!check_node(node->child(i), type_id, first, stride, conforms)) return false;
    } else if (!conforms(node->values()[i])) {
      return false;
    }
  }
  if (!node->is_immortal()) node->checked_type = type_id;
  return true;
}
template <typename F>
bool check_tree(const VectorTree& tree, std::uint32_t type_id, std::size_t first, std::size_t stride, F& conforms) {
  if (tree.root != nullptr && !check_node(static_cast<VectorNode*>(tree.root), type_id, first, stride, conforms)) {
    return false;
  }
  return tree.tail == nullptr || check_node(tree.tail_node(), type_id, first, stride, conforms);
}

}  // namespace relay
