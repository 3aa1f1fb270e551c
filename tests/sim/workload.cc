#include "sim/workload.h"

#include <utility>

namespace relay::sim {
namespace {

// Time in which a call over a mesh that is well gets its answer: several hops at their slowest, and reserve.
constexpr Duration kEnough = std::chrono::seconds(2);
constexpr Duration kPairTimeout = std::chrono::seconds(15);
// Calls made in one go, now and then.
constexpr std::uint64_t kMostAtOnce = 30;

std::string quoted(const std::string& text) {
  return '"' + text + '"';
}

}  // namespace

void Workload::run_until(Instant end) {
  end_ = end;
  call_some();
}

void Workload::call_some() {
  if (schedule_.now() > end_) return;
  const bool is_burst = random_.chance(4);
  SimNode& origin = draw_node();
  Plan plan = draw_plan();
  const Duration timeout = draw_timeout();
  for (std::uint64_t calls = is_burst ? random_.between(2, kMostAtOnce) : 1; calls > 0; --calls) {
    if (origin.is_up()) call_one(origin, plan, timeout);
  }
  schedule_.after(random_.between(Duration(1), 2 * style_.gap), [this] { call_some(); });
}

void Workload::call_all_pairs() {
  for (const auto& from : nodes_) {
    for (const auto& to : nodes_) {
      if (from == to) continue;
      call_one(*from, {.node = to->id(), .must_succeed = true}, kPairTimeout);
    }
  }
}

void Workload::call_one(SimNode& origin, const Plan& plan, Duration timeout) {
  const std::string id = 'c' + std::to_string(++last_call_);
  const Instant deadline = schedule_.now() + timeout;
  ledger_.begin({.id = id,
                 .origin = origin.host(),
                 .target = origin.id() + " -> " + plan.node + '.' + plan.server + '.' + plan.method,
                 .begun = schedule_.now(),
                 .deadline = deadline,
                 .must_succeed = plan.must_succeed && timeout >= kEnough});
  Call call;
  call.node = plan.node;
  call.server = plan.server;
  call.method = plan.method;
  call.deadline = deadline;
  call.sink = ledger_.sink(id);
  origin.call(std::move(call), '[' + quoted(id) + plan.more_args + ']');
}

Workload::Plan Workload::draw_plan() {
  const std::uint64_t kind = random_.below(100);
  Plan plan{.node = draw_node().id(), .must_succeed = expects_success_};
  if (kind < 40) return plan;
  if (kind < 50) {
    plan.server = std::exchange(plan.node, {}) + ".counter";
  } else if (kind < 60) {
    plan.node.clear();
    plan.server = "shared";
  } else if (kind < 65) {
    plan.more_args = ',' + quoted(std::string(random_.between(1, style_.most_bytes), 'x'));
  } else if (kind < 70) {
    plan.server = "sleeper";
    plan.method = "nap";
    plan.more_args = ',' + std::to_string(random_.below(3'000)) + "e-3";
    plan.must_succeed = false;
  } else if (kind < 75) {
    plan.method = "fail";
    plan.must_succeed = false;
  } else {
    return draw_nested();
  }
  return plan;
}

Workload::Plan Workload::draw_nested() {
  Plan plan{.node = draw_node().id(), .server = "front"};
  switch (random_.below(4)) {
    case 0:
      plan.method = "pass";
      plan.more_args = ',' + quoted(draw_node().id());
      break;
    case 1:
      plan.method = "relay";
      plan.more_args = ',' + draw_nodes_json();
      break;
    case 2:
      plan.method = "fan";
      plan.more_args = ',' + draw_nodes_json();
      break;
    default:
      plan.method = "tell";
      plan.more_args = ',' + quoted(draw_node().id());
  }
  return plan;
}

std::string Workload::draw_nodes_json() {
  std::string json = "[";
  for (std::uint64_t nodes = random_.between(1, 4); nodes > 0; --nodes) {
    if (json.size() > 1) json += ',';
    json += quoted(draw_node().id());
  }
  return json + ']';
}

Duration Workload::draw_timeout() {
  if (random_.chance(20))
    return random_.between(std::chrono::milliseconds(20), std::chrono::milliseconds(500));
  return random_.between(std::chrono::milliseconds(500), std::chrono::seconds(10));
}

}  // namespace relay::sim
