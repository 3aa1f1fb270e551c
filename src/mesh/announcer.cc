#include "mesh/announcer.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "mesh/envelope.h"
#include "mesh/mesh_limits.h"
#include "mesh/planted.h"

namespace relay::mesh {
namespace {

// A registry_sync is closed at so many bytes of announcements, so that a large map does not stand in one
// message.
constexpr std::size_t kSyncBytes = 128u << 10;

// Announcements of one start; at one a second, more than thirty years.
constexpr std::uint64_t kMaxPlausibleSeq = 1'000'000'000;
// Incarnations that calls may still mean.
constexpr std::size_t kMaxKeptIncs = 16;

std::string head_of_sync(MeshContext& context, const Link& link) {
  std::string message;
  begin_envelope(message, {.type = name(MessageType::kRegistrySync),
                           .id = context.ids.next(),
                           .from = context.own_id(),
                           .to = link.peer().node_id,
                           .timestamp = context.timestamp()});
  return message;
}

// About what it takes on the wire.
std::size_t estimate_bytes(const Announcement& announcement) {
  std::size_t bytes = 128 + 80 * (announcement.neighbors.size() + announcement.foreign.size());
  for (const ServerEntry& server : announcement.servers) {
    bytes += server.name.size() + 32 * (1 + server.methods.size() + server.state.size());
  }
  return bytes;
}

void send(Link& link, std::string message) {
  end_envelope(message);
  // A link that takes no more is about to end.
  [[maybe_unused]] const Link::Sent ignored = link.send(std::move(message), Lane::kControl, 0);
}

}  // namespace

Announcer::Announcer(MeshContext& context, std::function<void()> on_change)
    : context_(context), on_change_(std::move(on_change)), version_{context.config.inc, 0} {}

void Announcer::start() {
  announce();
  interval_ =
      context_.loop.run_at(context_.now() + context_.config.discovery_interval, [this] { on_interval(); });
}

void Announcer::stop() {
  if (soon_) context_.loop.cancel(*std::exchange(soon_, std::nullopt));
  if (interval_) context_.loop.cancel(*std::exchange(interval_, std::nullopt));
}

void Announcer::set_servers(std::vector<ServerEntry> servers) {
  std::ranges::sort(servers, {}, &ServerEntry::name);
  if (servers == servers_) return;
  servers_ = std::move(servers);
  own_changed();
}

// What this node itself goes by changes at once; the others are told now, or as soon as the gap since the
// last time is over.
void Announcer::own_changed() {
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
  on_change_();
}

void Announcer::announce() {
  refresh_own();
  announced_at_ = context_.now();
  has_announced_ = true;
  tell_all({context_.topology.find(context_.own_id())}, nullptr);
}

void Announcer::set_own() {
  Announcement own;
  own.node = context_.own_id();
  own.version = version_;
  own.address = context_.config.address;
  own.servers = servers_;
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
  for (const std::string& node : context_.topology.expire(context_.now() - kMissedIntervals * interval)) {
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
    if (known != nullptr) hear_foreign(*link, known->servers);
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

void Announcer::link_down() {
  own_changed();
}

void Announcer::hear(Link& link, SyncMessage message) {
  if (!link.peer().is_relay) {
    if (message.has_foreign_servers) hear_foreign(link, std::move(message.foreign_servers));
    return;
  }
  if (message.has_digest) hear_digest(link, message.digest);
  if (!message.nodes.empty()) hear_nodes(link, std::move(message.nodes));
}

void Announcer::hear_digest(Link& link, const std::map<std::string, Version>& digest) {
  const auto about_us = digest.find(context_.own_id());
  if (about_us != digest.end() && about_us->second > version_) correct(about_us->second);
  send_nodes(context_, link, context_.topology.lacking(digest));
}

void Announcer::hear_nodes(Link& link, std::vector<Announcement> nodes) {
  std::vector<std::string> news;
  for (Announcement& announcement : nodes) {
    if (!is_plausible(announcement.version)) {
      ++context_.counters.foreign_announcements;
      continue;
    }
    const Link* own_link = context_.links.to(announcement.node);
    if (own_link != nullptr && own_link->peer().node_id != link.peer().node_id) {
      ++context_.counters.foreign_announcements;
      // If somebody lies about it, it can correct only what it hears of.
      if (const Announcement* known = context_.topology.find(announcement.node);
          own_link->peer().is_relay && known != nullptr && announcement.version > known->version) {
        send_nodes(context_, *context_.links.to(announcement.node), {&announcement});
      }
      continue;
    }
    const std::string node = announcement.node;
    const Version version = announcement.version;
    switch (context_.topology.hear(std::move(announcement), context_.now())) {
      case Topology::Heard::kNewer:
        news.push_back(node);
        break;
      case Topology::Heard::kSelf:
        correct(version);
        break;
      case Topology::Heard::kRepeated:
      case Topology::Heard::kFull:
        break;
    }
  }
  if (news.empty()) return;
  std::vector<const Announcement*> to_tell;
  for (const std::string& node : news) to_tell.push_back(context_.topology.find(node));
  if (!planted(Bug::kNewsKept)) tell_all(to_tell, &link);
  on_change_();
}

// A foreign peer tells its servers; for the rest of the mesh this node vouches that it is linked, no more.
void Announcer::hear_foreign(Link& link, std::vector<ServerEntry> servers) {
  Announcement announcement;
  announcement.node = link.peer().node_id;
  announcement.version = {link.peer().inc, ++foreign_count_};
  announcement.address = link.peer().address;
  announcement.servers = std::move(servers);
  if (context_.topology.hear(std::move(announcement), context_.now()) == Topology::Heard::kNewer)
    on_change_();
}

// Somebody holds something newer about us than we have said: an earlier start whose clock was ahead, a liar,
// or another node under our id. What we say next is newer than that.
void Announcer::correct(const Version& heard) {
  if (!is_plausible(heard)) {
    ++context_.counters.foreign_announcements;
    return;
  }
  if (heard.inc > version_.inc) {
    // The incarnation of our calls stays: only what we announce is newer.
    version_ = {heard.inc + 1, 0};
    context_.incs.push_back(version_.inc);
    if (context_.incs.size() > kMaxKeptIncs) context_.incs.erase(context_.incs.begin() + 1);
  } else {
    version_.seq = heard.seq;
  }
  const Instant now = context_.now();
  corrections_ = now - corrected_at_ < 2 * kAnnounceGap ? corrections_ + 1 : 1;
  corrected_at_ = now;
  if (corrections_ == kMaxSelfCorrections) {
    log(LogLevel::kError, "node id used twice",
        {{"node", context_.own_id()},
         {"reason", "others hear newer announcements under this id; give each node its own -node-id"}});
  }
  own_changed();
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

void Announcer::send_nodes(MeshContext& context, Link& link, const std::vector<const Announcement*>& nodes) {
  std::size_t sent = 0;
  while (sent < nodes.size()) {
    std::string message = head_of_sync(context, link);
    std::vector<const Announcement*> some;
    std::size_t bytes = 0;
    for (; sent < nodes.size() && (some.empty() || bytes < kSyncBytes); ++sent) {
      some.push_back(nodes[sent]);
      bytes += estimate_bytes(*nodes[sent]);
    }
    append_nodes(message, some);
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
    send_nodes(context_, *link, others);
  }
}

}  // namespace relay::mesh
