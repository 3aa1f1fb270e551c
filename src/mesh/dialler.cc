#include "mesh/dialler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "mesh/dial_handshake.h"
#include "mesh/planted.h"

namespace relay::mesh {

struct Dialler::Impl {
  enum class Phase : std::uint8_t { kWaiting, kConnecting, kHandshaking, kUp };
  struct Peer {
    std::string address;
    Phase phase = Phase::kWaiting;
    std::optional<Executor::TimerId> timer;  // the end of the pause, or of patience
    std::unique_ptr<Connector::Attempt> attempt;
    std::unique_ptr<DialHandshake> handshake;
    std::string key;  // of the handshake
    Duration longest_pause = kDialPauseMin;  // the next pause is drawn below this
    Instant up_since{};
  };

  Impl(net::Loop& on_loop, Connector& with, DialListener& tells, Identity who, RandomSource& random_source)
      : loop(on_loop), connector(with), listener(tells), identity(std::move(who)), random(random_source) {}

  [[nodiscard]] Peer* find(const std::string& name) {
    const auto found = peers.find(name);
    return found == peers.end() ? nullptr : &found->second;
  }
  void dial(const std::string& name, Peer& peer);
  void on_connected(const std::string& name, Result<std::unique_ptr<net::Stream>> stream);
  void on_answered(const std::string& name, Result<Dialled> dialled);
  void on_impatience(const std::string& name);
  void fail(const std::string& name, Peer& peer, const Error& error);
  Duration pause_and_dial(const std::string& name, Peer& peer);
  [[nodiscard]] Duration draw_pause(Peer& peer);
  void cancel_timer(Peer& peer);
  void give_up(Peer& peer);
  template <typename T>
  void bury(std::unique_ptr<T>& finished);

