#include "mesh/network_connector.h"

#include <utility>

#include "net/tcp_stream.h"

namespace relay::mesh {
namespace {

struct NetworkAttempt final : Connector::Attempt {
  explicit NetworkAttempt(std::unique_ptr<net::TcpConnector::Attempt> of) : attempt(std::move(of)) {}
  std::unique_ptr<net::TcpConnector::Attempt> attempt;
};

}  // namespace

std::unique_ptr<Connector::Attempt> NetworkConnector::connect(const std::string& address, Done done) {
  return std::make_unique<NetworkAttempt>(
      connector_.connect(address, [&core = core_, done = std::move(done)](Result<net::Socket> socket) {
        if (!socket) return done(socket.error());
        done(std::unique_ptr<net::Stream>(std::make_unique<net::TcpStream>(core, std::move(*socket))));
      }));
}

}  // namespace relay::mesh
