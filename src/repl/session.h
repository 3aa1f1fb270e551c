#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actor/actor_system.h"
#include "base/clock.h"
#include "base/guarded.h"
#include "lang/growing_program.h"
#include "node/node.h"
#include "repl/command.h"
#include "repl/value_text.h"

namespace relay::repl {

// What an input has come to. Both texts end with a line break or are empty.
struct Reply {
  std::string text;   // the value, or what a command tells
  std::string error;  // with its code frame; warnings too
  bool has_failed = false;
  bool leaves = false;
};

// How replies look; asked for each, since a window may change.
struct Look {
  Colours colours = Colours::kOff;
  std::function<std::size_t()> columns = [] { return std::size_t{80}; };
  Extent extent = Extent::kCut;
};

// One session at a prompt, without the prompt: evaluates inputs one after the other in the program of a node, and carries
// out commands.
//
// Order:  made; begin_first(), then the node starts; when is_busy() is false, take_reply(); begin() with an input, perhaps
//         interrupt(), and so on.
// Owner:  `program` and `node` outlive it; it outlives the run of the node.
// Thread: one, no core of the node, but for what the node tells the observer.
class Session final : public ProgramObserver {
 public:
  // `wake` is called on a core when is_busy() may have become false.
  Session(GrowingProgram& program, node::Node& node, Look look, std::function<void()> wake);

  // Runs the top-level code that the program has by now: that of a file, or none.
  void begin_first();
  void begin(const std::string& input);
  [[nodiscard]] bool is_busy() const;
  [[nodiscard]] Reply take_reply();
  // Ends what runs, soon: the reply says so.
  void interrupt();

  // For the completer: what the program's variables hold, by slot, while `look` runs; null before anything ran.
  void with_variables(const std::function<void(const std::vector<Value>*)>& look);
  [[nodiscard]] const GrowingProgram& program() const { return program_; }

  void on_program_end(const Value& value) override;
  void on_program_error(const ScriptError& error) override;
  void on_program_interrupted() override;

 private:
  // How the value of what runs is shown.
  enum class Show { kValue, kWhole, kType, kNothing };
  struct Outcome {
    Reply reply;
    Instant ended;
  };

  void run(const std::string& text, std::string name, Show show);
  void evaluate(std::shared_ptr<const SourceFile> file, Show show);
  void command(const CommandLine& line);
  void load(const std::string& path);
  void tell_state(const std::string& server);
  void refuse(std::string sentence);
  void add_diagnostics(const std::vector<Diagnostic>& diagnostics);
  [[nodiscard]] std::string value_line(const Value& value) const;
  [[nodiscard]] std::string type_line(const Value& value) const;
  void finish(Reply reply);

  GrowingProgram& program_;
  node::Node& node_;
  const Look look_;
  const std::function<void()> wake_;
  SystemClock clock_;
  std::size_t inputs_ = 0;
  std::string last_file_;

  // Of the input that runs; not changed while it does.
  Show show_ = Show::kValue;
  bool hides_nil_ = false;
  bool is_timed_ = false;
  Instant began_;
  Reply reply_;  // as far as it is known

  bool is_running_ = false;
  Guarded<std::optional<Outcome>> outcome_;
};

}  // namespace relay::repl
