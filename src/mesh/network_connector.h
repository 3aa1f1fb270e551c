#pragma once

#include <memory>
#include <string>

#include "mesh/dialler.h"
#include "net/tcp_connector.h"

namespace relay::mesh {

// The Connector of a running node: TCP from the mesh's core.
class NetworkConnector final : public Connector {
 public:
  explicit NetworkConnector(net::IoCore& core) : core_(core), connector_(core) {}

  [[nodiscard]] std::unique_ptr<Attempt> connect(const std::string& address, Done done) override;

 private:
  net::IoCore& core_;
  net::TcpConnector connector_;
};

}  // namespace relay::mesh
