#include "mesh/announcer.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "mesh/envelope.h"
#include "mesh/mesh_limits.h"
#include "mesh/planted.h"

namespace relay::mesh {
namespace {

// Announcements of one start; at one a second, more than thirty years.
constexpr std::uint64_t kMaxPlausibleSeq = 1'000'000'000;
// Corrections that follow each other this fast are in a row: two nodes under one id answer each other once a
// kAnnounceGap.
constexpr Duration kInARow = 5 * kAnnounceGap;

std::string head_of_sync(MeshContext& context, const Link& link) {
  std::string message;
  begin_envelope(message, {.type = name(MessageType::kRegistrySync),
                           .id = context.ids.next(),
                           .from = context.own_id(),
                           .to = link.peer().node_id,
                           .timestamp = context.timestamp()});
  return message;
}

void send(Link& link, std::string message) {
  end_envelope(message);
  // A link that takes no more is about to end.
  [[maybe_unused]] const Link::Sent ignored = link.send(std::move(message), Lane::kControl, 0);
}

}  // namespace

Announcer::Announcer(MeshContext& context, Listener& listener)
    : context_(context), listener_(listener), version_{context.config.inc, 0} {}

Announcer::~Announcer() {
  stop();
}

void Announcer::start() {
  is_stopped_ = false;
  announce();
  interval_ =
      context_.loop.run_at(context_.now() + context_.config.discovery_interval, [this] { on_interval(); });
}

void Announcer::stop() {
  is_stopped_ = true;
  if (soon_) context_.loop.cancel(*std::exchange(soon_, std::nullopt));
  if (interval_) context_.loop.cancel(*std::exchange(interval_, std::nullopt));
}

void Announcer::set_servers(std::vector<ServerEntry> servers) {
  std::ranges::sort(servers, {}, &ServerEntry::name);
  if (servers == servers_) return;
  servers_ = std::move(servers);
  announced_ = servers_;
  if (const std::size_t left_out = fit_servers(announced_); left_out > 0) {
    log(LogLevel::kError, "servers not announced",
        {{"count", std::to_string(left_out)},
         {"of", std::to_string(servers_.size())},
         {"reason",
          "others find at most 10000 servers of a node, of 384 KiB in all, each with at most 1000 methods "
          "and "
          "state fields, names of 256 bytes"}});
  }
  own_changed();
}

// What this node itself goes by changes at once; the others are told now, or as soon as the gap since the
// last time is over.
void Announcer::own_changed() {
  if (is_stopped_) return;
  refresh_own();
  if (soon_) return;
  const Instant due = announced_at_ + kAnnounceGap;
  if (has_announced_ && due > context_.now()) {
    soon_ = context_.loop.run_at(due, [this] {
      soon_.reset();
      announce();
    });
    return;
  }
  announce();
}

void Announcer::refresh_own() {
  ++version_.seq;
  measure_edges();
  set_own();
  listener_.on_news();
}

void Announcer::announce() {
  refresh_own();
  announced_at_ = context_.now();
  has_announced_ = true;
  std::vector<const Announcement*> nodes{context_.topology.find(context_.own_id())};
  for (const std::string& foreign : std::exchange(untold_, {})) {
    if (const Announcement* known = context_.topology.find(foreign)) nodes.push_back(known);
  }
  tell_all(nodes, nullptr);
}

void Announcer::set_own() {
  Announcement own;
  own.node = context_.own_id();
  own.version = version_;
  own.start = context_.config.inc;
  own.every_ms =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                     std::min(context_.config.discovery_interval, kMaxDiscoveryInterval))
                                     .count());
  own.address = context_.config.address;
  own.servers = announced_;
  for (const auto& [node, link] : context_.links.active()) {
    auto& edges = link->peer().is_relay ? own.neighbors : own.foreign;
    edges.emplace(node, edges_[node].cost);
  }
  context_.topology.set_own(std::move(own), context_.now());
}

// A cost changes only when a new step has held for kCostHold, so that routes do not swing with each
// measurement.
void Announcer::measure_edges() {
  const Instant now = context_.now();
  std::erase_if(edges_, [&](const auto& edge) { return context_.links.to(edge.first) == nullptr; });
  for (const auto& [node, link] : context_.links.active()) {
    EdgeCost& edge = edges_[node];
    const std::uint32_t cost = edge_cost(link->rtt());
    if (edge.cost == 0) edge.cost = cost;
    if (cost == edge.cost) {
      edge.candidate = 0;
    } else if (cost != edge.candidate) {
      edge.candidate = cost;
      edge.since = now;
    } else if (now - edge.since >= kCostHold) {
      edge.cost = cost;
      edge.candidate = 0;
    }
  }
}

