#pragma once

#include <cstdint>
#include <vector>

#include "analysis/definitions.h"
#include "analysis/findings.h"
#include "analysis/observations.h"
#include "base/diagnostic.h"
#include "lang/ast.h"

namespace relay::analysis {

// From where the functions of a program are called, as far as it shows.
class Reach {
 public:
  Reach(const Definitions& definitions, const Observations& observations);

  // The program alone, or one of its tests, comes there: no message from outside is needed. kUnknown is the
  // top level.
  [[nodiscard]] bool runs_by_itself(std::uint32_t function) const;

  // Makes a warning of each error in a function that does nothing but fail, and all of whose callers catch
  // that, as far as they show: whoever holds it as a value, and a request from outside, may call it too.
  void soften(std::vector<Diagnostic>& findings) const;

 private:
  enum class Way : std::uint8_t { kEvery, kUncaught };
  using Marks = std::vector<bool>;  // by function
  [[nodiscard]] Marks follow(std::vector<std::uint32_t> from, Way way) const;

  const Definitions& definitions_;
  std::vector<std::vector<const KnownCall*>> calls_from_;  // the last: those of the top level
  Marks runs_by_itself_;
  Marks is_caught_;  // by all its callers
};

// Warns of servers that the program names and does not define: of each that is nearly the name of one that it
// has, and of others where it comes by itself and catches nothing. A program that names its peers, and one
// that only a message from outside brings there, may well have the server elsewhere.
void warn_unknown_servers(const ast::Module& module, const Reach& reach, const Observations& observations,
                          Findings& findings);

}  // namespace relay::analysis
