#pragma once

#include "analysis/definitions.h"
#include "analysis/observations.h"
#include "analysis/symbol_index.h"

namespace relay::analysis {

// Makes the index of what a walk has found.
class IndexBuilder {
 public:
  [[nodiscard]] static SymbolIndex build(Definitions& definitions, Observations& observations);
};

}  // namespace relay::analysis
