#include "value/transfer.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include <vector>

#include "value/block_copy.h"
#include "value/block_walk.h"

namespace relay {
namespace {

// Whether a function bound to its server is anywhere in `value`: a walk over what holds functions only.
bool holds_bound_function(const Value& value) {
  if (!value.holds_function()) return false;
  std::vector<Block*> waiting{value.block()};
  boost::unordered_flat_set<const Block*> seen;
  const auto visit = [&](Block* block) {
    if (block->holds_function() && (block->is_unique() || seen.insert(block).second)) waiting.push_back(block);
  };
  while (!waiting.empty()) {
    Block* block = waiting.back();
    waiting.pop_back();
    if (block->kind == BlockKind::kFunction && static_cast<FunctionBlock*>(block)->info->bound_to_server) return true;
    visit_children(
        block,
        [&](Value& child) {
          if (child.is_block()) visit(child.block());
        },
        [&](Block*& child) { visit(child); });
  }
  return false;
}

// Moves what is unique out of the current heap and copies what is not.
class Packer {
 public:
  explicit Packer(Heap& from) : from_(from), copier_(BlockCopier::Makes::kCounted) {}
  // The blocks copied have been kept until now, so that no other block could take their address.
  ~Packer() {
    for (Block* block : copied_) release(block);
  }

  void pack(Value& value) {
    pack_value(value);
    while (!waiting_.empty()) {
      Block* block = waiting_.back();
      waiting_.pop_back();
      move(block);
    }
  }
  [[nodiscard]] std::size_t bytes() const { return moved_bytes_ + copier_.bytes(); }
  [[nodiscard]] CellList take_cells() {
    CellList cells = copier_.take_cells();
    while (CellBlock* cell = moved_cells_.first()) {
      moved_cells_.unlink(cell);
      cells.link(cell);
    }
    return cells;
  }

 private:
  void move(Block* block) {
    moved_bytes_ += block_bytes(block);
    visit_children(
        block, [this](Value& child) { pack_value(child); }, [this](Block*& child) { pack_block(child); });
    if (block->kind != BlockKind::kCell) return;
    auto* cell = static_cast<CellBlock*>(block);
    cell->message = 0;
    from_.unlink(cell);
    moved_cells_.link(cell);
  }
  void pack_value(Value& value) {
    if (!value.is_counted()) return;
    if (value.block()->is_unique()) return waiting_.push_back(value.block());
    value = Value::adopt(copy(value.block()));
  }
  void pack_block(Block*& block) {
    if (block->is_immortal()) return;
    if (block->is_unique()) return waiting_.push_back(block);
    Block* original = block;
    block = copy(original);
    release(original);
  }
  Block* copy(Block* original) {
    if (copier_.copied_before(original) == nullptr) {
      retain(original);
      copied_.push_back(original);
    }
    return copier_.copy(original);
  }

  Heap& from_;
  std::size_t moved_bytes_ = 0;
  CellList moved_cells_;
  std::vector<Block*> waiting_;
  std::vector<Block*> copied_;
  BlockCopier copier_;
};

}  // namespace

Value Parcel::open() && {
  Heap& heap = current_heap();
  heap.charge(std::exchange(bytes_, 0));
  while (CellBlock* cell = cells_.first()) {
    cells_.unlink(cell);
    heap.link(cell);
  }
  return std::move(value_);
}

Result<Parcel> pack(Value value) {
  if (holds_bound_function(value)) {
    return Error{Errc::kRuntime, "a function that uses the state of its server cannot leave it"};
  }
  Heap& heap = current_heap();
  Packer packer(heap);
  packer.pack(value);
  heap.discharge(packer.bytes());
  return Parcel(std::move(value), packer.bytes(), packer.take_cells());
}

Parcel copy_out(const Value& value) {
  BlockCopier copier(BlockCopier::Makes::kCounted);
  Value copy = copier.copy(value);
  current_heap().discharge(copier.bytes());
  return Parcel(std::move(copy), copier.bytes(), copier.take_cells());
}

Parcel seal(Heap& built_under, Value value) {
  built_under.drain(SIZE_MAX);
  const std::size_t bytes = built_under.bytes();
  built_under.discharge(bytes);
  return Parcel(std::move(value), bytes, built_under.take_cells());
}

}  // namespace relay
