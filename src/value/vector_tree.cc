#include "value/vector_tree.h"

#include <algorithm>

#include "value/heap.h"
#include "value/raw_values.h"

namespace relay {
namespace {

// What it takes to make a wide leaf narrow, in units of the budget: eight elements that are moved are one.
constexpr std::size_t kNarrowingUnits = kWideWidth / 8;

VectorNode* make_node(std::uint32_t level) {
  auto* node = static_cast<VectorNode*>(heap_allocate(kVectorNodeBytes));
  node->refs = 1;
  node->kind = BlockKind::kVectorNode;
  node->flags = 0;
  node->extra = static_cast<std::uint16_t>(level);
  node->checked_type = 0;
  node->count = 0;
  return node;
}

VectorNode* copy_node(const VectorNode* node) {
  VectorNode* copy = make_node(node->extra);
  copy->flags = node->flags;
  copy->count = node->count;
  if (node->extra == 0) {
    copy_values(copy->values(), node->values(), node->count);
    return copy;
  }
  std::copy_n(node->children(), node->count, copy->children());
  for (std::uint32_t i = 0; i < node->count; ++i) retain(copy->children()[i]);
  return copy;
}

// The node of `slot`, made unique and unmarked: it is about to change.
inline VectorNode* own(Block*& slot) {
  auto* node = static_cast<VectorNode*>(slot);
  if (node->is_unique()) [[likely]] {
    if (node->checked_type != 0) node->checked_type = 0;
    return node;
  }
  VectorNode* copy = copy_node(node);
  release(slot);
  slot = copy;
  return copy;
}

VectorNode* wide_leaf_at(Block* slot) {
  auto* node = static_cast<VectorNode*>(slot);
  return node->is_wide() ? node : nullptr;
}

// The mark that all leaves of a full node of level 1 have, if nobody else holds one of them.
bool may_become_wide(const VectorNode* node, std::uint32_t& mark) {
  if (node->is_wide() || !node->is_unique() || node->count != kVectorWidth) return false;
  mark = node->child(0)->checked_type;
  for (std::uint32_t i = 0; i < kVectorWidth; ++i) {
    if (!node->child(i)->is_unique()) return false;
    if (node->child(i)->checked_type != mark) mark = 0;
  }
  return true;
}

// Puts a wide leaf in the place of a full node of level 1 whose leaves nobody else holds.
void widen(Block*& slot) {
  auto* node = static_cast<VectorNode*>(slot);
  std::uint32_t mark = 0;
  if (!may_become_wide(node, mark)) return;
  auto* wide = static_cast<VectorNode*>(heap_allocate(kWideLeafBytes));
  wide->refs = 1;
  wide->kind = BlockKind::kVectorNode;
  wide->flags = node->flags;
  wide->extra = 0;
  wide->checked_type = mark;
  wide->count = kWideWidth;
  for (std::uint32_t i = 0; i < kVectorWidth; ++i) {
    relocate_values(wide->values() + i * kVectorWidth, node->child(i)->values(), kVectorWidth);
    heap_free(node->child(i), kVectorNodeBytes);
  }
  heap_free(node, kVectorNodeBytes);
  slot = wide;
}

// Puts a node of level 1 with narrow leaves in the place of a wide leaf.
void narrow(Block*& slot) {
  current_heap().spend(kNarrowingUnits);
  auto* wide = static_cast<VectorNode*>(slot);
  const bool is_unique = wide->is_unique();
  VectorNode* node = make_node(1);
  node->flags = wide->flags;
  node->checked_type = wide->checked_type;
  node->count = kVectorWidth;
  for (std::uint32_t i = 0; i < kVectorWidth; ++i) {
    VectorNode* leaf = make_node(0);
    Value* from = wide->values() + i * kVectorWidth;
    if (is_unique) {
      relocate_values(leaf->values(), from, kVectorWidth);
    } else {
      copy_values(leaf->values(), from, kVectorWidth);
    }
    leaf->count = kVectorWidth;
    leaf->checked_type = wide->checked_type;
    leaf->flags = function_flags(leaf->values(), kVectorWidth);
    node->children()[i] = leaf;
  }
  slot = node;
  if (is_unique) return heap_free(wide, kWideLeafBytes);
  release(wide);
}

// A chain of nodes from `level` down to `leaf`.
VectorNode* make_spine(std::uint32_t level, VectorNode* leaf) {
  VectorNode* node = leaf;
  for (std::uint32_t i = 1; i <= level; ++i) {
    VectorNode* parent = make_node(i);
    parent->flags = node->flags;
    parent->children()[0] = node;
    parent->count = 1;
    node = parent;
  }
  return node;
}

// Hangs the full tail into the tree. `size` still counts it, and nothing behind it.
void sink_tail(VectorTree& tree) {
  auto* leaf = static_cast<VectorNode*>(tree.tail);
  tree.tail = nullptr;
  const std::size_t index = tree.size - kVectorWidth;
  if (tree.root == nullptr) {
    tree.root = make_spine(1, leaf);
    tree.level = 1;
    return;
  }
  if (index >> ((tree.level + 1) * kVectorBits) != 0) {
    auto* old = static_cast<VectorNode*>(tree.root);
    VectorNode* root = make_spine(tree.level + 1, leaf);
    root->children()[1] = root->children()[0];
    root->children()[0] = old;
    root->count = 2;
    root->flags |= old->flags;
    tree.root = root;
    ++tree.level;
    return;
  }
  Block** slot = &tree.root;
  for (std::uint32_t level = tree.level;; --level) {
    VectorNode* node = own(*slot);
    node->flags |= leaf->flags;
    const std::size_t at = (index >> (level * kVectorBits)) & kVectorMask;
    if (at == node->count) {
      // Its neighbour has been full for a while: growing and shrinking around one size does not widen it each time.
      if (level == 2) widen(node->children()[at - 1]);
      node->children()[node->count++] = make_spine(level - 1, leaf);
      return;
    }
    slot = &node->children()[at];
  }
}

// Takes the leaf of position `last` out of the tree to be the tail, and drops what is behind it. The tree reaches
// that far, and there is no tail.
void raise_tail(VectorTree& tree, std::size_t last) {
  Block** path[8];
  std::uint32_t depth = 0;
  Block** slot = &tree.root;
  for (std::uint32_t level = tree.level; level != 0; --level) {
    if (wide_leaf_at(*slot) != nullptr) narrow(*slot);
    VectorNode* node = own(*slot);
    const auto at = static_cast<std::uint32_t>((last >> (level * kVectorBits)) & kVectorMask);
    while (node->count > at + 1) release(node->children()[--node->count]);
    path[depth++] = slot;
    slot = &node->children()[at];
  }
  tree.tail = *slot;
  while (depth != 0) {
    auto* node = static_cast<VectorNode*>(*path[--depth]);
    --node->count;
    if (node->count != 0) break;
    release(node);
    if (depth == 0) tree.root = nullptr;
  }
  if (tree.root == nullptr) tree.level = 0;
  while (tree.level > 1 && static_cast<VectorNode*>(tree.root)->count == 1) {
    Block* child = static_cast<VectorNode*>(tree.root)->children()[0];
    retain(child);
    release(tree.root);
    tree.root = child;
    --tree.level;
  }
}

}  // namespace

std::span<const Value> VectorTree::run_at(std::size_t index) const {
  if (index >= size) return {};
  const Place place = find(index);
  return {&place.value(), place.leaf->count - place.offset};
}

void VectorTree::push_slow(Value&& element) {
  VectorNode* node = roomy_tail();
  node->flags |= function_flag(element);
  new (node->values() + node->count) Value(std::move(element));
  ++node->count;
  ++size;
}

// The tail, unique and with room for at least one more.
VectorNode* VectorTree::roomy_tail() {
  if (tail != nullptr && tail_node()->count == kVectorWidth) sink_tail(*this);
  if (tail == nullptr) tail = make_node(0);
  return own(tail);
}

void VectorTree::push_run(std::span<const Value> elements) {
  while (!elements.empty()) {
    VectorNode* node = roomy_tail();
    const std::size_t count = std::min<std::size_t>(elements.size(), kVectorWidth - node->count);
    copy_values(node->values() + node->count, elements.data(), count);
    grow_tail(count);
    elements = elements.subspan(count);
  }
}

void VectorTree::take_run(std::span<Value> elements) {
  while (!elements.empty()) {
    VectorNode* node = roomy_tail();
    const std::size_t count = std::min<std::size_t>(elements.size(), kVectorWidth - node->count);
    move_values(node->values() + node->count, elements.data(), count);
    grow_tail(count);
    elements = elements.subspan(count);
  }
}

// Counts what has been written behind the end of the tail.
void VectorTree::grow_tail(std::size_t count) {
  VectorNode* node = tail_node();
  node->flags |= function_flags(node->values() + node->count, count);
  node->count += static_cast<std::uint32_t>(count);
  size += static_cast<std::uint32_t>(count);
}

// The position's place, on a path that is unique, unmarked and flagged for what is about to be put there.
VectorTree::Place VectorTree::own_path(std::size_t index, std::uint8_t new_flags) {
  if (index >= tail_begin()) {
    VectorNode* node = own(tail);
    node->flags |= new_flags;
    return {node, index & kVectorMask};
  }
  Block** slot = &root;
  for (std::uint32_t shift = level * kVectorBits;; shift -= kVectorBits) {
    VectorNode* wide = wide_leaf_at(*slot);
    if (wide != nullptr && wide->is_unique() && wide->checked_type == 0) {
      wide->flags |= new_flags;
      return {wide, index & (kWideWidth - 1)};
    }
    if (wide != nullptr) narrow(*slot);
    VectorNode* node = own(*slot);
    node->flags |= new_flags;
    if (shift == 0) return {node, index & kVectorMask};
    slot = &node->children()[(index >> shift) & kVectorMask];
  }
}

Value& VectorTree::place(std::size_t index) { return own_path(index, 0).value(); }

void VectorTree::set(std::size_t index, Value&& element) {
  own_path(index, function_flag(element)).value() = std::move(element);
}

Value VectorTree::pop() {
  VectorNode* node = own(tail);
  --node->count;
  --size;
  Value result = std::move(node->values()[node->count]);
  if (node->count == 0) drop_tail();
  return result;
}

// Drops the tail, which holds nothing that is still wanted, and takes the last leaf of what `size` counts for it.
void VectorTree::drop_tail() {
  release(tail);
  tail = nullptr;
  if (size != 0) return raise_tail(*this, size - 1);
  if (root != nullptr) release(root);
  root = nullptr;
  level = 0;
}

void VectorTree::truncate(std::size_t count) {
  const bool ends_in_tail = count > tail_begin();
  size = static_cast<std::uint32_t>(count);
  if (!ends_in_tail) drop_tail();
  if (tail == nullptr) return;
  const std::uint32_t kept = size - tail_begin();
  if (kept == tail_node()->count) return;
  VectorNode* node = own(tail);
  destroy_values(node->values() + kept, node->count - kept);
  node->count = kept;
}

}  // namespace relay
