#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "sim/connection.h"
#include "sim/seeded_random.h"

namespace relay::sim {

// Which nodes are linked: who dials whom. Always connected.
struct Shape {
  std::string_view name;
  std::vector<std::pair<HostId, HostId>> links;
};

// A line, ring, star, full mesh or random tree with some links more, of nodes 1 to `nodes`; now and then both
// ends dial.
[[nodiscard]] Shape draw_shape(int nodes, SeededRandom& random);

}  // namespace relay::sim
