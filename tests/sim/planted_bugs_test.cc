#include <gtest/gtest.h>

#include <string>

#include "base/log.h"
#include "mesh/planted.h"
#include "sim/simulation.h"

namespace relay::sim {
namespace {

using mesh::Bug;

// Seeds within which a bug must be found.
constexpr std::uint64_t kSeeds = 300;

struct Planted {
  Bug bug;
  const char* name;
  Mode mode = Mode::kRealistic;
};

void PrintTo(const Planted& planted, std::ostream* out) {
  *out << planted.name;
}

class PlantedBug : public testing::TestWithParam<Planted> {
 protected:
  void SetUp() override { configure_log(LogLevel::kOff, LogFormat::kText); }
  void TearDown() override { mesh::planted_bug = Bug::kNone; }
};

TEST_P(PlantedBug, IsFound) {
  mesh::planted_bug = GetParam().bug;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Outcome outcome = simulate({.seed = seed, .mode = GetParam().mode});
    if (outcome.violations.empty()) continue;
    std::string text = outcome.violations.front().substr(0, 160);
    RecordProperty("seed", std::to_string(seed));
    printf("  seed %d: %s\n", static_cast<int>(seed), text.c_str());
    return;
  }
  FAIL() << "no seed up to " << kSeeds << " has found it";
}

INSTANTIATE_TEST_SUITE_P(
    , PlantedBug,
    testing::Values(Planted{Bug::kCallsNotRemembered, "CallsNotRemembered", Mode::kHostile},
                    Planted{Bug::kRepliesOfAnyone, "RepliesOfAnyone", Mode::kHostile},
                    Planted{Bug::kAnsweredTwice, "AnsweredTwice"}, Planted{Bug::kTtlKept, "TtlKept"},
                    Planted{Bug::kRouteKept, "RouteKept"}, Planted{Bug::kAvoidForgotten, "AvoidForgotten"},
                    Planted{Bug::kUnwrittenIsUnknown, "UnwrittenIsUnknown"},
                    Planted{Bug::kWrittenIsUnwritten, "WrittenIsUnwritten"},
                    Planted{Bug::kForwardedIsUnwritten, "ForwardedIsUnwritten"},
                    Planted{Bug::kRetriedThoughItMayHaveRun, "RetriedThoughItMayHaveRun"},
                    Planted{Bug::kPendingKept, "PendingKept"},
                    Planted{Bug::kDeadlineForgotten, "DeadlineForgotten"},
                    Planted{Bug::kStaleNews, "StaleNews"}, Planted{Bug::kNewsKept, "NewsKept"},
                    Planted{Bug::kLateReplyCounts, "LateReplyCounts"}, Planted{Bug::kNoRedial, "NoRedial"}),
    [](const auto& planted) { return planted.param.name; });

}  // namespace
}  // namespace relay::sim
