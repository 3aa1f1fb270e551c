#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actor/actor_system.h"
#include "base/diagnostic.h"
#include "base/guarded.h"
#include "cli/test_case.h"
#include "node/wake_event.h"

namespace relay::cli {

// One test in this process, from the first line of its file to the last message that it has sent: a node without HTTP
// and without a mesh, whose streams are those of the process.
//
// What fails a test: an error that top-level code or the block does not catch, and a notification of theirs, or the start of a
// server, that fails. When the block has ended, messages still on their way are handled, for kLastMessages at most.
// Thread: one; the observer's members are called on a core.
class TestRun final : public ProgramObserver {
 public:
  TestRun(const TestCase& test, Colours colours) : test_(test), colours_(colours) {}

  // Once. Gives what failed, as users see it; empty: it has passed.
  [[nodiscard]] std::string run();

  void on_program_end(const Value& value) override;
  void on_program_error(const ScriptError& error) override;

 private:
  // What fails beyond that many is only counted.
  static constexpr std::size_t kMostUnheard = 5;

  struct News {
    bool has_ended = false;
    bool has_stopped = false;
    bool has_printed = false;
    std::optional<std::string> error;
    std::vector<std::string> unheard;
    std::size_t more_unheard = 0;
  };
  template <typename F>
  void tell(F&& change);
  template <typename F>
  void wait_for(F&& has_happened);
  void on_unheard(WaitGraph::Place place, const Failure& failure);
  [[nodiscard]] std::string verdict() const;

  const TestCase test_;
  const Colours colours_;
  node::WakeEvent event_;
  Guarded<News> news_;
};

}  // namespace relay::cli
