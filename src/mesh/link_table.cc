#include "mesh/link_table.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {

Link& LinkTable::add_active(std::unique_ptr<Link> link) {
  Link& added = add_retired(std::move(link));
  const bool is_first = active_.emplace(added.peer().node_id, &added).second;
  RELAY_CHECK(is_first, "a peer has two active links");
  return added;
}

Link& LinkTable::add_retired(std::unique_ptr<Link> link) {
  Link& added = *link;
  all_.emplace(added.id(), std::move(link));
  return added;
}

void LinkTable::leave(const Link& link) {
  if (is_active(link)) active_.erase(link.peer().node_id);
}

void LinkTable::retire(Link& link) {
  leave(link);
  retired_.insert(link.id());
  loop_.run_at(loop_.round_time() + kRetireGrace, [this, id = link.id()] { close_retired(id); });
}

void LinkTable::close_retired(LinkId id) {
  if (Link* link = find(id)) link->close(CloseCode::kReplaced, "another link to this node goes on");
}

std::unique_ptr<Link> LinkTable::take(const Link& link) {
  leave(link);
  retired_.erase(link.id());
  leading_on_.erase(link.id());
  const auto found = all_.find(link.id());
  std::unique_ptr<Link> taken = std::move(found->second);
  all_.erase(found);
  return taken;
}

Link* LinkTable::to(std::string_view node) const {
  const auto found = active_.find(node);
  return found == active_.end() ? nullptr : found->second;
}

Link* LinkTable::find(LinkId id) const {
  const auto found = all_.find(id);
  return found == all_.end() ? nullptr : found->second.get();
}

std::vector<Link*> LinkTable::leading_on() const {
  std::vector<Link*> links;
  for (const LinkId id : leading_on_) {
    Link* link = find(id);
    if (link->is_open()) links.push_back(link);
  }
  return links;
}

bool LinkTable::has(std::string_view node, std::string_view key) const {
  return std::ranges::any_of(all_, [&](const auto& entry) {
    const LinkPeer& peer = entry.second->peer();
    return peer.node_id == node && peer.key == key;
  });
}

void LinkTable::each(const std::function<void(Link&)>& visit) const {
  std::vector<Link*> links;
  links.reserve(all_.size());
  for (const auto& [id, link] : all_) links.push_back(link.get());
  for (Link* link : links) visit(*link);
}

}  // namespace relay::mesh
