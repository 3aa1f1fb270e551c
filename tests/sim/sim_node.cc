#include "sim/sim_node.h"

#include <cstdio>
#include <optional>
#include <utility>

#include "actor/actor_system.h"
#include "node/call_router.h"
#include "sim/upgrade_gate.h"
#include "value/json_reader.h"
#include "vm/script_error.h"

namespace relay::sim {
namespace {

// How long a stop takes at most, beside what it waits for handlers.
constexpr Duration kMostOfAStop = std::chrono::seconds(2);

// Gives what the program prints to the books.
class LedgerOutput final : public Output {
 public:
  LedgerOutput(Ledger& ledger, HostId host) : ledger_(ledger), host_(host) {}
  Host::Printed print(std::string_view text) override {
    ledger_.printed(host_, text.substr(0, text.find('\n')));
    return Host::Printed::kAccepted;
  }
  void when_room(std::function<void()> resume) override { resume(); }

 private:
  Ledger& ledger_;
  const HostId host_;
};

class NoInput final : public Input {
 public:
  void read_line(std::function<void(Line)> done) override { done(std::optional<std::string>()); }
};

class NoEnvironment final : public Environment {
 public:
  [[nodiscard]] Result<std::optional<std::string>> get(const std::string& variable) const override {
    return Error{Errc::kDenied, "env '" + variable + "' is not allowed"};
  }
};

Parcel json_args(const std::string& json) {
  Heap heap;
  HeapScope scope(heap);
  Result<Value> value = read_json(json);
  RELAY_CHECK(value.has_value(), "the arguments of a simulated call are JSON");
  return seal(heap, std::move(*value));
}

mesh::MeshConfig config_of(const Stage& stage, HostId host) {
  mesh::MeshConfig config = stage.mesh;
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(stage.schedule.wall_now().time_since_epoch());
  config.node_id = SimNode::id_of(host);
  config.inc = static_cast<std::uint64_t>(now.count());
  return config;
}

}  // namespace

// From a start to its end. The end answers nobody: what it drops is gone, as in a crash.
struct SimNode::Life : ProgramObserver {
  Life(const Stage& stage, HostId host, Variant variant, SimLoop& its_loop, SeededRandom its_random)
      : random(its_random),
        output(stage.ledger, host),
        loop(its_loop),
        actors(program(variant), {&loop},
               World{stage.schedule, output, input, random, environment, id_of(host), {}}, ActorLimits{}),
        connector(stage.network.connector(host, loop)),
        mesh(std::in_place, config_of(stage, host), loop, *connector, actors, random),
        router(actors, id_of(host)),
        gate(std::in_place, loop, *mesh) {
    actors.route_through(router);
    router.connect(*mesh);
    actors.probe_through(mesh->probe_port());
    mesh->on_probe([this](Probe probe, std::string from) { actors.take(std::move(probe), std::move(from)); });
    loop.set_actors(&actors.ready_list(0));
  }
  ~Life() {
    loop.die();
    gate.reset();
    mesh.reset();
  }

  void on_program_end(const Value&) override {}
  void on_program_error(const ScriptError& error) override {
    std::fprintf(stderr, "the program of the simulation failed: %s\n", error.text().c_str());
    std::abort();
  }

  SeededRandom random;
  LedgerOutput output;
  NoInput input;
  NoEnvironment environment;
  SimLoop& loop;
  ActorSystem actors;
  std::unique_ptr<mesh::Connector> connector;
  std::optional<mesh::Mesh> mesh;
  node::CallRouter router;
  std::optional<UpgradeGate> gate;
  bool is_stopping_actors = false;
};

SimNode::SimNode(Stage stage, HostId host, Variant variant, SeededRandom random)
    : stage_(std::move(stage)), host_(host), variant_(variant), random_(random) {}

SimNode::~SimNode() = default;

void SimNode::start() {
  RELAY_CHECK(life_ == nullptr, "a node that runs is not started again");
  loops_.push_back(std::make_unique<SimLoop>(stage_.schedule));
  life_ = std::make_unique<Life>(stage_, host_, variant_, *loops_.back(), random_.fork());
  Life& life = *life_;
  life.actors.start();
  life.actors.run_program(life);
  stage_.network.attach(host_, life.loop, [&life](auto stream) { life.gate->take(std::move(stream)); });
  life.loop.enter([&] {
    life.mesh->set_address(Network::address(host_), 8080);
    life.mesh->set_servers(server_entries(program(variant_)));
    life.mesh->start();
    for (const HostId peer : peers_) {
      RELAY_CHECK(life.mesh->add_peer({}, Network::address(peer)).has_value(),
                  "simulated addresses are good");
    }
  });
}

void SimNode::add_peer(HostId peer) {
  peers_.insert(peer);
  if (!is_up()) return;
  life_->loop.enter([&] {
    RELAY_CHECK(life_->mesh->add_peer({}, Network::address(peer)).has_value(),
                "simulated addresses are good");
  });
}

void SimNode::remove_peer(HostId peer) {
  peers_.erase(peer);
  if (!is_up()) return;
  life_->loop.enter([&] {
    RELAY_CHECK(life_->mesh->remove_peer(Network::address(peer)).has_value(),
                "a peer is removed that was added");
  });
}

void SimNode::crash(Connection::Goodbye goodbye) {
  stage_.network.detach(host_, goodbye);
  stage_.ledger.died(host_);
  life_.reset();
}

void SimNode::recover() {
  if (life_ == nullptr) return start();
  starts_again_ = is_stopping_;
}

// The order of node::Node: what actors run ends or is stopped, callers on other nodes are told, then the
// links close.
void SimNode::stop(Duration drain) {
  is_stopping_ = true;
  Life& life = *life_;
  life.loop.enter([&] {
    life.loop.run_at(stage_.schedule.now() + drain, [this] { stop_actors(); });
    life.actors.close();
    life.actors.drain([this, &life] { life.loop.post([this] { stop_actors(); }); });
  });
  stage_.schedule.after(drain + kMostOfAStop, [this, stopped = &life.loop] {
    if (life_ != nullptr && &life_->loop == stopped) stage_.ledger.broken(id() + " does not come to its end");
  });
}

void SimNode::stop_actors() {
  if (std::exchange(life_->is_stopping_actors, true)) return;
  life_->actors.stop([this] {
    life_->loop.post([this] {
      life_->mesh->stop([this] { stage_.schedule.after(Duration::zero(), [this] { end(); }); });
    });
  });
}

void SimNode::end() {
  stage_.network.detach(host_, Connection::Goodbye::kReset);
  life_.reset();
  is_stopping_ = false;
  if (std::exchange(starts_again_, false)) start();
}

void SimNode::call(Call call, const std::string& args) {
  call.args = json_args(args);
  call.form = ArgsForm::kByNameOrWhole;
  call.source = ArgsSource::kJson;
  life_->loop.enter([this, moved = std::move(call)]() mutable { life_->router.call(std::move(moved)); });
}

std::shared_ptr<const mesh::MeshView> SimNode::view() const {
  return life_->mesh->view();
}

std::string SimNode::registry_json() {
  std::string json;
  life_->loop.enter([&] { json = life_->mesh->registry_json(); });
  return json;
}

}  // namespace relay::sim
