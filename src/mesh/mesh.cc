#include "mesh/mesh.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "mesh/mesh_impl.h"
#include "mesh/mesh_limits.h"
#include "mesh/registry_json.h"
#include "mesh/route_json.h"

namespace relay::mesh {

Mesh::Impl::Impl(MeshConfig mesh_config, net::Loop& loop, Connector& connector, CallPort& local,
                 RandomSource& random)
    : context(std::move(mesh_config), loop, random, local),
      courier(context),
      calls(context, courier),
      probes(context, courier, calls),
      served(context, courier),
      forwarder(context, courier),
      announcer(context, *this),
      dialler(loop, connector, *this, {context.own_id(), context.config.port, context.config.inc}, random),
      admission(context, courier, *this),
      view(std::make_shared<const MeshView>()),
      self(std::make_shared<Impl*>(this)) {}

Mesh::Mesh(MeshConfig config, net::Loop& loop, Connector& connector, CallPort& local, RandomSource& random)
    : impl_(std::make_unique<Impl>(std::move(config), loop, connector, local, random)) {}

Mesh::~Mesh() {
  *impl_->self = nullptr;
  if (impl_->view_timer) impl_->context.loop.cancel(*impl_->view_timer);
}

void Mesh::call(Call call, std::string args) {
  if (impl_->context.loop.is_current()) {
    // What other cores have sent before comes before.
    impl_->take_inbox();
    return impl_->calls.call(std::move(call), std::move(args));
  }
  const bool is_first = impl_->inbox.with([&](std::vector<Outgoing>& waiting) {
    waiting.push_back({std::move(call), std::move(args)});
    return waiting.size() == 1;
  });
  if (!is_first) return;
  impl_->context.loop.post([self = impl_->self] {
    if (*self != nullptr) (*self)->take_inbox();
  });
}

void Mesh::Impl::take_inbox() {
  std::vector<Outgoing> waiting;
  inbox.with([&](std::vector<Outgoing>& kept) { waiting.swap(kept); });
  for (Outgoing& outgoing : waiting) calls.call(std::move(outgoing.call), std::move(outgoing.args));
}

std::shared_ptr<const MeshView> Mesh::view() const {
  return impl_->view.with([](const std::shared_ptr<const MeshView>& view) { return view; });
}

// Most news are mere signs of life.
void Mesh::Impl::on_news() {
  if (viewed_revision != context.topology.revision()) outdate_view(kViewGap);
}

// News, and links that come and go, may be a thousand at a time: the view follows what changes, but is not made for each
// change.
void Mesh::Impl::outdate_view(Duration gap) {
  const Duration cost = viewed_servers->size() * kViewGapOfServer + viewed_nodes * kViewGapOfNode;
  const Instant due = viewed_at + std::max(gap, cost);
  if (due <= context.now()) {
    drop_view_timer();
    return refresh_view();
  }
  if (view_timer) return;
  view_timer = context.loop.run_at(due, [this] {
    view_timer.reset();
    refresh_view();
  });
}

// Before the map is shown to anybody: what it names can be called at once.
void Mesh::Impl::show_news() {
  if (drop_view_timer()) refresh_view();
}

bool Mesh::Impl::drop_view_timer() {
  if (!view_timer) return false;
  context.loop.cancel(*std::exchange(view_timer, std::nullopt));
  return true;
}

// Its links end, and whoever is asked for one again asks the other node whether it is its own.
void Mesh::Impl::on_used_twice() {
  log(LogLevel::kError, "mesh left", {{"reason", "a later start of another node has this node's id"}});
  context.out_until = context.now() + kOutFor;
  for (const std::string& dial_name : configured()) dialler.forget(dial_name);
  context.loop.run_at(context.out_until, [impl = self] {
    if (*impl == nullptr) return;
    for (const std::string& dial_name : (*impl)->configured()) (*impl)->dial(dial_name);
  });
  context.links.each(
      [](Link& link) { link.close(CloseCode::kUsedTwice, "another node runs under this id"); });
}

std::vector<std::string> Mesh::Impl::configured() const {
  std::vector<std::string> dial_names;
  for (const PeerEntry* peer : context.peers.all()) {
    if (peer->is_configured) dial_names.insert(dial_names.end(), peer->dial_names.begin(), peer->dial_names.end());
  }
  return dial_names;
}

void Mesh::Impl::refresh_viewed_servers() {
  if (viewed_servers_revision == context.topology.servers_revision()) return;
  viewed_servers_revision = context.topology.servers_revision();
  auto servers = std::make_shared<MeshView::Names>();
  for (const auto& [node, announcement] : context.topology.all()) {
    if (node == context.own_id()) continue;
    for (const ServerEntry& server : announcement->servers) servers->insert(server.name);
  }
  viewed_servers = std::move(servers);
}

void Mesh::Impl::refresh_view() {
  viewed_at = context.now();
  viewed_revision = context.topology.revision();
  refresh_viewed_servers();
  auto fresh = std::make_shared<MeshView>();
  fresh->servers = viewed_servers;
  for (const auto& [node, announcement] : context.topology.all()) {
    if (node != context.own_id()) fresh->nodes.insert(node);
  }
  for (const PeerEntry* peer : context.peers.all()) {
    fresh->nodes.insert(peer->name);
    fresh->nodes.insert(peer->dial_names.begin(), peer->dial_names.end());
    if (!peer->node_id.empty()) fresh->nodes.insert(peer->node_id);
    if (!peer->address.empty()) fresh->nodes.insert(peer->address);
  }
  viewed_nodes = fresh->nodes.size();
  view.with([&](std::shared_ptr<const MeshView>& shown) { shown = std::move(fresh); });
}

ProbePort& Mesh::probe_port() {
  return impl_->probes;
}

void Mesh::on_probe(std::function<void(Probe, std::string)> taker) {
  impl_->probes.set_taker(std::move(taker));
}

void Mesh::start() {
  Impl& self = *impl_;
  if (std::exchange(self.has_started, true)) return;
  self.is_stopped = false;
  // An end that is still under way is none any more.
  self.tell_stopped();
  self.calls.start();
  self.dialler.start();
  self.announcer.start();
  for (const PeerEntry* peer : self.context.peers.all()) {
    if (!peer->is_configured) continue;
    for (const std::string& dial_name : peer->dial_names) self.dial(dial_name);
  }
}

void Mesh::set_servers(std::vector<ServerEntry> servers) {
  impl_->announcer.set_servers(std::move(servers));
}

void Mesh::set_address(std::string address, std::uint16_t port) {
  impl_->context.config.address = std::move(address);
  impl_->context.config.port = port;
  impl_->dialler.set_port(port);
}

void Mesh::accept(Upgrade upgrade) {
  if (impl_->is_stopped) return upgrade.stream->close();
  impl_->admission.accept(std::move(upgrade));
}

void Mesh::stop(std::function<void()> done) {
  Impl& self = *impl_;
  self.is_stopped = true;
  self.has_started = false;
  self.when_stopped.push_back(std::move(done));
  self.dialler.stop();
  self.announcer.stop();
  self.admission.stop();
  self.calls.stop();
  self.context.links.each([](Link& link) { link.close(CloseCode::kGoingAway, "the node leaves the mesh"); });
  self.end_if_idle();
}

void Mesh::Impl::end_if_idle() {
  if (is_stopped && context.links.size() == 0) tell_stopped();
}

void Mesh::Impl::tell_stopped() {
  if (when_stopped.empty()) return;
  context.loop.post([all = std::exchange(when_stopped, {})] {
    for (const auto& done : all) done();
  });
}

Result<std::string> Mesh::add_peer(std::string_view alias, std::string_view address) {
  Result<std::string> name = impl_->context.peers.add(alias, address);
  if (!name) return name;
  impl_->dial(*name);
  impl_->refresh_view();
  return name;
}

Result<void> Mesh::remove_peer(std::string_view name) {
  Impl& self = *impl_;
  Result<PeerEntry> removed = self.context.peers.remove(name);
  if (!removed) return removed.error();
  for (const std::string& dial_name : removed->dial_names) {
    self.dialler.forget(dial_name);
    self.unreached.erase(dial_name);
  }
  self.context.links.each([&](Link& link) {
    if (link.peer().node_id == removed->node_id) link.close(CloseCode::kRemoved, "removed by the operator");
  });
  self.refresh_view();
  return {};
}

void Mesh::discover() {
  impl_->announcer.discover();
}

void Mesh::set_discovery_interval(Duration interval) {
  impl_->context.config.discovery_interval = interval;
  impl_->announcer.stop();
  impl_->announcer.start();
}

void Mesh::watch_peers(PeerWatcher watcher) {
  impl_->watcher = std::move(watcher);
}

bool Mesh::is_linked(std::string_view name) const {
  const PeerEntry* peer = impl_->context.peers.find(name);
  return peer != nullptr && peer->is_healthy;
}

std::string Mesh::registry_json() {
  impl_->show_news();
  return mesh::registry_json(impl_->context, impl_->announcer.servers());
}
std::string Mesh::servers_json() {
  impl_->show_news();
  return mesh::servers_json(impl_->context, impl_->announcer.servers());
}
std::string Mesh::peers_json() {
  return mesh::peers_json(impl_->context);
}
std::string Mesh::health_json() {
  return mesh::health_json(impl_->context, impl_->announcer.servers(), impl_->announcer.unannounced());
}
Result<std::string> Mesh::route_json(std::string_view name) {
  return mesh::route_json(impl_->context, impl_->courier, name);
}

}  // namespace relay::mesh
