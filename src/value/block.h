#pragma once

#include <cstddef>
#include <cstdint>

namespace relay {

// What a heap block holds. The first six are what a Value can point to; the rest live inside these.
enum class BlockKind : std::uint8_t {
  kString,
  kArray,
  kObject,
  kStruct,
  kFunction,
  kDatetime,
  kServer,
  kCell,
  kVectorNode,  // inside a large array or object
  kMapNode,     // inside a large object
  kKeys,        // the key list of small objects, shared between them
};

// The head of every block of the heap. Counts are plain integers: a block belongs to one owner at a time (an
// actor or a message in flight), so no atomic stands in the interpreter's way (spec architecture.md, Decisions).
//
// Invariant: refs == kImmortal is never written again: such blocks are shared by all cores.
struct Block {
  static constexpr std::uint32_t kImmortal = 0xFFFFFFFFu;
  // Set when the block or anything below it is or contains a function: only such blocks can be part of a cycle,
  // and only they need a look when values leave their server.
  static constexpr std::uint8_t kHoldsFunction = 1;
  // An array or object too large for one block: its content is in nodes.
  static constexpr std::uint8_t kLarge = 2;
  // A node of an object's index for keys whose hashes are all the same.
  static constexpr std::uint8_t kCollision = 4;
  // Met by a walk that is under way (value/cycles.h); clear otherwise.
  static constexpr std::uint8_t kMarked = 8;

  // A large array that holds all nodes of its tree alone, none of them marked: they are changed without a look at each.
  static constexpr std::uint8_t kOwnsNodes = 16;

  std::uint32_t refs;
  BlockKind kind;
  std::uint8_t flags;
  std::uint16_t extra;  // free for the kind's own use

  [[nodiscard]] bool is_immortal() const { return refs == kImmortal; }
  [[nodiscard]] bool is_unique() const { return refs == 1; }
  [[nodiscard]] bool is_large() const { return (flags & kLarge) != 0; }
  [[nodiscard]] bool holds_function() const { return (flags & kHoldsFunction) != 0; }
};
static_assert(sizeof(Block) == 8);

// Called when a count has fallen to zero; frees `block` and, without native recursion, what only it held.
// Thread: the owner's.
void destroy(Block* block);

inline void retain(Block* block) {
  if (!block->is_immortal()) ++block->refs;
}
inline void release(Block* block) {
  if (block->is_immortal()) return;
  if (--block->refs == 0) destroy(block);
}

}  // namespace relay
