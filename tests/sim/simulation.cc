#include "sim/simulation.h"

#include <cstdio>
#include <memory>

#include "mesh/mesh_limits.h"
#include "sim/faults.h"
#include "sim/frame_mixer.h"
#include "sim/lying_peer.h"
#include "sim/wire_rules.h"
#include "sim/workload.h"

namespace relay::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// So many intervals after all is well, every node reaches every other.
constexpr int kIntervalsToHeal = 2;
// What is asked last has this long to end.
constexpr Duration kLastCalls = seconds(17);
// Of one seed in so many nothing goes wrong at all.
constexpr std::uint64_t kCalmSeeds = 8;

// Events and messages for each node, some times what the busiest seeds take.
constexpr std::uint64_t kMostEvents = 20'000;

NetworkStyle draw_style(SeededRandom& random, bool is_calm) {
  NetworkStyle style;
  style.most_latency = random.between(milliseconds(1), milliseconds(40));
  style.jitter = random.between(Duration::zero(), milliseconds(5));
  // A narrow one cannot carry bursts in time.
  style.capacity = std::size_t{1} << random.between(is_calm ? 18 : 11, 18);
  return style;
}

// All parts of one run.
class Simulation {
 public:
  explicit Simulation(const Run& run)
      : run_(run),
        random_(run.seed),
        count_(run.nodes > 0 ? run.nodes : static_cast<int>(random_.between(3, 8))),
        is_calm_(random_.below(kCalmSeeds) == 0 && run.mode == Mode::kRealistic),
        mixes_(random_.chance(80)),
        shape_(draw_shape(count_, random_)),
        ledger_(schedule_, run.mode == Mode::kHostile ? Demands::kSafety : Demands::kAll),
        rules_(schedule_, ledger_),
        network_(schedule_, random_.fork(), draw_style(random_, is_calm_)) {
    network_.watch([this](Connection& connection) { watch(connection); });
    schedule_.set_most_events(kMostEvents * static_cast<std::uint64_t>(count_));
    rules_.set_most_messages(kMostEvents * static_cast<std::uint64_t>(count_));
    make_nodes();
  }
  ~Simulation() { schedule_.clear(); }

  Outcome live() {
    SeededRandom chance = random_.fork();
    say(std::to_string(count_) + " nodes, " + std::string(shape_.name) + (is_calm_ ? ", calm" : ""));
    Workload clients(schedule_, ledger_, nodes_, random_.fork(),
                     {.gap = milliseconds(random_.between(15, 200))});
    Faults faults(schedule_, network_, nodes_, shape_, random_.fork(), [this](const std::string& what) {
      schedule_.note(what);
      say(what);
    });
    start_nodes(chance);
    const Instant healed = Schedule::kStart + chance.between(seconds(12), seconds(30));
    schedule_.after(milliseconds(300), [&] { clients.run_until(healed + seconds(5)); });
    if (is_calm_) {
      schedule_.after(seconds(10), [&] { clients.expect_success(); });
      // Where there is only one way, all take it.
      if (shape_.name == "line" || shape_.name == "star") ledger_.expect_order();
    } else {
      schedule_.after(seconds(3),
                      [&] { faults.run_until(healed, chance.between(milliseconds(300), seconds(4))); });
    }
    if (run_.mode == Mode::kHostile) let_lie(healed);
    schedule_.run_until(healed);
    faults.heal();
    if (run_.mode == Mode::kRealistic || !mixes_) {
      schedule_.run_until(healed + kIntervalsToHeal * kInterval);
      clients.call_all_pairs();
    }
    schedule_.run_until(schedule_.now() + kLastCalls);
    settle();
    return outcome();
  }

 private:
  static constexpr Duration kInterval = seconds(30);

  void make_nodes() {
    mesh::MeshConfig config;
    config.discovery_interval = kInterval;
    for (HostId host = 1; host <= count_; ++host) {
      const Variant variant = host % 3 == 1 ? Variant::kWithShared : Variant::kPlain;
      nodes_.push_back(std::make_unique<SimNode>(Stage{schedule_, network_, ledger_, config}, host, variant,
                                                 random_.fork()));
    }
    for (const auto& [from, to] : shape_.links) nodes_[static_cast<std::size_t>(from - 1)]->add_peer(to);
  }

  void start_nodes(SeededRandom& chance) {
    for (const auto& node : nodes_) {
      schedule_.after(chance.between(Duration::zero(), seconds(1)), [&node = *node] { node.recover(); });
    }
  }

  void let_lie(Instant end) {
    // Links that mix are one thing, liars another: now one, now the other, now both.
    if (random_.chance(30)) return;
    std::vector<HostId> victims;
    for (const auto& node : nodes_) victims.push_back(node->host());
    liar_ = std::make_unique<LyingPeer>(schedule_, network_, count_ + 1, victims, random_.fork());
    schedule_.after(seconds(1), [this, end] { liar_->run_until(end); });
  }

  void watch(Connection& connection) {
    if (run_.mode == Mode::kRealistic) return rules_.watch(connection);
    auto spy = std::make_shared<FrameWatch>([this](int, std::string_view text) {
      if (liar_ != nullptr) liar_->overhear(text);
    });
    auto mixer = mixes_ ? std::make_shared<FrameMixer>(random_.fork(), FrameMixer::Style{}) : nullptr;
    connection.set_middle([spy, mixer](int side, std::string bytes) {
      spy->see(side, bytes);
      return mixer == nullptr ? bytes : mixer->mix(side, bytes);
    });
  }

  void settle() {
    if (schedule_.has_stopped()) {
      return ledger_.broken("it goes on without end: " + std::to_string(schedule_.happened()) + " events");
    }
    check_bounds();
    ledger_.settle();
    if (run_.mode == Mode::kRealistic) rules_.settle();
  }

  // However much peers tell, what a node keeps of it is bounded.
  void check_bounds() {
    for (const auto& node : nodes_) {
      const auto view = node->view();
      if (view->nodes.size() > 2 * mesh::kMaxNodes)
        ledger_.broken(node->id() + " keeps more nodes than it may");
      if (view->servers->size() > mesh::kMaxServersOfNode * 20) {
        ledger_.broken(node->id() + " keeps more servers than it may");
      }
    }
  }

  void say(const std::string& what) const {
    if (!run_.is_verbose) return;
    const auto ms = std::chrono::duration_cast<milliseconds>(schedule_.elapsed()).count();
    std::fprintf(stderr, "%lld ms: %s\n", static_cast<long long>(ms), what.c_str());
  }

  [[nodiscard]] Outcome outcome() const {
    return {.violations = ledger_.violations(),
            .hash = schedule_.hash(),
            .events = schedule_.happened(),
            .calls = ledger_.calls(),
            .ends = ledger_.ends()};
  }

  const Run run_;
  SeededRandom random_;
  const int count_;
  const bool is_calm_;
  const bool mixes_;
  const Shape shape_;
  Schedule schedule_;
  Ledger ledger_;
  WireRules rules_;
  Network network_;
  Workload::Nodes nodes_;
  std::unique_ptr<LyingPeer> liar_;
};

}  // namespace

Outcome simulate(const Run& run) {
  return Simulation(run).live();
}

}  // namespace relay::sim
