#pragma once

#include "analysis/definitions.h"
#include "analysis/findings.h"
#include "analysis/observations.h"

namespace relay::analysis {

// Warns of messages that, when they are sent on the way shown, wait for a server that waits for them:
// `deadlock: a.x -> b.y -> a.z`. A server handles nothing else while one of its methods waits for a reply, so
// the two need not be one method.
//
// Bound: kMostCycleSteps calls looked at; a program that needs more gets no further warnings.
inline constexpr int kMostCycleSteps = 2'000'000;
void warn_call_cycles(const Definitions& definitions, const Observations& observations, Findings& findings);

}  // namespace relay::analysis
