#pragma once

#include <chrono>
#include <future>
#include <optional>

#include "actor/actor_system.h"
#include "base/guarded.h"
#include "relay/result.h"

namespace relay::embed {

// How the program of a node ended, for whoever waits for it.
// Thread: any.
class ProgramEnd final : public ProgramObserver {
 public:
  ProgramEnd() : end_(promise_.get_future().share()) {}

  void on_program_end(const relay::Value& value) override;
  void on_program_error(const ScriptError& error) override;
  // The node has stopped: if the program still ran, it did not end.
  void on_stop();

  // Errors: those of the program; kTimeout; kShuttingDown, when the node stops first.
  [[nodiscard]] api::Result<void> wait(std::chrono::milliseconds timeout) const;

 private:
  void set(api::Result<void> end);

  Guarded<bool> has_ended_{false};
  std::promise<api::Result<void>> promise_;
  const std::shared_future<api::Result<void>> end_;
};

}  // namespace relay::embed
