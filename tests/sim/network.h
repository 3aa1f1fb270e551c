#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mesh/dialler.h"
#include "sim/connection.h"
#include "sim/seeded_random.h"

namespace relay::sim {

// How good a network is when nothing is wrong with it.
struct NetworkStyle {
  Duration least_latency = std::chrono::microseconds(50);
  Duration most_latency = std::chrono::milliseconds(5);  // of a pair of hosts
  Duration jitter = std::chrono::microseconds(200);
  std::size_t capacity = 256u << 10;  // bytes on their way, each direction of a connection
};

// The hosts of a simulation, the connections between them, and what is wrong with them now.
//
// Owner:  outlives every loop and stream; the schedule outlives it.
// Thread: one.
class Network final : public Weather {
 public:
  using Accept = std::function<void(std::unique_ptr<net::Stream>)>;
  // Sees each connection as it is made, and may stand in its middle.
  using OnConnection = std::function<void(Connection& connection)>;

  Network(Schedule& schedule, SeededRandom random, NetworkStyle style)
      : schedule_(schedule), random_(random), style_(style) {}
  ~Network() = default;
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  [[nodiscard]] static std::string address(HostId host);
  void watch(OnConnection on_connection) { on_connection_ = std::move(on_connection); }

  // A host is up: its process accepts connections in rounds of `loop`.
  void attach(HostId host, SimLoop& loop, Accept accept);
  // Its process has ended.
  void detach(HostId host, Connection::Goodbye goodbye);
  // How a node on `host` reaches others.
  [[nodiscard]] std::unique_ptr<mesh::Connector> connector(HostId host, SimLoop& loop);

  // Faults. Nothing gets from one host to another, or all takes longer, until it is taken back as often.
  void block(HostId from, HostId to);
  void unblock(HostId from, HostId to);
  void slow_down(HostId from, HostId to, Duration by);
  // Breaks all connections of two hosts.
  void cut(HostId a, HostId b);
  // Takes all blocks and delays back.
  void heal();

  [[nodiscard]] Duration latency(HostId from, HostId to) override;
  [[nodiscard]] bool is_open(HostId from, HostId to) const override;
  [[nodiscard]] bool is_up(HostId host) const override { return hosts_.contains(host); }

 private:
  class HostConnector;
  struct Dial;
  struct Host {
    SimLoop* loop = nullptr;
    Accept accept;
  };
  using Pair = std::pair<HostId, HostId>;

  static void finish(Dial& dial, Result<std::unique_ptr<net::Stream>> result);
  void try_dial(const std::shared_ptr<Dial>& dial);
  void connect(const std::shared_ptr<Dial>& dial);
  void resume_all();
  void forget_old();

  Schedule& schedule_;
  SeededRandom random_;
  const NetworkStyle style_;
  OnConnection on_connection_;
  std::map<HostId, Host> hosts_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::map<Pair, Duration> base_latency_;
  std::map<Pair, Duration> extra_latency_;
  std::map<Pair, int> blocks_;
  std::uint64_t last_connection_ = 0;
};

}  // namespace relay::sim
