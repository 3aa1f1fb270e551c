#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"

namespace relay::mesh {

// What a node's mesh is told at its start.
struct MeshConfig {
  std::string node_id;
  std::uint64_t inc = 0;   // this start of the node: its time in milliseconds since 1970
  std::string address;     // "host:port" under which others reach it
  std::uint16_t port = 0;  // announced to peers that we dial
  Duration discovery_interval = std::chrono::seconds(30);
  Duration ping_interval = std::chrono::seconds(2);
  Duration notify_deadline = std::chrono::seconds(30);
};

}  // namespace relay::mesh
