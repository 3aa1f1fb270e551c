#include <fmt/format.h>

#include <utility>

#include "base/log.h"
#include "mesh/mesh_impl.h"
#include "mesh/websocket_link.h"

namespace relay::mesh {

void Mesh::Impl::dial(const std::string& dial_name) {
  const PeerEntry* peer = context.peers.find_dialled(dial_name);
  if (peer == nullptr || context.now() < context.out_until) return;
  const bool is_linked = !peer->node_id.empty() && context.links.to(peer->node_id) != nullptr;
  // One that has dialled us is dialled when that link ends.
  if (is_linked && !dialler.knows(dial_name)) return;
  if (!is_linked) context.peers.set_state(dial_name, "connecting");
  dialler.want(dial_name, peer->address);
}

bool Mesh::Impl::on_dialled(const std::string& dial_name, Dialled dialled) {
  const PeerEntry* peer = context.peers.find_dialled(dial_name);
  if (is_stopped || peer == nullptr) return false;
  const Result<void> wanted = admission.dialled(std::move(dialled), peer->address, dial_name);
  if (wanted) return true;
  context.peers.set_state(dial_name, wanted.error().detail);
  log(LogLevel::kWarn, "peer not linked", {{"peer", dial_name}, {"reason", wanted.error().detail}});
  watcher(dial_name, &wanted.error());
  return false;
}

void Mesh::Impl::on_refused(const std::string& dial_name, const std::string& reason) {
  context.peers.set_state(dial_name, reason);
  log(LogLevel::kWarn, "peer not linked", {{"peer", dial_name}, {"reason", reason}});
  dialler.lost(dial_name);
  const Error refusal{Errc::kDenied, reason};
  watcher(dial_name, &refusal);
}

void Mesh::Impl::on_dial_failed(const std::string& dial_name, const Error& error, Duration pause) {
  const double seconds = std::chrono::duration<double>(pause).count();
  context.peers.set_state(dial_name, fmt::format("waiting {:.1f} s after: {}", seconds, error.detail));
  const bool is_said = std::exchange(unreached[dial_name], error.detail) == error.detail;
  log(is_said ? LogLevel::kDebug : LogLevel::kWarn, "peer not reached; dialled again until it is linked or removed",
      {{"peer", dial_name}, {"reason", error.detail}});
  watcher(dial_name, &error);
}

void Mesh::Impl::on_admitted(Entrant entrant, Place place) {
  auto link = std::make_unique<WebSocketLink>(
      context.links.next_id(), std::move(entrant.peer), std::move(entrant.stream), std::move(entrant.unread),
      context.loop, *this, context.random, WebSocketLink::Settings{context.config.ping_interval});
  WebSocketLink& started = *link;
  const LinkPeer& linked = started.peer();
  const bool is_active = place == Place::kActive;
  if (is_active) {
    context.links.add_active(std::move(link));
  } else {
    context.links.retire(context.links.add_retired(std::move(link)));
  }
  started.start();
  // Also when another link to it goes on: both names mean that node from here on.
  context.peers.linked(entrant.dial_name, linked.node_id, linked.address, context.wall_now());
  if (is_active) {
    log(LogLevel::kInfo, "peer linked",
        {{"peer", linked.node_id}, {"address", linked.address}, {"by", linked.we_dialled ? "us" : "them"}});
    announcer.link_up(started);
  }
  // Whoever had it dialled may call it at once.
  entrant.dial_name.empty() ? outdate_view() : refresh_view();
  unreached.erase(entrant.dial_name);
  if (!entrant.dial_name.empty()) watcher(entrant.dial_name, nullptr);
}

void Mesh::Impl::on_link_text(Link& link, std::string_view text) {
  take(link, text);
}

void Mesh::Impl::on_unwritten(Link&, std::uint64_t tag) {
  if ((tag & Forwarder::kTagBit) != 0) {
    forwarder.unwritten(tag);
  } else {
    calls.unwritten(tag);
  }
}

// First what is known of the mesh changes, so that what is sent from here on takes another way.
void Mesh::Impl::on_link_closing(Link& link) {
  if (!context.links.is_active(link)) return;
  context.links.leave(link);
  context.peers.unlinked(link.peer().node_id, context.wall_now());
  if (!is_stopped) announcer.link_down(link);
  outdate_view();
}

void Mesh::Impl::on_link_closed(Link& link, std::string_view reason) {
  const std::string node = link.peer().node_id;
  const bool was_retired = context.links.is_retired(link);
  if (!was_retired) log(LogLevel::kInfo, "link ended", {{"peer", node}, {"reason", reason}});
  on_link_closing(link);
  std::unique_ptr<Link> ended = context.links.take(link);
  faults.forget(ended->id());
  errors.forget(ended->id());
  announcer.forget(ended->id());
  forwarder.link_closed(*ended);
  calls.link_closed(*ended);
  if (!was_retired && !is_stopped) redial(node, reason);
  outdate_view();
  context.loop.post([gone = std::move(ended)] {});
  end_if_idle();
}

void Mesh::Impl::redial(const std::string& node, std::string_view reason) {
  const PeerEntry* peer = context.peers.find(node);
  // Another link may have come up while this one was closing.
  const bool is_missed = peer != nullptr && peer->is_configured && context.links.to(node) == nullptr;
  if (!is_missed) return;
  const std::vector<std::string> dial_names = peer->dial_names;
  context.peers.set_state(node, "link ended: " + std::string(reason));
  for (const std::string& dial_name : dial_names) {
    if (dialler.knows(dial_name)) {
      dialler.lost(dial_name);
    } else {
      dial(dial_name);
    }
  }
}

void Mesh::Impl::note_fault(Link& link, std::string_view what, std::string_view id) {
  ++context.counters.bad_frames;
  const FaultMeter::Verdict verdict = faults.count(link.id(), context.now());
  if (faults.may_log(context.now())) {
    log(LogLevel::kWarn, "wrong message", {{"peer", link.peer().node_id}, {"reason", what}});
  }
  send_error(link, {.to = link.peer().node_id, .about = id, .what = what});
  if (verdict == FaultMeter::Verdict::kClose) link.close(CloseCode::kPolicy, "too many wrong messages");
}

}  // namespace relay::mesh
