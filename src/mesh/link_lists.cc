#include "mesh/link_lists.h"

namespace relay::mesh {

void LinkLists::add(Slot slot, LinkId link) {
  if (slot >= nodes_.size()) nodes_.resize(slot + 1);
  if (link == 0) return;
  List& list = lists_[link];
  nodes_[slot] = Node{link, list.last, kNone};
  (list.last == kNone ? list.first : nodes_[list.last].after) = slot;
  list.last = slot;
  ++list.count;
}

void LinkLists::remove(Slot slot) {
  if (slot >= nodes_.size() || nodes_[slot].link == 0) return;
  const Node node = nodes_[slot];
  nodes_[slot] = Node{};
  const auto found = lists_.find(node.link);
  List& list = found->second;
  (node.before == kNone ? list.first : nodes_[node.before].after) = node.after;
  (node.after == kNone ? list.last : nodes_[node.after].before) = node.before;
  if (--list.count == 0) lists_.erase(found);
}

std::size_t LinkLists::count(LinkId link) const {
  const auto found = lists_.find(link);
  return found == lists_.end() ? 0 : found->second.count;
}

std::vector<LinkLists::Slot> LinkLists::of(LinkId link) const {
  std::vector<Slot> slots;
  const auto found = lists_.find(link);
  if (found == lists_.end()) return slots;
  slots.reserve(found->second.count);
  for (Slot slot = found->second.first; slot != kNone; slot = nodes_[slot].after) slots.push_back(slot);
  return slots;
}

}  // namespace relay::mesh
