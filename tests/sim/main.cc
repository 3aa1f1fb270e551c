// Runs simulations of whole nodes: `mesh_sim --seed 7 --verbose`.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "base/log.h"
#include "sim/simulation.h"

namespace relay::sim {
namespace {

constexpr const char* kUsage =
    "usage: mesh_sim [--seed N] [--seeds COUNT] [--nodes N] [--mode realistic|hostile] [--verbose]\n";

struct Options {
  Run first;
  std::uint64_t seeds = 1;
};

bool parse_number(const char* text, std::uint64_t& out) {
  char* end = nullptr;
  out = std::strtoull(text, &end, 10);
  return end != text && *end == '\0';
}

bool parse_mode(std::string_view text, Mode& out) {
  out = text == "hostile" ? Mode::kHostile : Mode::kRealistic;
  return text == "hostile" || text == "realistic";
}

bool parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "--verbose") {
      options.first.is_verbose = true;
      continue;
    }
    if (++i == argc) return false;
    std::uint64_t number = 0;
    if (flag == "--mode") {
      if (!parse_mode(argv[i], options.first.mode)) return false;
      continue;
    }
    if (!parse_number(argv[i], number)) return false;
    if (flag == "--seed") {
      options.first.seed = number;
    } else if (flag == "--seeds") {
      options.seeds = number;
    } else if (flag == "--nodes" && (number == 0 || (number >= 2 && number <= 200))) {
      options.first.nodes = static_cast<int>(number);
    } else {
      return false;
    }
  }
  return true;
}

std::string replay(const char* program, const Run& run) {
  std::string command = std::string(program) + " --seed " + std::to_string(run.seed);
  if (run.nodes > 0) command += " --nodes " + std::to_string(run.nodes);
  if (run.mode == Mode::kHostile) command += " --mode hostile";
  return command + " --verbose";
}

// Of all seeds together.
struct Sums {
  std::uint64_t failed = 0;
  std::uint64_t hash = 0;
  std::uint64_t events = 0;
  std::size_t calls = 0;
  std::map<std::string, std::size_t> ends;
};

void add(Sums& sums, const Outcome& outcome) {
  sums.failed += outcome.violations.empty() ? 0 : 1;
  sums.hash = sums.hash * 31 + outcome.hash;
  sums.events += outcome.events;
  sums.calls += outcome.calls;
  for (const auto& [end, count] : outcome.ends) sums.ends[end] += count;
}

int run_all(const char* program, const Options& options) {
  Sums sums;
  for (std::uint64_t i = 0; i < options.seeds; ++i) {
    Run run = options.first;
    run.seed += i;
    const Outcome outcome = simulate(run);
    add(sums, outcome);
    if (outcome.violations.empty()) continue;
    fmt::print("seed {} failed; replay: {}\n", run.seed, replay(program, run));
    for (const std::string& violation : outcome.violations) fmt::print("  {}\n", violation);
  }
  fmt::print("{} seeds, {} failed; {} events, {} calls; trace {:016x}\n", options.seeds, sums.failed,
             sums.events, sums.calls, sums.hash);
  for (const auto& [end, count] : sums.ends) fmt::print("  {:<18} {}\n", end, count);
  return sums.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace relay::sim

int main(int argc, char** argv) {
  relay::sim::Options options;
  if (!relay::sim::parse(argc, argv, options)) {
    std::fputs(relay::sim::kUsage, stderr);
    return 2;
  }
  relay::configure_log(options.first.is_verbose ? relay::LogLevel::kInfo : relay::LogLevel::kOff,
                       relay::LogFormat::kText);
  return relay::sim::run_all(argv[0], options);
}
