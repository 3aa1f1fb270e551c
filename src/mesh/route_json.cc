#include "mesh/route_json.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "value/json_writer.h"

namespace relay::mesh {
namespace {

using Costs = std::map<std::string, std::uint32_t>;

std::optional<std::uint32_t> cost_in(const Costs& costs, const std::string& node) {
  const auto found = costs.find(node);
  return found == costs.end() ? std::nullopt : std::optional(found->second);
}

// What the map says of one edge, as the route table counts it: both ends state it, or of a foreign peer the
// Relay end.
std::optional<std::uint32_t> cost_of(const Topology& topology, const std::string& from,
                                     const std::string& to) {
  const Announcement* one = topology.find(from);
  if (one == nullptr) return std::nullopt;
  if (const Announcement* other = topology.find(to)) {
    const auto there = cost_in(one->neighbors, to);
    const auto back = cost_in(other->neighbors, from);
    if (there && back) return std::max(*there, *back);
  }
  return cost_in(one->foreign, to);
}

void append_cost(std::string& out, std::optional<std::uint64_t> cost) {
  out += ",\"cost_us\":" + (cost ? std::to_string(*cost) : "null");
}

struct Way {
  std::string_view by;
  int hops = 0;
  std::vector<std::string> path;
};

std::string text_of(const MeshContext& context, std::string_view node, std::string_view asked,
                    const Way& way) {
  std::string steps = "[";
  std::optional<std::uint64_t> sum = 0;
  for (std::size_t i = 1; i < way.path.size(); ++i) {
    const auto cost = cost_of(context.topology, way.path[i - 1], way.path[i]);
    sum = sum && cost ? std::optional(*sum + *cost) : std::nullopt;
    if (i > 1) steps += ',';
    steps += "{\"from\":";
    append_json_string(steps, way.path[i - 1]);
    steps += ",\"to\":";
    append_json_string(steps, way.path[i]);
    append_cost(steps, cost);
    steps += '}';
  }
  std::string out = "{\"node\":";
  append_json_string(out, node);
  out += ",\"asked\":";
  append_json_string(out, asked);
  out += ",\"from\":";
  append_json_string(out, context.own_id());
  out += ",\"by\":";
  append_json_string(out, way.by);
  out += ",\"hops\":" + std::to_string(way.hops);
  append_cost(out, sum);
  out += ",\"path\":[";
  for (const std::string& hop : way.path) {
    if (out.back() != '[') out += ',';
    append_json_string(out, hop);
  }
  return out + "],\"steps\":" + steps + "]}";
}

}  // namespace

Result<std::string> route_json(MeshContext& context, Courier& courier, std::string_view name) {
  const std::string node = context.resolve(name);
  if (node == context.own_id()) return text_of(context, node, name, {"self", 0, {node}});
  const Result<Hop> hop = courier.find_hop(node, {});
  if (!hop) return hop.error();
  const std::string& next = hop->link->peer().node_id;
  if (hop->is_last) return text_of(context, node, name, {"link", 1, {context.own_id(), node}});
  const auto route = context.routes.find(context.topology, node, {});
  // A path that is too long for any message gives way to one of fewer hops, of which only the first is known
  // here.
  const bool is_that_path = route && route->next == next && route->hops == hop->hops;
  if (!is_that_path) return text_of(context, node, name, {"map", hop->hops, {context.own_id(), next}});
  return text_of(context, node, name, {"map", hop->hops, route->path});
}

}  // namespace relay::mesh