  net::Loop& loop;
  Connector& connector;
  DialListener& listener;
  Identity identity;
  RandomSource& random;
  std::map<std::string, Peer> peers;
  bool is_stopped = false;
};

void Dialler::Impl::dial(const std::string& name, Peer& peer) {
  cancel_timer(peer);
  peer.phase = Phase::kConnecting;
  peer.timer = loop.run_at(loop.clock().now() + kDialTimeout, [this, name] { on_impatience(name); });
  peer.attempt = connector.connect(peer.address, [this, name](Result<std::unique_ptr<net::Stream>> stream) {
    on_connected(name, std::move(stream));
  });
}

void Dialler::Impl::on_connected(const std::string& name, Result<std::unique_ptr<net::Stream>> stream) {
  Peer& peer = peers.at(name);
  bury(peer.attempt);
  if (!stream) return fail(name, peer, stream.error());
  peer.phase = Phase::kHandshaking;
  peer.key = dial_key(random);
  const DialRequest request{peer.address, identity.node_id, identity.port, identity.inc, peer.key};
  peer.handshake = std::make_unique<DialHandshake>(
      std::move(*stream), request,
      [this, name](Result<Dialled> dialled) { on_answered(name, std::move(dialled)); });
  peer.handshake->start();
}

void Dialler::Impl::on_answered(const std::string& name, Result<Dialled> dialled) {
  Peer& peer = peers.at(name);
  bury(peer.handshake);
  if (!dialled) return fail(name, peer, dialled.error());
  cancel_timer(peer);
  peer.phase = Phase::kUp;
  peer.up_since = loop.clock().now();
  if (listener.on_dialled(name, std::move(*dialled))) return;
  // It may have been forgotten or wanted anew meanwhile.
  Peer* const refused = find(name);
  if (refused != nullptr && refused->phase == Phase::kUp) pause_and_dial(name, *refused);
}

void Dialler::Impl::on_impatience(const std::string& name) {
  Peer& peer = peers.at(name);
  peer.timer.reset();
  const bool was_connecting = peer.phase == Phase::kConnecting;
  give_up(peer);
  const auto patience = std::chrono::duration_cast<std::chrono::seconds>(kDialTimeout).count();
  const std::string_view what = was_connecting ? "connection" : "answer to the handshake";
  fail(name, peer, {Errc::kUnreachable, fmt::format("no {} within {} s", what, patience)});
}

void Dialler::Impl::fail(const std::string& name, Peer& peer, const Error& error) {
  const Duration pause = pause_and_dial(name, peer);
  listener.on_dial_failed(name, error, pause);
}

Duration Dialler::Impl::pause_and_dial(const std::string& name, Peer& peer) {
  cancel_timer(peer);
  peer.phase = Phase::kWaiting;
  const Duration pause = draw_pause(peer);
  peer.timer = loop.run_at(loop.clock().now() + pause, [this, name] {
    Peer& waiting = peers.at(name);
    waiting.timer.reset();
    dial(name, waiting);
  });
  return pause;
}

// Full jitter: nodes that lost the same peer at once do not come back at once.
Duration Dialler::Impl::draw_pause(Peer& peer) {
  std::array<std::uint64_t, 1> word{};
  random.fill(word);
  const double share = std::ldexp(static_cast<double>(word[0] >> 11), -53);
  const auto pause =
      Duration(static_cast<Duration::rep>(share * static_cast<double>(peer.longest_pause.count())));
  peer.longest_pause = std::min(peer.longest_pause * 2, kDialPauseMax);
  return pause;
}

void Dialler::Impl::cancel_timer(Peer& peer) {
  if (peer.timer) loop.cancel(*std::exchange(peer.timer, std::nullopt));
}

void Dialler::Impl::give_up(Peer& peer) {
  cancel_timer(peer);
  peer.attempt.reset();
  peer.handshake.reset();
}

// Destroys later what is just calling us.
template <typename T>
void Dialler::Impl::bury(std::unique_ptr<T>& finished) {
  loop.post([keep = std::move(finished)] {});
}

Dialler::Dialler(net::Loop& loop, Connector& connector, DialListener& listener, Identity identity,
                 RandomSource& random)
    : impl_(std::make_unique<Impl>(loop, connector, listener, std::move(identity), random)) {}

Dialler::~Dialler() {
  stop();
}

void Dialler::want(const std::string& name, const std::string& address) {
  if (impl_->is_stopped) return;
  Impl::Peer& peer = impl_->peers[name];
  const bool is_same = peer.address == address;
  if (is_same && peer.phase != Impl::Phase::kWaiting) return;
  impl_->give_up(peer);
  peer = {};
  peer.address = address;
  impl_->dial(name, peer);
}

void Dialler::lost(const std::string& name) {
  Impl::Peer* const peer = impl_->find(name);
  if (peer == nullptr || peer->phase != Impl::Phase::kUp || planted(Bug::kNoRedial)) return;
  // One that ends sooner than a pause lasts counts as failed, else a peer that hangs up would be dialled in a
  // loop.
  const bool has_lasted = impl_->loop.clock().now() - peer->up_since >= peer->longest_pause;
  if (has_lasted) peer->longest_pause = kDialPauseMin;
  impl_->pause_and_dial(name, *peer);
}

bool Dialler::knows(const std::string& name) const {
  return impl_->find(name) != nullptr;
}

bool Dialler::is_trying(std::string_view key) const {
  return std::ranges::any_of(impl_->peers, [key](const auto& entry) {
    return entry.second.phase == Impl::Phase::kHandshaking && entry.second.key == key;
  });
}

void Dialler::forget(const std::string& name) {
  Impl::Peer* const peer = impl_->find(name);
  if (peer == nullptr) return;
  impl_->give_up(*peer);
  impl_->peers.erase(name);
}

void Dialler::set_port(std::uint16_t port) {
  impl_->identity.port = port;
}

void Dialler::start() {
  impl_->is_stopped = false;
}

void Dialler::stop() {
  impl_->is_stopped = true;
  for (auto& [name, peer] : impl_->peers) impl_->give_up(peer);
  impl_->peers.clear();
}

}  // namespace relay::mesh
