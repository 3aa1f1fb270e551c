#include "http/server.h"

#include <atomic>
#include <utility>

#include "base/check.h"
#include "http/session_table.h"
#include "net/acceptor.h"
#include "net/core_loads.h"
#include "net/tcp_stream.h"

namespace relay::http {

// The acceptor lives on core 0 and hands each socket to the core with the fewest connections.
struct Server::Impl {
  Impl(net::IoCores& io_cores, ServerConfig server_config, Routes server_routes)
      : cores(io_cores),
        config(std::move(server_config)),
        routes(std::move(server_routes)),
        budget(config.limits.node_bytes),
        loads(io_cores.size()) {
    for (std::size_t core = 0; core < cores.size(); ++core) {
      tables.push_back(std::make_unique<SessionTable>(
          cores.core(core), config, routes, budget, [this, core](SessionTable::Kind kind) { forget(core, kind); }));
    }
  }

  void take_socket(net::Socket socket);
  void forget(std::size_t core, SessionTable::Kind kind);
  void drain_core(net::IoCore& core, Duration drain);

  net::IoCores& cores;
  const ServerConfig config;
  const Routes routes;
  SharedBudget budget;
  net::CoreLoads loads;
  std::atomic<std::size_t> refusals{0};
  std::vector<std::unique_ptr<SessionTable>> tables;
  std::unique_ptr<net::Acceptor> acceptor;

  std::atomic<std::size_t> draining_cores{0};
  std::function<void()> on_drained;
};

void Server::Impl::take_socket(net::Socket socket) {
  SessionTable::Kind kind = SessionTable::Kind::kServed;
  if (loads.total() - refusals >= config.limits.connections) {
    if (refusals >= config.limits.refusals) return;
    kind = SessionTable::Kind::kRefused;
    ++refusals;
  }
  const std::size_t core = loads.pick();
  auto add = [this, core, kind, socket = std::move(socket)]() mutable {
    tables[core]->add(std::make_unique<net::TcpStream>(cores.core(core), std::move(socket)), kind);
  };
  if (cores.core(core).is_current()) {
    add();
  } else {
    cores.core(core).post(std::move(add));
  }
}

void Server::Impl::forget(std::size_t core, SessionTable::Kind kind) {
  if (kind == SessionTable::Kind::kRefused) --refusals;
  loads.release(core);
}

void Server::Impl::drain_core(net::IoCore& core, Duration drain) {
  SessionTable& table = *tables[core.index()];
  const Executor::TimerId cut = core.run_at(core.clock().now() + drain, [&table] { table.close_all(); });
  table.drain([this, &core, cut] {
    core.cancel(cut);
    if (--draining_cores == 0) on_drained();
  });
}

Server::Server(net::IoCores& cores, ServerConfig config, Routes routes)
    : impl_(std::make_unique<Impl>(cores, std::move(config), std::move(routes))) {}

Server::~Server() = default;

Result<void> Server::listen(const std::string& host, std::uint16_t port) {
  for (std::size_t core = 0; core < impl_->cores.size(); ++core) {
    if (auto ready = impl_->cores.core(core).prepare(); !ready) return ready;
  }
  auto acceptor = net::Acceptor::listen(impl_->cores.core(0), host, port);
  if (!acceptor) return acceptor.error();
  impl_->acceptor = std::move(*acceptor);
  impl_->cores.core(0).post([impl = impl_.get()] {
    if (impl->acceptor) impl->acceptor->start([impl](net::Socket socket) { impl->take_socket(std::move(socket)); });
  });
  return {};
}

std::uint16_t Server::port() const { return impl_->acceptor ? impl_->acceptor->port() : 0; }

std::size_t Server::connections() const { return impl_->loads.total(); }

void Server::stop(Duration drain, std::function<void()> done) {
  RELAY_CHECK(!impl_->on_drained, "a server is stopped twice");
  impl_->on_drained = std::move(done);
  impl_->draining_cores = impl_->cores.size();
  // Behind the acceptor's end in every core's queue, so no core gets a connection after it has begun to drain.
  impl_->cores.core(0).post([impl = impl_.get(), drain] {
    if (impl->acceptor) impl->acceptor->close();
    impl->cores.post_to_all([impl, drain](net::IoCore& core) { impl->drain_core(core, drain); });
  });
}

}  // namespace relay::http
