#include "value/object_index.h"

#include <algorithm>
#include <cstring>

#include "value/heap.h"

namespace relay::object_index {
namespace {

// Capacities of nodes: few sizes, so that a growing node is not copied at each step.
constexpr std::uint32_t kCapacities[] = {2, 4, 6, 8, 12, 16, 24, 32};

std::uint32_t capacity_for(std::uint32_t slots) {
  for (const std::uint32_t capacity : kCapacities) {
    if (slots <= capacity) return capacity;
  }
  return slots * 2;  // a collision node
}

std::uint64_t make_slot(std::uint32_t hash, std::uint32_t entry) {
  return static_cast<std::uint64_t>(hash) << 32 | entry;
}
std::uint32_t bit_of(std::uint32_t hash, std::uint32_t shift) { return 1u << ((hash >> shift) & 31); }
std::uint32_t rank(std::uint32_t bits, std::uint32_t bit) {
  return count_bits(bits & (bit - 1));
}

MapNode* make_node(std::uint32_t slots) {
  const std::uint32_t capacity = capacity_for(slots);
  auto* node = static_cast<MapNode*>(heap_allocate(MapNode::bytes(capacity)));
  node->refs = 1;
  node->kind = BlockKind::kMapNode;
  node->flags = 0;
  node->extra = static_cast<std::uint16_t>(capacity);
  node->leaf_bits = 0;
  node->child_bits = 0;
  return node;
}

// The node of `place`, unique and with room for `more` slots.
MapNode* own(Block*& place, std::uint32_t more) {
  auto* node = static_cast<MapNode*>(place);
  const std::uint32_t used = node->leaf_count() + node->child_count();
  if (node->is_unique() && used + more <= node->extra) return node;
  MapNode* next = make_node(used + more);
  next->flags = node->flags;
  next->leaf_bits = node->leaf_bits;
  next->child_bits = node->child_bits;
  std::memcpy(next->slots(), node->slots(), used * sizeof(std::uint64_t));
  if (node->is_unique()) {
    node->leaf_bits = node->child_bits = 0;  // its slots have moved
  } else {
    for (std::uint32_t i = 0; i < next->child_count(); ++i) retain(next->children()[i]);
  }
  release(node);
  place = next;
  return next;
}

void open_gap(MapNode* node, std::uint32_t at, std::uint32_t used) {
  std::memmove(node->slots() + at + 1, node->slots() + at, (used - at) * sizeof(std::uint64_t));
}
void close_gap(MapNode* node, std::uint32_t at, std::uint32_t used) {
  std::memmove(node->slots() + at, node->slots() + at + 1, (used - at - 1) * sizeof(std::uint64_t));
}

// A node, `shift` bits down, that holds these two slots.
MapNode* make_pair(std::uint64_t a, std::uint64_t b, std::uint32_t shift) {
  const auto hash_a = static_cast<std::uint32_t>(a >> 32);
  const auto hash_b = static_cast<std::uint32_t>(b >> 32);
  MapNode* node = make_node(2);
  if (shift >= kHashBits) {
    node->flags |= Block::kCollision;
    node->leaf_bits = 2;
    node->slots()[0] = a;
    node->slots()[1] = b;
    return node;
  }
  const std::uint32_t bit_a = bit_of(hash_a, shift);
  const std::uint32_t bit_b = bit_of(hash_b, shift);
  if (bit_a == bit_b) {
    node->child_bits = bit_a;
    node->children()[0] = make_pair(a, b, shift + kBits);
    return node;
  }
  node->leaf_bits = bit_a | bit_b;
  node->slots()[rank(node->leaf_bits, bit_a)] = a;
  node->slots()[rank(node->leaf_bits, bit_b)] = b;
  return node;
}

// Replaces the leaf of `bit` by a node that holds it and `added`.
void push_down(MapNode* node, std::uint32_t bit, std::uint64_t added, std::uint32_t shift) {
  const std::uint32_t used = node->leaf_count() + node->child_count();
  const std::uint32_t leaf = rank(node->leaf_bits, bit);
  MapNode* pair = make_pair(node->slots()[leaf], added, shift + kBits);
  close_gap(node, leaf, used);
  node->leaf_bits &= ~bit;
  const std::uint32_t child = rank(node->child_bits, bit);
  open_gap(node, node->leaf_count() + child, used - 1);
  node->child_bits |= bit;
  node->children()[child] = pair;
}

void add_leaf(MapNode* node, std::uint32_t bit, std::uint64_t slot) {
  const std::uint32_t at = node->is_collision() ? node->leaf_bits : rank(node->leaf_bits, bit);
  open_gap(node, at, node->leaf_count() + node->child_count());
  node->slots()[at] = slot;
  node->leaf_bits = node->is_collision() ? node->leaf_bits + 1 : node->leaf_bits | bit;
}

void remove_leaf(MapNode* node, std::uint32_t bit, std::uint32_t at) {
  close_gap(node, at, node->leaf_count() + node->child_count());
  node->leaf_bits = node->is_collision() ? node->leaf_bits - 1 : node->leaf_bits & ~bit;
}

std::uint32_t place_in_collision(const MapNode* node, std::uint64_t slot) {
  return static_cast<std::uint32_t>(std::find(node->slots(), node->slots() + node->leaf_bits, slot) - node->slots());
}

}  // namespace

void insert(Block*& root, std::uint32_t hash, std::uint32_t entry) {
  const std::uint64_t slot = make_slot(hash, entry);
  if (root == nullptr) root = make_node(1);
  Block** place = &root;
  for (std::uint32_t shift = 0;; shift += kBits) {
    auto* node = static_cast<MapNode*>(*place);
    if (node->is_collision()) return add_leaf(own(*place, 1), 0, slot);
    const std::uint32_t bit = bit_of(hash, shift);
    if ((node->leaf_bits & bit) != 0) return push_down(own(*place, 0), bit, slot, shift);
    if ((node->child_bits & bit) == 0) return add_leaf(own(*place, 1), bit, slot);
    node = own(*place, 0);
    place = &node->children()[rank(node->child_bits, bit)];
  }
}

void erase(Block*& root, std::uint32_t hash, std::uint32_t entry) {
  Block** path[kHashBits / kBits + 2];
  std::uint32_t depth = 0;
  path[0] = &root;
  for (std::uint32_t shift = 0;; shift += kBits) {
    MapNode* node = own(*path[depth], 0);
    const std::uint32_t bit = node->is_collision() ? 0 : bit_of(hash, shift);
    if (node->is_collision() || (node->leaf_bits & bit) != 0) {
      const std::uint32_t at = node->is_collision() ? place_in_collision(node, make_slot(hash, entry))
                                                    : rank(node->leaf_bits, bit);
      remove_leaf(node, bit, at);
      break;
    }
    path[++depth] = &node->children()[rank(node->child_bits, bit)];
  }
  // Nodes left empty go, and their places above.
  for (std::uint32_t level = depth;; --level) {
    auto* node = static_cast<MapNode*>(*path[level]);
    if (node->leaf_bits != 0 || node->child_bits != 0) return;
    release(node);
    if (level == 0) {
      root = nullptr;
      return;
    }
    auto* parent = static_cast<MapNode*>(*path[level - 1]);
    const std::uint32_t bit = bit_of(hash, (level - 1) * kBits);
    const std::uint32_t used = parent->leaf_count() + parent->child_count();
    close_gap(parent, parent->leaf_count() + rank(parent->child_bits, bit), used);
    parent->child_bits &= ~bit;
  }
}

}  // namespace relay::object_index
