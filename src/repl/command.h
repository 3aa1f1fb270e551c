#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relay::repl {

// What can be said to the session itself, rather than to the program: `:help`.
enum class CommandId { kHelp, kServers, kState, kType, kLoad, kTime, kFull, kQuit };

struct Command {
  CommandId id;
  std::string_view name;      // with the colon
  std::string_view argument;  // "NAME"; empty for a command without one
  std::string_view help;
};

// In the order of :help. A new command is one row in command.cc and its case in Session.
[[nodiscard]] std::span<const Command> commands();
[[nodiscard]] std::string help_text();

// An input that begins with `:` and a letter is a command; any other is for the program.
struct CommandLine {
  std::string name;
  std::string argument;  // the rest, without blanks around it
};
[[nodiscard]] std::optional<CommandLine> as_command(std::string_view input);
// Null for a name that is none.
[[nodiscard]] const Command* find_command(std::string_view name);
// "unknown command :hepl, did you mean :help?"
[[nodiscard]] std::string unknown_command(std::string_view name);

}  // namespace relay::repl
