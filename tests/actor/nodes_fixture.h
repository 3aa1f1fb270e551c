#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "script_fixture.h"

namespace relay {

// Some nodes in one hand: each with its own program, and between each two of them a wire that carries calls, answers and
// probes when the test says so. Calls and answers stay in order; probes may overtake them.
class Nodes {
 public:
  void add(const std::string& name, const std::string& program) {
    stages_[name] = std::make_unique<Stage>(program, 1, ActorLimits{}, name);
    routers_[name] = std::make_unique<NodeRouter>(*this, name);
    stages_[name]->system->route_through(*routers_[name]);
    stages_[name]->system->probe_through(*routers_[name]);
  }
  [[nodiscard]] Stage& stage(const std::string& node) { return *stages_.at(node); }

  // A client of `node` calls "server.method".
  std::shared_ptr<Answers> send(const std::string& node, const std::string& target, const std::string& args = "") {
    return stage(node).send(target, args);
  }
  std::string ask(const std::string& node, const std::string& target, const std::string& args = "") {
    const auto answers = send(node, target, args);
    run();
    return answers->only();
  }

  // Runs all nodes, without the wire.
  void run_nodes() {
    for (auto& [name, stage] : stages_) stage->run();
  }
  // Carries what is on the wires now; false when that was nothing.
  bool carry() {
    std::map<std::string, Packets> now = std::exchange(wires_, {});
    for (auto& [wire, packets] : now) {
      for (auto& packet : packets) packet();
    }
    return !now.empty();
  }
  // Carries the next packet of some wire; false when all are empty.
  bool carry_one(std::mt19937& random) {
    if (wires_.empty()) return false;
    auto wire = wires_.begin();
    std::advance(wire, static_cast<std::ptrdiff_t>(random() % wires_.size()));
    const auto packet = std::move(wire->second.front());
    wire->second.pop_front();
    if (wire->second.empty()) wires_.erase(wire);
    packet();
    return true;
  }
  // Loses all probes that are on the wires.
  std::size_t lose_probes() {
    return std::erase_if(wires_, [](const auto& wire) { return wire.first.ends_with(kProbes); });
  }
  [[nodiscard]] bool has_probes() const {
    return std::any_of(wires_.begin(), wires_.end(), [](const auto& wire) { return wire.first.ends_with(kProbes); });
  }
  void run() {
    do run_nodes();
    while (carry());
  }
  // Runs all until `by` has passed, timer by timer.
  void advance(Duration by) {
    run();
    const Instant end = stages_.begin()->second->clock.now() + by;
    for (Instant next = next_timer(); next <= end; next = next_timer()) set_clocks(next);
    set_clocks(end);
  }
  // Lets time pass without the wires.
  void advance_nodes(Duration by) {
    for (auto& [name, stage] : stages_) stage->advance(by);
  }

 private:
  using Packets = std::deque<std::function<void()>>;
  static constexpr std::string_view kProbes = " probes";

  void put(const std::string& from, const std::string& to, std::string_view kind, std::function<void()> packet) {
    wires_[from + ">" + to + std::string(kind)].push_back(std::move(packet));
  }

  // The answer goes back over the wire, as JSON.
  class WireSink final : public ReplySink {
   public:
    WireSink(Nodes& nodes, std::string from, std::string to, std::unique_ptr<ReplySink> sink)
        : nodes_(nodes), from_(std::move(from)), to_(std::move(to)), sink_(std::move(sink)) {}
    [[nodiscard]] Form form() const override { return Form::kJson; }
    void answer(Reply reply) override {
      auto packet = std::make_shared<std::pair<std::unique_ptr<ReplySink>, Reply>>(std::move(sink_), std::move(reply));
      nodes_.put(from_, to_, "", [packet] { packet->first->answer(std::move(packet->second)); });
    }

   private:
    Nodes& nodes_;
    const std::string from_;
    const std::string to_;
    std::unique_ptr<ReplySink> sink_;
  };

  // What a node's router does, without a mesh: "node.server" is on that node.
  class NodeRouter final : public Router, public ProbePort {
   public:
    NodeRouter(Nodes& nodes, std::string name) : nodes_(nodes), name_(std::move(name)) {}
    void call(Call call) override {
      if (is_here(call)) return system().call(std::move(call));
      if (std::optional<Failure> failure = system().leave(call)) return call.sink->answer(std::move(*failure));
      if (call.chain != nullptr) targets_[call.chain->back().call] = call.node;
      call.sink = std::make_unique<WireSink>(nodes_, call.node, name_, std::move(call.sink));
      send(std::move(call));
    }
    void send(Probe probe) override {
      const std::string to = targets_.at(probe.along().call);
      nodes_.put(name_, to, kProbes, [&nodes = nodes_, to, from = name_, probe = std::move(probe)] {
        nodes.stage(to).system->take(probe, from);
      });
    }
    [[nodiscard]] std::optional<Failure> notify(Call call) override {
      if (is_here(call)) return system().notify(std::move(call));
      send(std::move(call));
      return std::nullopt;
    }
    [[nodiscard]] bool can_find(std::string_view server) const override { return system().can_find(server); }

   private:
    [[nodiscard]] bool is_here(Call& call) const {
      const std::size_t dot = call.server.find('.');
      if (dot == std::string::npos) return true;
      call.node = call.server.substr(0, dot);
      call.server.erase(0, dot + 1);
      return call.node == name_;
    }
    void send(Call call) {
      call.caller = 0;
      auto packet = std::make_shared<Call>(std::move(call));
      nodes_.put(name_, packet->node, "", [&nodes = nodes_, packet] {
        ActorSystem& target = *nodes.stage(packet->node).system;
        target.call(std::move(*packet));
      });
    }
    [[nodiscard]] ActorSystem& system() const { return *nodes_.stage(name_).system; }

    Nodes& nodes_;
    const std::string name_;
    std::map<std::uint64_t, std::string> targets_;  // of calls that have left
  };

  [[nodiscard]] Instant next_timer() const {
    Instant next = kNoDeadline;
    for (const auto& [name, stage] : stages_) next = std::min(next, stage->next_timer());
    return next;
  }
  void set_clocks(Instant to) {
    for (auto& [name, stage] : stages_) stage->clock.set(to);
    run();
  }

  std::map<std::string, std::unique_ptr<NodeRouter>> routers_;
  std::map<std::string, std::unique_ptr<Stage>> stages_;
  std::map<std::string, Packets> wires_;
};

}  // namespace relay
