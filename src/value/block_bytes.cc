#include "value/block_walk.h"
#include "value/heap.h"
#include "value/string.h"

namespace relay {

std::size_t block_bytes(const Block* block) {
  switch (block->kind) {
    case BlockKind::kString: {
      const std::size_t capacity = static_cast<const StringBlock*>(block)->capacity;
      return sizeof(StringBlock) + capacity + string::index_bytes(capacity);
    }
    case BlockKind::kArray:
      return sizeof(ArrayBlock) + (block->is_large() ? sizeof(VectorTree) : block->extra * sizeof(Value));
    case BlockKind::kObject:
      return sizeof(object::ObjectBlock) +
             (block->is_large() ? sizeof(object::ObjectTree) : sizeof(Block*) + block->extra * sizeof(Value));
    case BlockKind::kStruct: return sizeof(StructBlock) + block->extra * sizeof(Value);
    case BlockKind::kFunction:
      return sizeof(FunctionBlock) + static_cast<const FunctionBlock*>(block)->count * sizeof(Value);
    case BlockKind::kDatetime: return sizeof(DatetimeBlock);
    case BlockKind::kServer: return sizeof(ServerBlock);
    case BlockKind::kCell: return sizeof(CellBlock);
    case BlockKind::kVectorNode:
      return static_cast<const VectorNode*>(block)->is_wide() ? kWideLeafBytes : kVectorNodeBytes;
    case BlockKind::kMapNode: return MapNode::bytes(block->extra);
    case BlockKind::kKeys: return object::KeysBlock::bytes(static_cast<const object::KeysBlock*>(block)->capacity);
  }
  return 0;
}

}  // namespace relay
