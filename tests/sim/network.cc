#include "sim/network.h"

#include <algorithm>

namespace relay::sim {
namespace {

// How often a connection attempt that got no answer is made again.
constexpr Duration kSynPause = std::chrono::seconds(1);
constexpr int kPort = 8080;
constexpr int kFirstClientPort = 20'000;

std::string host_name(HostId host) {
  return "10.0." + std::to_string(host / 256) + '.' + std::to_string(host % 256);
}

}  // namespace

struct Network::Dial {
  HostId from = 0;
  SimLoop* loop = nullptr;
  std::string address;
  mesh::Connector::Done done;
  bool is_given_up = false;
};

class Network::HostConnector final : public mesh::Connector {
 public:
  HostConnector(Network& network, HostId host, SimLoop& loop) : network_(network), host_(host), loop_(loop) {}

  std::unique_ptr<Attempt> connect(const std::string& address, Done done) override {
    auto dial = std::make_shared<Dial>(Dial{host_, &loop_, address, std::move(done)});
    network_.schedule_.after(network_.style_.least_latency,
                             [network = &network_, dial] { network->try_dial(dial); });
    return std::make_unique<HostAttempt>(std::move(dial));
  }

 private:
  class HostAttempt final : public Attempt {
   public:
    explicit HostAttempt(std::shared_ptr<Dial> dial) : dial_(std::move(dial)) {}
    ~HostAttempt() override {
      dial_->is_given_up = true;
      dial_->done = nullptr;
    }

   private:
    std::shared_ptr<Dial> dial_;
  };

  Network& network_;
  const HostId host_;
  SimLoop& loop_;
};

std::string Network::address(HostId host) {
  return host_name(host) + ':' + std::to_string(kPort);
}

void Network::attach(HostId host, SimLoop& loop, Accept accept) {
  hosts_[host] = {&loop, std::move(accept)};
  for (const auto& connection : connections_) {
    for (int side = 0; side < 2; ++side) {
      if (connection->host(side) == host) connection->disown(side);
    }
  }
}

void Network::detach(HostId host, Connection::Goodbye goodbye) {
  hosts_.erase(host);
  for (const auto& connection : connections_) {
    for (int side = 0; side < 2; ++side) {
      if (connection->host(side) == host) connection->lose(side, goodbye);
    }
  }
}

std::unique_ptr<mesh::Connector> Network::connector(HostId host, SimLoop& loop) {
  return std::make_unique<HostConnector>(*this, host, loop);
}

// ---- connecting

// Whoever is told may give the attempt up meanwhile.
void Network::finish(Dial& dial, Result<std::unique_ptr<net::Stream>> result) {
  const mesh::Connector::Done done = std::exchange(dial.done, nullptr);
  done(std::move(result));
}

void Network::try_dial(const std::shared_ptr<Dial>& dial) {
  if (dial->is_given_up || dial->loop->is_dead()) return;
  const auto target =
      std::ranges::find_if(hosts_, [&](const auto& host) { return address(host.first) == dial->address; });
  if (target == hosts_.end()) {
    return dial->loop->enter([dial] { finish(*dial, Error{Errc::kUnreachable, "connection refused"}); });
  }
  if (!is_open(dial->from, target->first) || !is_open(target->first, dial->from)) {
    return schedule_.after(kSynPause, [this, dial] { try_dial(dial); });
  }
  schedule_.after(latency(dial->from, target->first) + latency(target->first, dial->from),
                  [this, dial] { connect(dial); });
}

void Network::connect(const std::shared_ptr<Dial>& dial) {
  if (dial->is_given_up || dial->loop->is_dead()) return;
  const auto target =
      std::ranges::find_if(hosts_, [&](const auto& host) { return address(host.first) == dial->address; });
  if (target == hosts_.end()) return try_dial(dial);
  forget_old();
  const std::uint64_t number = ++last_connection_;
  const std::string client =
      host_name(dial->from) + ':' + std::to_string(kFirstClientPort + static_cast<int>(number % 40'000));
  const Connection::End from{dial->from, dial->loop, client};
  const Connection::End to{target->first, target->second.loop, dial->address};
  auto connection = std::make_shared<Connection>(schedule_, *this, number,
                                                 std::array<Connection::End, 2>{from, to}, style_.capacity);
  connections_.push_back(connection);
  if (on_connection_) on_connection_(*connection);
  schedule_.after(Duration::zero(), [loop = target->second.loop, accept = target->second.accept, connection] {
    loop->enter([&] { accept(connection->open(1)); });
  });
  dial->loop->enter([&] { finish(*dial, connection->open(0)); });
}

void Network::forget_old() {
  std::erase_if(connections_, [](const auto& connection) { return connection->is_over(); });
}

// ---- weather

Duration Network::latency(HostId from, HostId to) {
  const Pair pair(std::min(from, to), std::max(from, to));
  auto base = base_latency_.find(pair);
  if (base == base_latency_.end()) {
    base = base_latency_.emplace(pair, random_.between(style_.least_latency, style_.most_latency)).first;
  }
  const auto extra = extra_latency_.find({from, to});
  const Duration more = extra == extra_latency_.end() ? Duration::zero() : extra->second;
  return base->second + random_.between(Duration::zero(), style_.jitter) + more;
}

bool Network::is_open(HostId from, HostId to) const {
  return !blocks_.contains({from, to});
}

void Network::block(HostId from, HostId to) {
  ++blocks_[{from, to}];
}

void Network::unblock(HostId from, HostId to) {
  const auto found = blocks_.find({from, to});
  if (found == blocks_.end()) return;
  if (--found->second == 0) blocks_.erase(found);
  resume_all();
}

void Network::slow_down(HostId from, HostId to, Duration by) {
  extra_latency_[{from, to}] = by;
}

void Network::cut(HostId a, HostId b) {
  for (const auto& connection : connections_) {
    const Pair ends(connection->host(0), connection->host(1));
    if (ends == Pair(a, b) || ends == Pair(b, a)) connection->cut();
  }
}

void Network::heal() {
  blocks_.clear();
  extra_latency_.clear();
  resume_all();
}

void Network::resume_all() {
  // What arrives now may bring answers that make connections.
  for (const auto& connection : std::vector(connections_)) connection->resume();
}

}  // namespace relay::sim
