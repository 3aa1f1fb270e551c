#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace relay::sim {

enum class Mode : std::uint8_t {
  kRealistic,  // networks and machines fail as they do; everything that the specification promises is
               // demanded
  kHostile,    // links lose, repeat and swap messages, and a peer lies; safety and deadlines are demanded
};

struct Run {
  std::uint64_t seed = 1;
  int nodes = 0;  // 0: drawn from the seed, 3 to 8
  Mode mode = Mode::kRealistic;
  bool is_verbose = false;
};

struct Outcome {
  std::vector<std::string> violations;  // what must never be, in the order found; empty: all is well
  std::uint64_t hash = 0;               // of everything that happened
  std::uint64_t events = 0;
  std::size_t calls = 0;
  std::map<std::string, std::size_t> ends;  // how calls ended: "value" or the kind of their failure
};

// Lives through one simulation: a pure function of `run`.
[[nodiscard]] Outcome simulate(const Run& run);

}  // namespace relay::sim
