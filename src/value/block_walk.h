#pragma once

#include "value/array_block.h"
#include "value/boxed.h"
#include "value/function.h"
#include "value/object_block.h"
#include "value/object_index.h"
#include "value/struct.h"

namespace relay {

template <typename V>
void visit_values(Value* values, std::size_t count, V& on_value) {
  for (std::size_t i = 0; i < count; ++i) on_value(values[i]);
}
template <typename B>
void visit_tree(VectorTree& tree, B& on_block) {
  if (tree.root != nullptr) on_block(tree.root);
  if (tree.tail != nullptr) on_block(tree.tail);
}

// Calls on_value(Value&) for each value that `block` holds, undefined ones too, and on_block(Block*&) for each inner
// block (node, key list). The one place that knows what each kind holds; all walks (freeing, handing over, marking)
// stand on it, and keep their own stack.
template <typename V, typename B>
void visit_children(Block* block, V&& on_value, B&& on_block) {
  switch (block->kind) {
    case BlockKind::kString:
    case BlockKind::kDatetime: return;
    case BlockKind::kArray: {
      auto* array = static_cast<ArrayBlock*>(block);
      if (array->is_large()) return visit_tree(array->tree(), on_block);
      return visit_values(array->elements(), array->count, on_value);
    }
    case BlockKind::kObject: {
      auto* object = static_cast<object::ObjectBlock*>(block);
      if (!object->is_large()) {
        on_block(object->keys_slot());
        return visit_values(object->contents(), object->count, on_value);
      }
      if (object->tree().index != nullptr) on_block(object->tree().index);
      return visit_tree(object->tree().entries, on_block);
    }
    case BlockKind::kStruct: return visit_values(static_cast<StructBlock*>(block)->fields(), block->extra, on_value);
    case BlockKind::kFunction: {
      auto* function = static_cast<FunctionBlock*>(block);
      return visit_values(function->captures(), function->count, on_value);
    }
    case BlockKind::kServer: return on_value(static_cast<ServerBlock*>(block)->name);
    case BlockKind::kCell: return on_value(static_cast<CellBlock*>(block)->value);
    case BlockKind::kVectorNode: {
      auto* node = static_cast<VectorNode*>(block);
      if (node->extra == 0) return visit_values(node->values(), node->count, on_value);
      for (std::uint32_t i = 0; i < node->count; ++i) on_block(node->children()[i]);
      return;
    }
    case BlockKind::kMapNode: {
      auto* node = static_cast<MapNode*>(block);
      const std::uint32_t count = node->child_count();
      for (std::uint32_t i = 0; i < count; ++i) on_block(node->children()[i]);
      return;
    }
    case BlockKind::kKeys: {
      auto* keys = static_cast<object::KeysBlock*>(block);
      return visit_values(keys->keys(), keys->count, on_value);
    }
  }
}

}  // namespace relay
