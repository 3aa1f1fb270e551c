#include "repl/repl.h"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

#include "repl/pipe_front.h"
#include "repl/terminal_front.h"
#include "repl/watch.h"

namespace relay::repl {
namespace {

constexpr int kExitFine = 0;
constexpr int kExitFailed = 1;
constexpr int kExitInterrupted = 130;

std::unique_ptr<Front> front_for(StandardInput& input, const node::WakeEvent& event, int signals,
                                 std::atomic<bool>& is_over) {
  if (Terminal::is_there()) return std::make_unique<TerminalFront>(input, event, signals);
  const bool has_person = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  const auto reader = has_person ? PipeFront::Reader::kPerson : PipeFront::Reader::kFile;
  return std::make_unique<PipeFront>(input, event, signals, is_over, reader);
}

}  // namespace

std::vector<int> Repl::further_signals() {
  if (!Terminal::is_there()) return {};
  return {SIGHUP, SIGQUIT, SIGWINCH};
}

Repl::Repl(int signals)
    : signals_(signals),
      input_(STDIN_FILENO, [this] { event_.wake(); }),
      front_(front_for(input_, event_, signals, is_output_broken_)) {}

Repl::~Repl() = default;

int Repl::run(GrowingProgram& program, node::Node& node, Ending ending) {
  Session session(program, node, front_->look(), [this] { event_.wake(); });
  node.when_output_breaks([this](int) {
    is_output_broken_ = true;
    event_.wake();
  });
  // Not before: at a signal while a node begins to listen the process ends as it stands, and the terminal with it.
  front_->give_line_to_program();
  session.begin_first();
  node.start();
  finish(session, node);
  while (!code_) {
    Front::Next next = front_->next_input(session);
    if (is_output_broken_) code_ = kExitFailed;
    if (next.what == Front::Came::kSignal) {
      take_signal(nullptr);
      continue;
    }
    if (next.what == Front::Came::kEnd) break;
    session.begin(next.text);
    if (next.is_interrupted) session.interrupt();
    finish(session, node);
    if (next.is_interrupted) input_.drop_requests();  // it may have come to wait for a line before it ended
  }
  if (ending == Ending::kDrains) drain(node);
  node.halt();
  if (code_) return *code_;
  return has_failed_ && !front_->is_interactive() ? kExitFailed : kExitFine;
}

void Repl::finish(Session& session, node::Node& node) {
  if (!wait_for_reply(session)) return;
  flush(node);
  const Reply reply = session.take_reply();
  front_->show(reply);
  has_failed_ |= reply.has_failed;
  if (reply.leaves && !code_) code_ = has_failed_ && !front_->is_interactive() ? kExitFailed : kExitFine;
}

bool Repl::wait_for_reply(Session& session) {
  while (session.is_busy()) {
    input_.serve_program();
    const bool is_wanted = input_.is_wanted();
    if (is_wanted) front_->give_line_to_program();
    const int input = is_wanted ? input_.descriptor() : -1;
    const Ready ready = watch({event_, signals_, input, front_->output()});
    if (ready.signal) take_signal(&session);
    if (ready.input) input_.read_some();
    if (ready.output) front_->copy_output();
    if (is_output_broken_) code_ = kExitFailed;
    if (code_) return false;
  }
  return true;
}

void Repl::flush(node::Node& node) {
  has_printed_ = false;
  node.when_printed([this] {
    has_printed_ = true;
    event_.wake();
  });
  while (!has_printed_) {
    const Ready ready = watch({event_, -1, -1, front_->output()});
    if (ready.output) front_->copy_output();
  }
  if (front_->output() >= 0) front_->copy_output();
}

// On a terminal the first signal of Ctrl-C stops what runs; SIGWINCH has done its work when it has ended a wait. Any other
// ends the session.
void Repl::take_signal(Session* session) {
  const int signal = repl::take_signal(signals_);
  if (signal == 0 || signal == SIGWINCH) return;
  if (signal == SIGINT && front_->is_interactive()) {
    if (session == nullptr) return front_->clear_line();
    input_.drop_requests();
    front_->drop_typed_ahead();
    return session->interrupt();
  }
  code_ = kExitInterrupted;
}

void Repl::drain(node::Node& node) {
  node.stop([this] {
    has_stopped_ = true;
    event_.wake();
  });
  while (!has_stopped_) {
    const Ready ready = watch({event_, signals_, -1, front_->output()});
    const int signal = ready.signal ? repl::take_signal(signals_) : 0;
    if (signal != 0 && signal != SIGWINCH) {
      front_->leave_terminal();
      std::_Exit(kExitInterrupted);
    }
    if (ready.output) front_->copy_output();
  }
}

}  // namespace relay::repl