void Announcer::on_interval() {
  const Duration interval = context_.config.discovery_interval;
  interval_ = context_.loop.run_at(context_.now() + interval, [this] { on_interval(); });
  const auto is_linked = [this](const std::string& node) { return context_.links.to(node) != nullptr; };
  for (const std::string& node : context_.topology.expire(context_.now(), interval, is_linked)) {
    log(LogLevel::kInfo, "node forgotten", {{"node", node}, {"reason", "not heard of for three intervals"}});
  }
  context_.peers.forget(context_.wall_now() - kMissedIntervals * interval);
  refresh_foreign();
  announce();
  discover();
}

// A foreign peer tells its servers once: for the rest of the mesh they last as long as its link.
void Announcer::refresh_foreign() {
  for (const auto& [node, link] : context_.links.active()) {
    const Announcement* known = link->peer().is_relay ? nullptr : context_.topology.find(node);
    if (known != nullptr) announce_foreign(*link, known->servers);
  }
}

void Announcer::discover() {
  for (const auto& [node, link] : context_.links.active()) {
    if (link->peer().is_relay) send_digest(*link);
  }
}

void Announcer::link_up(Link& link) {
  own_changed();
  if (link.peer().is_relay) send_digest(link);
}

void Announcer::link_down(const Link& link) {
  own_changed();
  // What was not believed while it was linked may be true, and is not told a second time.
  if (doubted_.erase(link.peer().node_id) > 0 && !is_stopped_) discover();
}

void Announcer::forget(LinkId link) {
  news_.forget(link);
  changes_.forget(link);
  digests_.forget(link);
  forwarded_.forget(link);
}

void Announcer::hear(Link& link, SyncMessage message) {
  if (!link.peer().is_relay) {
    if (message.leads_on) context_.links.set_leads_on(link);
    if (message.has_foreign_servers) hear_foreign(link, std::move(message.foreign_servers));
    return;
  }
  if (message.has_digest) hear_digest(link, message.digest);
  if (!message.nodes.empty()) hear_nodes(link, std::move(message.nodes));
}

void Announcer::hear_digest(Link& link, const std::map<std::string, Version>& digest) {
  if (!digests_.take(link.id(), context_.now())) {
    ++context_.counters.excess_news;
    return;
  }
  const auto about_us = digest.find(context_.own_id());
  if (about_us != digest.end() && about_us->second > version_) correct(about_us->second, 0);
  send_nodes(link, context_.topology.lacking(digest));
}

void Announcer::hear_nodes(Link& link, std::vector<Announcement> nodes) {
  std::vector<std::string> news;
  for (Announcement& announcement : nodes) {
    std::string node = announcement.node;
    if (hear_one(link, std::move(announcement))) news.push_back(std::move(node));
  }
  if (news.empty()) return;
  std::vector<const Announcement*> to_tell;
  for (const std::string& node : news) {
    // The next one may have pushed it out.
    if (const Announcement* known = context_.topology.find(node)) to_tell.push_back(known);
  }
  if (!planted(Bug::kNewsKept)) tell_all(to_tell, &link);
  listener_.on_news();
}

// Whether it is news, stored now.
bool Announcer::hear_one(Link& link, Announcement announcement) {
  if (!is_plausible(announcement.version) || !is_plausible({announcement.start, 0})) {
    ++context_.counters.foreign_announcements;
    return false;
  }
  Link* own_link = context_.links.to(announcement.node);
  if (own_link != nullptr && own_link->peer().node_id != link.peer().node_id) {
    hear_elsewhere(*own_link, announcement);
    return false;
  }
  const Version version = announcement.version;
  const std::uint64_t start = announcement.start;
  const bool is_news = version > context_.topology.newest(announcement.node);
  if (is_news && !may_tell(link, announcement)) {
    ++context_.counters.excess_news;
    return false;
  }
  const auto heard = context_.topology.hear(std::move(announcement), context_.now(), link.peer().node_id);
  if (heard == Topology::Heard::kSelf) correct(version, start);
  return heard == Topology::Heard::kNewer;
}

// What changes the ways through the mesh has every node look for them anew; a sign of life costs nothing.
bool Announcer::may_tell(const Link& link, const Announcement& news) {
  const Announcement* known = context_.topology.find(news.node);
  const bool is_change = known == nullptr || !have_same_links(*known, news);
  return news_.take(link.id(), context_.now()) && (!is_change || changes_.take(link.id(), context_.now()));
}

