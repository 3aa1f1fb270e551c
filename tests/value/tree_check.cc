#include "tree_check.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "value/block_walk.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

std::size_t check_node(const VectorNode* node, std::uint32_t level, bool must_be_full) {
  EXPECT_EQ(node->kind, BlockKind::kVectorNode);
  if (node->is_wide()) {
    EXPECT_EQ(level, 1u);
    EXPECT_EQ(node->extra, 0u);
    EXPECT_EQ(node->count, kWideWidth);
    return node->count;
  }
  EXPECT_EQ(node->extra, level);
  EXPECT_GT(node->count, 0u);
  EXPECT_LE(node->count, kVectorWidth);
  if (level == 0) {
    EXPECT_TRUE(!must_be_full || node->count == kVectorWidth);
    return node->count;
  }
  std::size_t total = 0;
  for (std::uint32_t i = 0; i < node->count; ++i) {
    const bool is_last = i + 1 == node->count;
    const std::size_t below = check_node(node->child(i), level - 1, true);
    EXPECT_TRUE(is_last || below == std::size_t{1} << (level * kVectorBits)) << "a hole in the tree";
    total += below;
  }
  return total;
}

void check_tree(const VectorTree& tree) {
  if (tree.size == 0) {
    EXPECT_EQ(tree.root, nullptr);
    EXPECT_EQ(tree.tail, nullptr);
    return;
  }
  ASSERT_NE(tree.tail, nullptr);
  std::size_t total = check_node(tree.tail_node(), 0, false);
  if (tree.root != nullptr) {
    EXPECT_GT(tree.level, 0u);
    const auto* root = static_cast<const VectorNode*>(tree.root);
    EXPECT_TRUE(tree.level == 1 || root->count > 1) << "the tree is higher than it needs";
    total += check_node(root, tree.level, true);
  }
  EXPECT_EQ(total, tree.size);
}

void check_owned(const VectorNode* node) {
  EXPECT_TRUE(node->is_unique() || node->is_immortal());
  EXPECT_EQ(node->checked_type, 0u);
  for (std::uint32_t i = 0; node->extra != 0 && i < node->count; ++i) check_owned(node->child(i));
}

void check_array(const ArrayBlock& array) {
  check_tree(array.tree());
  EXPECT_EQ(array.tree().size, array.count);
  if ((array.flags & Block::kOwnsNodes) == 0) return;
  if (array.tree().tail != nullptr) check_owned(array.tree().tail_node());
  if (array.tree().root != nullptr) check_owned(static_cast<const VectorNode*>(array.tree().root));
}

void check_object(const Value& value) {
  const object::ObjectBlock* block = object::block(value);
  if (block->is_large()) check_tree(block->tree().entries);
  std::set<std::string_view> keys;
  for (std::size_t at = object::first(value); at != object::kNone; at = object::next(value, at)) {
    const object::Entry entry = object::entry(value, at);
    EXPECT_TRUE(keys.insert(string::text(*entry.key)).second) << "a key stands twice";
    EXPECT_EQ(object::find(value, *entry.key), entry.content);
    EXPECT_EQ(object::find(value, string::text(*entry.key)), entry.content);
  }
  EXPECT_EQ(keys.size(), object::size(value));
}

}  // namespace

void expect_sound(const Value& root) {
  std::vector<Block*> waiting;
  std::set<const Block*> seen;
  const auto visit = [&](Block* child, const Block* parent) {
    EXPECT_TRUE(parent == nullptr || parent->holds_function() || !child->holds_function()) << "a flag is missing";
    if (seen.insert(child).second) waiting.push_back(child);
  };
  if (root.is_block()) visit(root.block(), nullptr);
  while (!waiting.empty()) {
    Block* block = waiting.back();
    waiting.pop_back();
    const bool is_array = block->kind == BlockKind::kArray;
    if (is_array && block->is_large()) check_array(*static_cast<ArrayBlock*>(block));
    if (block->kind == BlockKind::kObject) check_object(Value::share(block));
    visit_children(
        block,
        [&](Value& child) {
          if (child.is_block()) visit(child.block(), block);
        },
        [&](Block*& child) { visit(child, block); });
  }
}

}  // namespace relay
