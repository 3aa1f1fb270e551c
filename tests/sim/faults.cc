#include "sim/faults.h"

#include <utility>

namespace relay::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string text(HostId a, std::string_view between, HostId b) {
  return SimNode::id_of(a) + std::string(between) + SimNode::id_of(b);
}

}  // namespace

void Faults::run_until(Instant end, Duration gap) {
  end_ = end;
  gap_ = gap;
  schedule_.after(random_.between(Duration(1), 2 * gap_), [this] { strike(); });
}

void Faults::strike() {
  if (is_healed_ || schedule_.now() > end_) return;
  switch (random_.below(9)) {
    case 0:
      cut();
      break;
    case 1:
      silence();
      break;
    case 2:
      part();
      break;
    case 3:
      slow_down();
      break;
    case 4:
      stop();
      break;
    case 5:
      remove_peer();
      break;
    default:
      crash();
  }
  schedule_.after(random_.between(Duration(1), 2 * gap_), [this] { strike(); });
}

void Faults::undo_after(Duration pause, Task undo) {
  schedule_.after(pause, [this, task = std::move(undo)]() mutable {
    if (!is_healed_) task();
  });
}

void Faults::cut() {
  const auto [a, b] = shape_.links[random_.below(shape_.links.size())];
  told_("cut " + text(a, " - ", b));
  network_.cut(a, b);
}

void Faults::silence() {
  auto [a, b] = shape_.links[random_.below(shape_.links.size())];
  if (random_.chance(50)) std::swap(a, b);
  const bool both = random_.chance(40);
  told_("silence " + text(a, both ? " - " : " -> ", b));
  network_.block(a, b);
  if (both) network_.block(b, a);
  undo_after(random_.between(milliseconds(100), seconds(12)), [this, from = a, to = b, both] {
    told_("silence over " + text(from, both ? " - " : " -> ", to));
    network_.unblock(from, to);
    if (both) network_.unblock(to, from);
  });
}

void Faults::part() {
  std::vector<std::pair<HostId, HostId>> pairs;
  std::vector<bool> is_left(nodes_.size() + 1);
  for (std::size_t i = 0; i < is_left.size(); ++i) is_left[i] = random_.chance(50);
  for (const auto& a : nodes_) {
    for (const auto& b : nodes_) {
      const bool apart =
          is_left[static_cast<std::size_t>(a->host())] != is_left[static_cast<std::size_t>(b->host())];
      if (apart) pairs.emplace_back(a->host(), b->host());
    }
  }
  told_("the network parts");
  for (const auto& [from, to] : pairs) network_.block(from, to);
  undo_after(random_.between(milliseconds(200), seconds(15)), [this, undone = std::move(pairs)] {
    told_("the network is whole");
    for (const auto& [from, to] : undone) network_.unblock(from, to);
  });
}

void Faults::slow_down() {
  auto [a, b] = shape_.links[random_.below(shape_.links.size())];
  if (random_.chance(50)) std::swap(a, b);
  const Duration by = random_.between(milliseconds(20), seconds(4));
  told_("slow " + text(a, " -> ", b));
  network_.slow_down(a, b, by);
  undo_after(random_.between(milliseconds(500), seconds(8)),
             [this, from = a, to = b] { network_.slow_down(from, to, Duration::zero()); });
}

void Faults::crash() {
  SimNode& node = *nodes_[random_.below(nodes_.size())];
  if (!node.is_up()) return;
  const bool is_silent = random_.chance(40);
  told_((is_silent ? "power lost at " : "crash of ") + node.id());
  node.crash(is_silent ? Connection::Goodbye::kNone : Connection::Goodbye::kReset);
  start_again(node);
}

void Faults::stop() {
  SimNode& node = *nodes_[random_.below(nodes_.size())];
  if (!node.is_up()) return;
  told_("stop of " + node.id());
  node.stop(random_.between(Duration::zero(), seconds(2)));
  start_again(node);
}

void Faults::start_again(SimNode& node) {
  undo_after(random_.between(milliseconds(5), seconds(10)), [this, &node] {
    if (node.is_up()) return;
    told_("start of " + node.id());
    node.recover();
  });
}

void Faults::remove_peer() {
  const std::pair link = shape_.links[random_.below(shape_.links.size())];
  SimNode& node = *nodes_[static_cast<std::size_t>(link.first - 1)];
  if (!removed_.insert(link).second) return;
  told_("removed: " + text(link.first, " -> ", link.second));
  node.remove_peer(link.second);
  undo_after(random_.between(milliseconds(5), seconds(10)), [this, &node, link] {
    told_("added: " + text(link.first, " -> ", link.second));
    removed_.erase(link);
    node.add_peer(link.second);
  });
}

void Faults::heal() {
  is_healed_ = true;
  told_("all is well");
  network_.heal();
  for (const auto& [from, to] : std::exchange(removed_, {}))
    nodes_[static_cast<std::size_t>(from - 1)]->add_peer(to);
  for (const auto& node : nodes_) {
    if (!node->is_up()) node->recover();
  }
}

}  // namespace relay::sim
