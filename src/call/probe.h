#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "call/call.h"

namespace relay {

// Names one call that an actor waits for, on all nodes: the last entry of the call's own chain says it.
struct CallId {
  std::string node;  // of the caller
  std::uint64_t call = 0;

  friend auto operator<=>(const CallId&, const CallId&) = default;
};
[[nodiscard]] inline CallId id_of(const ChainEntry& entry) { return {entry.node, entry.call}; }

// The call that is in the hands of whoever makes one with this chain. nullptr: none that has a number.
[[nodiscard]] inline const ChainEntry* last_numbered(const std::vector<ChainEntry>& chain) {
  for (auto entry = chain.rbegin(); entry != chain.rend(); ++entry) {
    if (entry->call != 0) return &*entry;
  }
  return nullptr;
}

struct CallIdHash {
  [[nodiscard]] std::size_t operator()(const CallId& id) const {
    return std::hash<std::string>()(id.node) ^ (id.call * 0x9E3779B97F4A7C15u);
  }
};

// Somebody who waits, on the way of a probe.
struct ProbeStep {
  ChainEntry wait;  // who, in which method, for which call
  // The call surely stands in a mailbox: it has not begun and can still be taken back.
  bool is_blocked = false;
};

// Looks for a cycle of calls that wait for each other over nodes (docs/adr/0007). It goes along calls, from the node that
// waits to the node that should answer.
struct Probe {
  enum class Phase : std::uint8_t {
    kSearch,   // steps: the way so far; it goes along the last one
    kConfirm,  // steps: a whole cycle; it goes along steps[at] and has `left` more to go
  };

  Phase phase = Phase::kSearch;
  std::vector<ProbeStep> steps;  // never empty; the first began the search
  std::uint32_t round = 0;       // how often that one has searched before
  std::uint32_t at = 0;
  std::uint32_t left = 0;

  // The call along which it goes. Order: is_sound() has said yes.
  [[nodiscard]] const ChainEntry& along() const {
    return phase == Phase::kSearch ? steps.back().wait : steps[at].wait;
  }
};

// Steps of a probe; a longer way is not followed.
inline constexpr std::size_t kMaxProbeSteps = 256;

// Whether what came from elsewhere is a probe at all: its numbers fit its steps.
[[nodiscard]] inline bool is_sound(const Probe& probe) {
  const std::size_t count = probe.steps.size();
  if (count == 0 || count > kMaxProbeSteps) return false;
  return probe.phase == Probe::Phase::kSearch || (probe.at < count && probe.left <= 2 * count);
}

// The way of probes to other nodes. The mesh implements it.
class ProbePort {
 public:
  virtual ~ProbePort() = default;
  // Sends `probe` to the node to which this node's call `probe.along().call` has gone (the last entry of that call's
  // chain has this number). Dropped when there is none, or no way: a lost probe is sent again later.
  // Thread: any core; never calls back.
  virtual void send(Probe probe) = 0;
};

}  // namespace relay
