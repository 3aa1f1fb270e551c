#pragma once

#include <cstddef>
#include <cstdint>

#include "value/block.h"

namespace relay {

// Bits set in `bits`; without the instruction, which not every processor has, the library's function is slow.
[[nodiscard]] inline std::uint32_t count_bits(std::uint32_t bits) {
#ifdef __POPCNT__
  return static_cast<std::uint32_t>(__builtin_popcount(bits));
#else
  bits -= (bits >> 1) & 0x55555555u;
  bits = (bits & 0x33333333u) + ((bits >> 2) & 0x33333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0Fu;
  return (bits * 0x01010101u) >> 24;
#endif
}

// One node of an object's index. Slots follow the head: first one for each bit of `leaf_bits`, in bit order, a hash
// (upper half) and an entry number; then one for each bit of `child_bits`, a node. `extra` is the capacity. A node
// flagged kCollision stands below the last bits of the hash: `leaf_bits` is then the number of its leaf slots.
struct MapNode : Block {
  std::uint32_t leaf_bits;
  std::uint32_t child_bits;

  [[nodiscard]] std::uint64_t* slots() { return reinterpret_cast<std::uint64_t*>(this + 1); }
  [[nodiscard]] const std::uint64_t* slots() const { return reinterpret_cast<const std::uint64_t*>(this + 1); }
  [[nodiscard]] bool is_collision() const { return (flags & kCollision) != 0; }
  [[nodiscard]] std::uint32_t leaf_count() const {
    return is_collision() ? leaf_bits : count_bits(leaf_bits);
  }
  [[nodiscard]] std::uint32_t child_count() const { return count_bits(child_bits); }
  [[nodiscard]] Block** children() { return reinterpret_cast<Block**>(slots() + leaf_count()); }
  [[nodiscard]] static std::size_t bytes(std::size_t capacity) {
    return sizeof(MapNode) + capacity * sizeof(std::uint64_t);
  }
};
static_assert(sizeof(MapNode) == 16);

// The index of a large object: a hash trie, 5 bits a level, from the hashes of keys to numbers of entries. It knows
// no keys; the caller compares them. Changes are in place where the path is unique, else they copy it, like those of
// VectorTree; `root` (null: empty) is a place in a block of count 1.
namespace object_index {

inline constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);
inline constexpr std::uint32_t kBits = 5;
inline constexpr std::uint32_t kHashBits = 32;

// The entry of this hash for which matches(entry) holds, or kNotFound.
template <typename F>
[[nodiscard]] std::size_t find(const Block* root, std::uint32_t hash, F&& matches) {
  const auto* node = static_cast<const MapNode*>(root);
  for (std::uint32_t shift = 0; node != nullptr; shift += kBits) {
    if (node->is_collision()) {
      for (std::uint32_t i = 0; i < node->leaf_bits; ++i) {
        const std::uint64_t slot = node->slots()[i];
        if (slot >> 32 == hash && matches(static_cast<std::uint32_t>(slot))) return static_cast<std::uint32_t>(slot);
      }
      return kNotFound;
    }
    const std::uint32_t bit = 1u << ((hash >> shift) & 31);
    const std::uint32_t below = bit - 1;
    if ((node->leaf_bits & bit) != 0) {
      const std::uint64_t slot = node->slots()[count_bits(node->leaf_bits & below)];
      const auto entry = static_cast<std::uint32_t>(slot);
      return slot >> 32 == hash && matches(entry) ? entry : kNotFound;
    }
    if ((node->child_bits & bit) == 0) return kNotFound;
    node = static_cast<MapNode*>(const_cast<MapNode*>(node)->children()[count_bits(node->child_bits & below)]);
  }
  return kNotFound;
}

// Adds an entry whose key is not yet there.
void insert(Block*& root, std::uint32_t hash, std::uint32_t entry);
// Takes away an entry that is there.
void erase(Block*& root, std::uint32_t hash, std::uint32_t entry);

}  // namespace object_index
}  // namespace relay
