#pragma once

#include "analysis/definitions.h"
#include "analysis/findings.h"
#include "analysis/observations.h"

namespace relay::analysis {

// What shows of variables and private functions once the whole text is known: reads that come before any
// `set` can have run, and what nobody ever reads or calls. A name that begins with `_` is meant to be unused.
void check_variables(const Definitions& definitions, const Observations& observations, Findings& findings);

}  // namespace relay::analysis
