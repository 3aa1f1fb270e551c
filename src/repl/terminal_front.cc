#include "repl/terminal_front.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "base/plain_text.h"
#include "node/version.h"
#include "repl/command.h"
#include "repl/completeness.h"
#include "repl/completer.h"
#include "repl/style.h"

namespace relay::repl {
namespace {

// A terminal sends the bytes of one key at once; an escape that stands alone so long is the key of that name.
constexpr int kSequenceMs = 50;
constexpr char kInterruptByte = '\x03';
constexpr std::size_t kMostCandidates = 100;
constexpr std::size_t kReadBytes = 64 * 1024;  // what a pipe holds

bool is_whole_input(std::string_view text) {
  return as_command(text).has_value() || completeness(text) == Completeness::kWhole;
}

std::string columns_of(const std::vector<std::string>& candidates, std::size_t columns) {
  const std::size_t count = std::min(candidates.size(), kMostCandidates);
  std::vector<std::string> shown;  // names of files may hold anything
  std::size_t widest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    shown.push_back(plain_text(candidates[i]));
    widest = std::max(widest, width(shown.back()) + 2);
  }
  const std::size_t in_row = std::max<std::size_t>(columns / widest, 1);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const bool ends_row = (i + 1) % in_row == 0 || i + 1 == count;
    text += shown[i] + (ends_row ? "\n" : std::string(widest - width(shown[i]), ' '));
  }
  if (candidates.size() > count) text += "... " + std::to_string(candidates.size() - count) + " more\n";
  return text;
}

}  // namespace

TerminalFront::TerminalFront(StandardInput& input, const node::WakeEvent& event, int signals)
    : input_(input),
      event_(event),
      signals_(signals),
      history_(history_path()),
      editor_(history_, {.is_whole = is_whole_input, .complete = [this](std::string_view text, std::size_t cursor) {
                           return complete(*session_, text, cursor);
                         }}) {
  int ends[2];
  RELAY_CHECK(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0, "the system gives no pipe");
  output_reader_ = ends[0];
  output_writer_ = ends[1];
  if (isatty(STDERR_FILENO) == 1) log_to(output_writer_);
}

TerminalFront::~TerminalFront() {
  copy_output();
  log_to(-1);
  close(output_reader_);
  close(output_writer_);
}

Look TerminalFront::look() const {
  return {.colours = terminal_.colours(), .columns = [] { return Terminal::window().columns; }};
}

void TerminalFront::greet() {
  if (std::exchange(has_greeted_, true)) return;
  const std::string text = "relay " + std::string(node::version()) + ", :help tells what can be done here";
  terminal_.write(painted(text, Style::kFaint, terminal_.colours()) + "\n");
}

Front::Next TerminalFront::next_input(Session& session) {
  greet();
  session_ = &session;
  terminal_.set(Terminal::Mode::kEditing);
  keys_.add(input_.take_rest());
  input_.reopen();
  is_editing_ = true;
  Turn turn = take_keys();  // what was typed ahead
  while (turn == Turn::kGoOn) {
    draw();
    const Ready ready = watch({event_, signals_, input_.descriptor(), output_reader_}, keys_.is_in_sequence() ? kSequenceMs : kForever);
    if (ready.output) copy_output();
    if (ready.signal) break;
    if (ready.nothing()) keys_.end_sequence();
    if (ready.input || ready.nothing()) turn = take_keys();
  }
  is_editing_ = false;
  if (turn == Turn::kGoOn) {
    erase();
    return {Came::kSignal, {}};
  }
  terminal_.leave(editor_.finished(terminal_.window(), terminal_.colours()));
  terminal_.set(Terminal::Mode::kRunning);
  if (turn == Turn::kEnd) return {Came::kEnd, {}};
  const bool is_interrupted = give_rest_to_program();
  std::string text = editor_.take();
  history_.add(text);
  return {Came::kInput, std::move(text), is_interrupted};
}

// A Ctrl-C that was typed before the terminal made a signal of it is one all the same, and ends what stands before it.
// What stands behind it is for the next prompt.
bool TerminalFront::give_rest_to_program() {
  std::string rest = keys_.take_rest();
  char bytes[kReadBytes];
  const bool is_more = watch({event_, -1, input_.descriptor(), -1}, 0).input;
  const ssize_t count = is_more ? read(input_.descriptor(), bytes, sizeof bytes) : 0;
  if (count > 0) rest.append(bytes, static_cast<std::size_t>(count));
  const std::size_t interrupt = rest.rfind(kInterruptByte);
  if (interrupt != std::string::npos) {
    keys_.add(std::string_view(rest).substr(interrupt + 1));
    return true;
  }
  std::replace(rest.begin(), rest.end(), '\r', '\n');
  input_.add(rest);
  return false;
}

TerminalFront::Turn TerminalFront::take_keys() {
  char bytes[kReadBytes];
  while (true) {
    while (std::optional<Key> key = keys_.take()) {
      if (const Turn turn = handle(*key); turn != Turn::kGoOn) return turn;
    }
    const Ready ready = watch({event_, -1, input_.descriptor(), -1}, 0);
    if (!ready.input) return Turn::kGoOn;
    const ssize_t count = read(input_.descriptor(), bytes, sizeof bytes);
    if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) return Turn::kEnd;
    if (count > 0) keys_.add({bytes, static_cast<std::size_t>(count)});
  }
}

TerminalFront::Turn TerminalFront::handle(const Key& key) {
  switch (editor_.handle(key)) {
    case Editor::Event::kAccepted: return Turn::kInput;
    case Editor::Event::kEnded: return Turn::kEnd;
    case Editor::Event::kInterrupted: clear_line(); return Turn::kGoOn;
    case Editor::Event::kClearScreen:
      erase();
      terminal_.clear_screen();
      return Turn::kGoOn;
    case Editor::Event::kSuspend:
      erase();
      terminal_.suspend();
      return Turn::kGoOn;
    case Editor::Event::kNone: break;
  }
  show_candidates();
  return Turn::kGoOn;
}

void TerminalFront::show_candidates() {
  const std::vector<std::string> candidates = editor_.take_candidates();
  if (candidates.empty()) return;
  terminal_.leave(editor_.finished(terminal_.window(), terminal_.colours()));
  terminal_.write(columns_of(candidates, terminal_.window().columns));
}

void TerminalFront::clear_line() {
  if (session_ == nullptr) return;
  terminal_.leave(editor_.finished(terminal_.window(), terminal_.colours()));
  editor_.clear();
}

void TerminalFront::drop_typed_ahead() {
  terminal_.drop_typed_ahead();
  (void)input_.take_rest();
}

void TerminalFront::draw() { terminal_.draw(editor_.picture(terminal_.window(), terminal_.colours())); }

void TerminalFront::erase() { terminal_.erase(); }

// Once: a program that prints without end fills the pipe as fast as it is read, and Ctrl-C must be heard between.
void TerminalFront::copy_output() {
  char bytes[kReadBytes];
  const ssize_t count = read(output_reader_, bytes, sizeof bytes);
  if (count <= 0) return;
  if (is_editing_) erase();
  terminal_.write(filter_.filtered({bytes, static_cast<std::size_t>(count)}));
}

void TerminalFront::show(const Reply& reply) {
  terminal_.set(Terminal::Mode::kRunning);
  terminal_.write(reply.error);
  terminal_.write(reply.text);
  if (std::string problem = history_.take_problem(); !problem.empty()) {
    terminal_.write(painted("note: " + problem, Style::kFaint, terminal_.colours()) + "\n");
  }
}

}  // namespace relay::repl
