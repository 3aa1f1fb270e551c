#pragma once

#include <cstdint>

#include "value/value.h"
#include "value/vector_tree.h"

namespace relay {

// An array. Up to kMaxInline elements follow the head, with spare room for growth (`extra` is the capacity); more
// live in a tree (flag kLarge, `extra` is 0). An array that has become large stays so.
//
// Invariant: kOwnsNodes only while all nodes have count 1 and no mark; it goes with the first copy or check.
struct ArrayBlock : Block {
  static constexpr std::uint32_t kMaxInline = kVectorWidth;
  std::uint32_t count;
  std::uint32_t checked_type;  // see array::check_elements

  [[nodiscard]] Value* elements() { return reinterpret_cast<Value*>(this + 1); }
  [[nodiscard]] const Value* elements() const { return reinterpret_cast<const Value*>(this + 1); }
  [[nodiscard]] VectorTree& tree() { return *reinterpret_cast<VectorTree*>(this + 1); }
  [[nodiscard]] const VectorTree& tree() const { return *reinterpret_cast<const VectorTree*>(this + 1); }
};
static_assert(sizeof(ArrayBlock) == 16);

}  // namespace relay
