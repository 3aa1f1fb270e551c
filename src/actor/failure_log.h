#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "actor/wait_graph.h"
#include "base/guarded.h"
#include "call/reply.h"

namespace relay {

// Told, on a core, of a failure that nobody waits for.
using UnheardFailure = std::function<void(WaitGraph::Place place, const Failure& failure)>;

// Says in the log why something failed that nobody waits for (a notification, a server's start), and keeps a flood of
// failures from being a flood of lines: the first failure of a kind at a server gets its line at once; those that
// follow are counted, and each second one line says how many they were, until a second brings none.
//
// Bound:  kMostSources servers and kinds apart; what fails beyond them is counted together.
// Owner:  outlives its core's timers.
// Thread: note() on a core of the realm.
class FailureLog {
 public:
  static constexpr std::size_t kMostSources = 1'000;

  FailureLog() = default;
  // Reports what is counted and not yet said.
  ~FailureLog();
  FailureLog(const FailureLog&) = delete;
  FailureLog& operator=(const FailureLog&) = delete;

  void note(WaitGraph::Place place, const Failure& failure);
  // Tells `told` of each as well. Before the first.
  void tell(UnheardFailure told) { told_ = std::move(told); }

 private:
  struct Source {
    std::string server;
    std::string kind;
    auto operator<=>(const Source&) const = default;
  };
  // Failures that were only counted, of each source that has failed within the last second.
  using Counts = std::map<Source, std::uint64_t>;

  // Whether this failure is the first and gets a line; if so the source is to be looked at a second later.
  [[nodiscard]] bool count(Source& source);
  void look_again_at(Source source);
  void report(const Source& source);

  UnheardFailure told_;
  Guarded<Counts> counts_;
};

}  // namespace relay