// About a node that is linked here. If somebody lies about it, it can correct only what it hears of; and for
// a foreign peer we speak.
void Announcer::hear_elsewhere(Link& own_link, const Announcement& announcement) {
  const Announcement* known = context_.topology.find(announcement.node);
  const bool is_newer = announcement.version > context_.topology.newest(announcement.node);
  ++context_.counters.foreign_announcements;
  if (!is_newer || !forwarded_.take(own_link.id(), context_.now())) return;
  if (own_link.peer().is_relay) {
    doubted_.insert(announcement.node);
    send_nodes(own_link, {&announcement});
    return listener_.on_doubt(own_link);
  }
  if (known == nullptr) return;
  Announcement again = *known;
  again.version = next_version(announcement.version);
  if (context_.topology.hear(again, context_.now(), context_.own_id()) != Topology::Heard::kNewer) return;
  untold_.insert(again.node);
  own_changed();
}

void Announcer::hear_foreign(Link& link, std::vector<ServerEntry> servers) {
  const Announcement* known = context_.topology.find(link.peer().node_id);
  if (known != nullptr && known->servers == servers) return;
  announce_foreign(link, std::move(servers));
  untold_.insert(link.peer().node_id);
  own_changed();
}

// A foreign peer tells its servers; for the rest of the mesh this node vouches that it is linked, no more.
// What others have heard of it, when it was linked elsewhere, is older.
void Announcer::announce_foreign(const Link& link, std::vector<ServerEntry> servers) {
  Announcement announcement;
  announcement.node = link.peer().node_id;
  announcement.version = next_version(context_.topology.newest(announcement.node));
  announcement.every_ms = context_.topology.find(context_.own_id())->every_ms;
  announcement.address = link.peer().address;
  announcement.servers = std::move(servers);
  const auto heard = context_.topology.hear(std::move(announcement), context_.now(), link.peer().node_id);
  if (heard == Topology::Heard::kNewer) listener_.on_news();
}

// A count that is nearly used up is a liar's: the incarnation goes up instead.
Version Announcer::next_version(const Version& heard) {
  if (heard.seq >= kMaxPlausibleSeq / 2) return {heard.inc + 1, 1};
  return {heard.inc, heard.seq + 1};
}

// Somebody holds something newer about us than we have said: an earlier start whose clock was ahead, a liar,
// or another node under our id. What we say next is newer than that; calls go on under our start.
void Announcer::correct(const Version& heard, std::uint64_t start) {
  if (!is_plausible(heard)) {
    ++context_.counters.foreign_announcements;
    return;
  }
  version_ = heard.inc > version_.inc ? Version{heard.inc + 1, 0} : next_version(heard);
  count_correction(start);
  own_changed();
}

void Announcer::count_correction(std::uint64_t start) {
  const Instant now = context_.now();
  corrections_ = now - corrected_at_ < kInARow ? corrections_ + 1 : 1;
  corrected_at_ = now;
  if (corrections_ % kMaxSelfCorrections != 0) return;
  log(LogLevel::kError, "node id used twice",
      {{"node", context_.own_id()},
       {"reason", "others hear newer announcements under this id; give each node its own -node-id"}});
  const bool may_leave = !left_at_ || now - *left_at_ >= kLeaveGap;
  if (start <= context_.config.inc || !may_leave) return;
  left_at_ = now;
  listener_.on_used_twice();
}

// A clock may be ahead, but not by days, and nobody announces a billion times: the rest is a lie that would
// use up the numbers.
bool Announcer::is_plausible(const Version& heard) const {
  const auto tomorrow = std::chrono::duration_cast<std::chrono::milliseconds>(
      (context_.wall_now() + std::chrono::hours(24)).time_since_epoch());
  return heard.inc <= static_cast<std::uint64_t>(tomorrow.count()) && heard.seq <= kMaxPlausibleSeq;
}

void Announcer::send_digest(Link& link) {
  std::string message = head_of_sync(context_, link);
  append_digest(message, context_.topology.digest());
  send(link, std::move(message));
}

void Announcer::send_nodes(Link& link, const std::vector<const Announcement*>& nodes) {
  std::span<const Announcement* const> left(nodes);
  while (!left.empty()) {
    std::string message = head_of_sync(context_, link);
    left = left.subspan(append_nodes(message, left, kSyncBytes));
    send(link, std::move(message));
  }
}

void Announcer::tell_all(const std::vector<const Announcement*>& nodes, const Link* except) {
  for (const auto& [node, link] : context_.links.active()) {
    if (link == except || !link->peer().is_relay) continue;
    std::vector<const Announcement*> others;
    for (const Announcement* announcement : nodes) {
      if (announcement->node != node) others.push_back(announcement);
    }
    send_nodes(*link, others);
  }
}

}  // namespace relay::mesh
