#include "value/sole_bytes.h"

#include "value/block_walk.h"
#include "value/heap.h"

namespace relay {

void SoleBytes::add(const Value& value) {
  if (value.is_counted()) visit(value.block());
  while (!waiting_.empty() && !is_enough()) {
    Block* block = waiting_.back();
    waiting_.pop_back();
    bytes_ += block_bytes(block);
    visit_children(
        block,
        [this](Value& child) {
          if (child.is_counted()) visit(child.block());
        },
        [this](Block*& child) { visit(child); });
  }
}

}  // namespace relay
