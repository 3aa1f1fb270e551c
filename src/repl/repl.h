#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "lang/growing_program.h"
#include "node/node.h"
#include "node/wake_event.h"
#include "repl/front.h"
#include "repl/standard_input.h"

namespace relay::repl {

// A session from its start to the exit code: on a terminal with a prompt, else from standard input.
//
// Exit: 0; 1 when an input failed and there is no terminal, or nobody reads the output any more; 130 after a signal that
//       did not stop an evaluation.
// Order: made; a node with streams(); run().
// Owner: outlives the node.
// Thread: the main one.
class Repl {
 public:
  // What a session hears beside SIGINT and SIGTERM. On a terminal: what would end the process and leave the terminal as an
  // editor needs it, and what tells of another size.
  [[nodiscard]] static std::vector<int> further_signals();
  // `signals`: a signalfd of them all.
  explicit Repl(int signals);
  ~Repl();
  Repl(const Repl&) = delete;
  Repl& operator=(const Repl&) = delete;

  [[nodiscard]] node::Streams streams() { return front_->streams(); }

  enum class Ending { kAtOnce, kDrains };  // kDrains: a node that serves lets its calls end
  // `program` is what the node runs; the first is what it was loaded with.
  [[nodiscard]] int run(GrowingProgram& program, node::Node& node, Ending ending);
  // Something was wrong before run().
  void note_failure() { has_failed_ = true; }

 private:
  void finish(Session& session, node::Node& node);
  [[nodiscard]] bool wait_for_reply(Session& session);
  void flush(node::Node& node);
  void take_signal(Session* session);
  void drain(node::Node& node);

  node::WakeEvent event_;
  const int signals_;
  StandardInput input_;
  std::atomic<bool> is_output_broken_{false};
  std::unique_ptr<Front> front_;
  bool has_failed_ = false;
  std::optional<int> code_;  // known: the session is over
  std::atomic<bool> has_printed_{false};
  std::atomic<bool> has_stopped_{false};
};

}  // namespace relay::repl
