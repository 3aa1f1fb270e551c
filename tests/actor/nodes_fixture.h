#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "script_fixture.h"

namespace relay {

// Some nodes in one hand: each with its own program, and between them a wire that carries calls and answers in order,
// when the test says so.
class Nodes {
 public:
  void add(const std::string& name, const std::string& program) {
    stages_[name] = std::make_unique<Stage>(program, 1, ActorLimits{}, name);
    routers_[name] = std::make_unique<NodeRouter>(*this, name);
    stages_[name]->system->route_through(*routers_[name]);
  }
  ~Nodes() {
    // What waits for an answer from elsewhere belongs to actors, which go first.
    wire_.clear();
    stages_.clear();
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
  // Carries what is on the wire now; false when that was nothing.
  bool carry() {
    std::deque<std::function<void()>> now = std::exchange(wire_, {});
    for (auto& packet : now) packet();
    return !now.empty();
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
  [[nodiscard]] std::size_t on_wire() const { return wire_.size(); }

 private:
  // The answer goes back over the wire, as JSON.
  class WireSink final : public ReplySink {
   public:
    WireSink(Nodes& nodes, std::unique_ptr<ReplySink> sink) : nodes_(nodes), sink_(std::move(sink)) {}
    [[nodiscard]] Form form() const override { return Form::kJson; }
    void answer(Reply reply) override {
      auto packet = std::make_shared<std::pair<std::unique_ptr<ReplySink>, Reply>>(std::move(sink_), std::move(reply));
      nodes_.wire_.push_back([packet] { packet->first->answer(std::move(packet->second)); });
    }

   private:
    Nodes& nodes_;
    std::unique_ptr<ReplySink> sink_;
  };

  // What a node's router does, without a mesh: "node.server" is on that node.
  class NodeRouter final : public Router {
   public:
    NodeRouter(Nodes& nodes, std::string name) : nodes_(nodes), name_(std::move(name)) {}
    void call(Call call) override {
      if (is_here(call)) return system().call(std::move(call));
      if (std::optional<Failure> failure = system().leave(call)) return call.sink->answer(std::move(*failure));
      call.sink = std::make_unique<WireSink>(nodes_, std::move(call.sink));
      send(std::move(call));
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
      nodes_.wire_.push_back([&nodes = nodes_, packet] {
        ActorSystem& target = *nodes.stage(packet->node).system;
        target.call(std::move(*packet));
      });
    }
    [[nodiscard]] ActorSystem& system() const { return *nodes_.stage(name_).system; }

    Nodes& nodes_;
    const std::string name_;
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
  std::deque<std::function<void()>> wire_;
};

}  // namespace relay
