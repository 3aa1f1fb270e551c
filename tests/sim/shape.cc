#include "sim/shape.h"

#include <algorithm>

namespace relay::sim {
namespace {

constexpr int kMostOfFullMesh = 8;

Shape line(int nodes) {
  Shape shape{"line", {}};
  for (HostId host = 2; host <= nodes; ++host) shape.links.emplace_back(host - 1, host);
  return shape;
}

Shape ring(int nodes) {
  Shape shape = line(nodes);
  shape.name = "ring";
  if (nodes > 2) shape.links.emplace_back(nodes, 1);
  return shape;
}

Shape star(int nodes) {
  Shape shape{"star", {}};
  for (HostId host = 2; host <= nodes; ++host) shape.links.emplace_back(host, 1);
  return shape;
}

Shape full(int nodes) {
  Shape shape{"full", {}};
  for (HostId a = 1; a <= nodes; ++a) {
    for (HostId b = a + 1; b <= nodes; ++b) shape.links.emplace_back(a, b);
  }
  return shape;
}

Shape tree_and_more(int nodes, SeededRandom& random) {
  Shape shape{"random", {}};
  auto draw = [&random](int most) {
    return 1 + static_cast<HostId>(random.below(static_cast<std::uint64_t>(most)));
  };
  for (HostId host = 2; host <= nodes; ++host) shape.links.emplace_back(host, draw(host - 1));
  for (int more = draw(nodes); more > 0; --more) {
    const std::pair link(draw(nodes), draw(nodes));
    const std::pair back(link.second, link.first);
    const bool is_there = std::ranges::find(shape.links, link) != shape.links.end() ||
                          std::ranges::find(shape.links, back) != shape.links.end();
    if (link.first != link.second && !is_there) shape.links.push_back(link);
  }
  return shape;
}

Shape draw_plain(int nodes, SeededRandom& random) {
  switch (random.below(5)) {
    case 0:
      return line(nodes);
    case 1:
      return ring(nodes);
    case 2:
      return star(nodes);
    case 3:
      if (nodes <= kMostOfFullMesh) return full(nodes);
      [[fallthrough]];
    default:
      return tree_and_more(nodes, random);
  }
}

}  // namespace

Shape draw_shape(int nodes, SeededRandom& random) {
  Shape shape = draw_plain(nodes, random);
  std::vector<std::pair<HostId, HostId>> both;
  for (auto& [from, to] : shape.links) {
    if (random.chance(50)) std::swap(from, to);
    if (random.chance(20)) both.emplace_back(to, from);
  }
  shape.links.insert(shape.links.end(), both.begin(), both.end());
  return shape;
}

}  // namespace relay::sim
