#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/link.h"
#include "net/loop.h"

namespace relay::mesh {

// The links of a node. At most one a peer is active and takes calls. Others only finish what they have: those
// that leave, because they are closing, and those that are retired, because another link to the peer goes on.
//
// Bound:  kMaxLinks (the admission refuses more).
// Thread: the mesh's core.
class LinkTable {
 public:
  explicit LinkTable(net::Loop& loop) : loop_(loop) {}

  [[nodiscard]] LinkId next_id() { return ++last_id_; }
  // Becomes the active link of its peer; the peer had none.
  Link& add_active(std::unique_ptr<Link> link);
  // Only finishes what comes on it.
  Link& add_retired(std::unique_ptr<Link> link);
  // It takes no more calls; closed with 4001 after kRetireGrace.
  void retire(Link& link);
  // It is closing by itself: active no more.
  void leave(const Link& link);
  [[nodiscard]] bool is_retired(const Link& link) const { return retired_.contains(link.id()); }
  // It has ended: forgotten. The caller destroys it once nothing of it is on the stack: never before the
  // round is over.
  [[nodiscard]] std::unique_ptr<Link> take(const Link& link);

  // The active link of a peer; nullptr: none.
  [[nodiscard]] Link* to(std::string_view node) const;
  [[nodiscard]] Link* find(LinkId id) const;
  [[nodiscard]] bool is_active(const Link& link) const { return to(link.peer().node_id) == &link; }
  // All active ones, in the order of their peers' names.
  [[nodiscard]] const std::map<std::string, Link*, std::less<>>& active() const { return active_; }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  // A foreign peer that passes on what is for nodes that are not on the map.
  void set_leads_on(const Link& link) { leading_on_.insert(link.id()); }
  // Those that take messages now.
  [[nodiscard]] std::vector<Link*> leading_on() const;
  // Whether some link to `node`, retired or not, was opened under this key.
  [[nodiscard]] bool has(std::string_view node, std::string_view key) const;
  // Every link, retired ones too.
  void each(const std::function<void(Link&)>& visit) const;

 private:
  void close_retired(LinkId id);

  net::Loop& loop_;
  LinkId last_id_ = 0;
  std::map<LinkId, std::unique_ptr<Link>> all_;
  std::map<std::string, Link*, std::less<>> active_;
  std::set<LinkId> retired_;
  std::set<LinkId> leading_on_;
};

}  // namespace relay::mesh
