#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "cli/parse_options.h"

namespace relay::cli {

// How a command writes what it has to say.
enum class OutputFormat : std::uint8_t { kText, kJson };

// What the words behind the name of a command ask for.
struct CommandOptions {
  std::vector<std::string> operands;
  bool help = false;
  bool json = false;
  OutputFormat format = OutputFormat::kText;
  bool check = false;  // of fmt: change nothing
  bool html = false;   // of doc
  Duration timeout = std::chrono::seconds(30);
  std::string batch;  // the file of -batch, "-" for standard input
  std::size_t connections = 64;
  std::size_t pings = 3;
  Duration duration = std::chrono::seconds(10);
  std::string filter;  // a part of the names of tests
  bool verbose = false;
  std::vector<std::string> allowed_environment;
  std::string url;    // RELAY_URL, else the default
};

// A flag of commands. It has no environment variable, and means the same wherever it stands.
struct CommandFlag {
  std::string_view name;      // without the dash
  std::string_view argument;  // "SECONDS"; empty for a flag without a value
  std::string_view help;
  std::string_view standard;  // the default; empty where there is none worth a word
  Result<void> (*set)(CommandOptions&, std::string_view);
};

// One row of the table of commands: `relay NAME ...`. Parsing and help come from it alone.
struct Command {
  std::string_view name;
  std::string_view usage;    // what stands behind the name, "[URL] server.method ARG..."
  std::string_view summary;  // one line
  std::string_view text;     // what -help adds: details and examples
  std::span<const CommandFlag* const> flags;
  int (*run)(const CommandOptions&);  // gives the exit code
};

[[nodiscard]] std::span<const Command> commands();
// nullptr for a word that is no command.
[[nodiscard]] const Command* find_command(std::string_view name);

// Reads the words behind the name of a command. Flags stand anywhere, as `-json`, `-timeout 5` or
// `-timeout=5`, with one dash or two; `--` ends them; a negative number is no flag. Errors: kParse, as for
// parse_options().
[[nodiscard]] Result<CommandOptions> parse_command(const Command& command, std::span<const std::string> words,
                                                   const Environment& environment);

// Runs the command that the first argument names. Nothing where it names none: then the arguments are those
// of a program. `relay help NAME` is one, and so is `relay NAME -help`.
[[nodiscard]] std::optional<int> run_command(std::span<const std::string> arguments,
                                             const Environment& environment);

}  // namespace relay::cli
