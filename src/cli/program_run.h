#pragma once

#include <optional>
#include <string>

#include "actor/actor_system.h"
#include "base/guarded.h"
#include "cli/options.h"
#include "cli/stop_signals.h"
#include "node/node.h"
#include "node/wake_event.h"

namespace relay::cli {

// One run of a node from its start to the exit code: the main thread waits here for what the node's threads report
// and for signals.
//
// - Without -server it ends when the program does; with it, at a signal, after calls in work have ended.
// - A program that fails ends it in both cases; so does, without -server, a reader of its output that goes away.
// - A signal during the end exits the process at once. After a signal, a reader of its output that stands still is
//   waited for one second at most.
//
// Owner:  outlives the node, whose threads may report until it is gone.
// Thread: the main one; the observer's members are called on a core.
class ProgramRun final : public ProgramObserver {
 public:
  ProgramRun(const Options& options, const StopSignals& signals);

  // Once. Gives the exit code.
  [[nodiscard]] int run(node::Node& node);

  void on_program_end(const Value& value) override;
  void on_program_error(const ScriptError& error) override;

 private:
  // What the main thread has not looked at yet.
  struct News {
    bool has_ended = false;
    std::optional<std::string> error;  // of the program, as it is shown
    int output_error = 0;              // printing fails with this error number
    bool has_stopped = false;
    bool has_printed = false;
  };
  enum class Happening { kNews, kSignal, kNothing };

  template <typename F>
  void tell(F&& change);
  // kNothing only when `milliseconds` have passed.
  [[nodiscard]] Happening wait(int milliseconds = node::WakeEvent::kForever) const;
  [[nodiscard]] std::optional<int> on_news();
  [[nodiscard]] std::optional<int> on_signal();
  [[nodiscard]] std::optional<int> on_output_error(int error);
  void finish_printing();

  const Options& options_;
  node::Node* node_ = nullptr;
  const StopSignals& signals_;
  bool is_stopping_ = false;
  bool was_interrupted_ = false;
  std::string error_;
  node::WakeEvent event_;
  Guarded<News> news_;
};

}  // namespace relay::cli
