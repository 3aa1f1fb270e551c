#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "cli/command.h"
#include "client/http_client.h"

namespace relay::cli {

// What the commands share: where they ask, where they print, how they end.

// The node that a command asks: its first operand where that is a URL (`operands` then begins behind it),
// else RELAY_URL or the default. Errors: kParse.
struct Asked {
  client::HttpClient client;
  std::span<const std::string> operands;
};
[[nodiscard]] Result<Asked> asked_node(const CommandOptions& options);

// Prints to standard output and gives the exit code: `code`, or that of a failure where nothing can be
// written.
[[nodiscard]] int print(const std::string& text, int code);

// Says on stderr what went wrong, and gives the exit code that belongs to it.
[[nodiscard]] int fail(const Error& error);

// A wrong command line of the command `name`.
[[nodiscard]] int fail_usage(std::string_view name, const std::string& sentence);

// A line "error: ..." or further lines on stderr, coloured on a terminal.
void complain_in_colour(const std::string& text);

// The width of the terminal that standard output goes to; 80 where it is none.
[[nodiscard]] std::size_t terminal_columns();

}  // namespace relay::cli
