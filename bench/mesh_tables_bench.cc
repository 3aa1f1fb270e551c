// What one message between nodes costs in the tables that it passes. Yardstick: 150,000 calls a second on one
// core, so the tables of a call together must stay far below 6 microseconds.
#include <benchmark/benchmark.h>

#include <deque>
#include <string>
#include <vector>

#include "mesh/call_memory.h"
#include "mesh/catalog.h"
#include "mesh/forward_table.h"
#include "mesh/pending_calls.h"
#include "mesh/remembered_ids.h"
#include "mesh/route_table.h"
#include "mesh/topology.h"

namespace relay::mesh {
namespace {

constexpr Duration kTimeout = std::chrono::seconds(30);

std::string node_name(int number) {
  std::string digits = std::to_string(number);
  return "node-" + std::string(4 - digits.size(), '0') + digits;
}

// A grid of `side` x `side` nodes; ours is in a corner.
Topology grid(int side) {
  Topology topology(node_name(0));
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      Announcement announcement;
      announcement.node = node_name(row * side + column);
      announcement.version = {1, 1};
      announcement.servers.push_back({"Counter", {"get"}, {}});
      if (row > 0) announcement.neighbors[node_name((row - 1) * side + column)] = 2048;
      if (row + 1 < side) announcement.neighbors[node_name((row + 1) * side + column)] = 2048;
      if (column > 0) announcement.neighbors[node_name(row * side + column - 1)] = 2048;
      if (column + 1 < side) announcement.neighbors[node_name(row * side + column + 1)] = 2048;
      if (row + column == 0) {
        topology.set_own(std::move(announcement), Instant{});
      } else {
        (void)topology.hear(std::move(announcement), Instant{});
      }
    }
  }
  return topology;
}

void route_step(benchmark::State& state) {
  const Topology topology = grid(static_cast<int>(state.range(0)));
  const std::string target = node_name(3);
  RouteTable routes(node_name(0));
  for (auto _ : state) benchmark::DoNotOptimize(routes.find_step(topology, target, {}));
}
BENCHMARK(route_step)->Arg(7)->Arg(32);

void route_find(benchmark::State& state) {
  const Topology topology = grid(static_cast<int>(state.range(0)));
  const std::string target = node_name(3);
  RouteTable routes(node_name(0));
  for (auto _ : state) benchmark::DoNotOptimize(routes.find(topology, target, {}));
}
BENCHMARK(route_find)->Arg(7)->Arg(32);

void route_find_past_nodes_off_the_path(benchmark::State& state) {
  const int side = static_cast<int>(state.range(0));
  const Topology topology = grid(side);
  const std::string target = node_name(3);
  const std::vector<std::string> route{node_name(2 * side), node_name(side), node_name(0)};
  RouteTable routes(node_name(0));
  for (auto _ : state) benchmark::DoNotOptimize(routes.find(topology, target, route));
}
BENCHMARK(route_find_past_nodes_off_the_path)->Arg(7)->Arg(32);

void route_find_around_a_node(benchmark::State& state) {
  const Topology topology = grid(static_cast<int>(state.range(0)));
  const std::string target = node_name(3);
  const std::vector<std::string> route{node_name(1)};
  RouteTable routes(node_name(0));
  for (auto _ : state) benchmark::DoNotOptimize(routes.find(topology, target, route));
}
BENCHMARK(route_find_around_a_node)->Arg(7)->Arg(32);

// A change of the map, with the next call after it.
void route_after_a_change(benchmark::State& state) {
  Topology topology = grid(static_cast<int>(state.range(0)));
  RouteTable routes(node_name(0));
  Announcement announcement = *topology.find(node_name(1));
  for (auto _ : state) {
    ++announcement.version.seq;
    announcement.neighbors.begin()->second ^= 1;
    (void)topology.hear(announcement, Instant{});
    benchmark::DoNotOptimize(routes.find_step(topology, node_name(3), {}));
  }
}
BENCHMARK(route_after_a_change)->Arg(7)->Arg(32)->Unit(benchmark::kMicrosecond);

void catalog_pick(benchmark::State& state) {
  const Topology topology = grid(7);
  Catalog catalog(node_name(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(catalog.pick(topology, "Counter", [](std::string_view) { return true; }));
  }
}
BENCHMARK(catalog_pick);

// Each step begins a call and ends the one that has been open for longest; `open` calls wait all the time.
void forward_add_and_take(benchmark::State& state) {
  ForwardTable table;
  const auto open = static_cast<std::uint64_t>(state.range(0));
  const auto id = [](std::uint64_t n) { return "lq3k2abc." + std::to_string(1'000'000 + n); };
  const auto add = [&](std::uint64_t n) {
    (void)table.add({.origin = "node-0001",
                     .id = id(n),
                     .target = "node-0002",
                     .in = 1,
                     .out = 2,
                     .deadline = Instant(kTimeout + Duration(n)),
                     .tag = n + 1});
  };
  std::uint64_t n = 0;
  for (; n < open; ++n) add(n);
  for (auto _ : state) {
    add(n);
    benchmark::DoNotOptimize(table.find("node-0001", id(n - open)));
    benchmark::DoNotOptimize(table.take("node-0001", id(n - open)));
    ++n;
  }
}
BENCHMARK(forward_add_and_take)->Arg(100)->Arg(10'000);

void pending_add_and_take(benchmark::State& state) {
  struct Words final : RandomSource {
    void fill(std::span<std::uint64_t> words) override {
      for (std::uint64_t& word : words) word = last += 0x9E3779B97F4A7C15u;
    }
    std::uint64_t last = 0;
  } random;
  PendingCalls calls(random);
  std::deque<std::string> open;
  std::uint64_t n = 0;
  const auto add = [&] {
    PendingCall call;
    call.target = "node-0002";
    call.server = "Counter";
    call.method = "get";
    call.args = "[1,2,3]";
    call.deadline = Instant(kTimeout + Duration(++n));
    call.out = 2;
    open.push_back(calls.text(calls.add(std::move(call))));
  };
  for (std::int64_t i = 0; i < state.range(0); ++i) add();
  for (auto _ : state) {
    add();
    benchmark::DoNotOptimize(calls.take(calls.find(open.front())->id));
    open.pop_front();
  }
}
BENCHMARK(pending_add_and_take)->Arg(100)->Arg(10'000);

void memory_begin_and_end(benchmark::State& state) {
  CallMemory memory;
  const std::string reply =
      R"({"response_id":"lq3k2abc.1a2b3","node_id":"node-0002","success":true,"result":42})";
  std::uint64_t n = 0;
  for (auto _ : state) {
    ++n;
    benchmark::DoNotOptimize(memory.begin("node-0002", "node-0001", {1'700'000'000'000, 5}, n));
    memory.end("node-0001", {1'700'000'000'000, 5}, n, reply);
  }
}
BENCHMARK(memory_begin_and_end);

void remember_ids(benchmark::State& state) {
  RememberedIds ids({.of_a_peer = 16'384, .in_all = 65'536});
  std::uint64_t n = 0;
  for (auto _ : state) {
    ++n;
    const Instant now(Duration(n * 10'000));
    benchmark::DoNotOptimize(ids.first_time("node-0001", "node-0001", std::to_string(n), now + std::chrono::seconds(30), now));
  }
}
BENCHMARK(remember_ids);

}  // namespace
}  // namespace relay::mesh

BENCHMARK_MAIN();
