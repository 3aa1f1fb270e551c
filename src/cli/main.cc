#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/help.h"
#include "cli/parse_options.h"
#include "cli/run.h"
#include "cli/standard_streams.h"
#include "node/version.h"

namespace {

using namespace relay;

std::optional<std::string> process_environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

int print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  return cli::kExitFine;
}

int run_command_line(const std::vector<std::string>& arguments) {
  if (const auto code = cli::run_command(arguments, process_environment)) return *code;
  auto options = cli::parse_options(arguments, process_environment);
  if (!options) {
    std::fprintf(stderr, "relay: %s\n`relay -help` lists the flags.\n", options.error().detail.c_str());
    return cli::kExitUsage;
  }
  if (options->help) return print(cli::full_help());
  if (options->version) return print("relay " + std::string(node::version()) + "\n");
  if (!options->file && !options->expression && !options->serve && !options->repl) {
    print(cli::short_help());
    return cli::kExitUsage;
  }
  return cli::run(std::move(*options));
}

}  // namespace

int main(int count, char** values) {
  cli::fill_standard_streams();
  try {
    return run_command_line({values + (count > 0 ? 1 : 0), values + count});
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "relay: cannot start: %s\n", fault.what());
    return cli::kExitProgramFailed;
  }
}
