#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "node/node_config.h"

namespace relay::cli {

// Who has set a flag, the weakest first: a stronger one is never overwritten by a weaker one.
enum class FlagSource : std::uint8_t { kDefault, kConfig, kEnvironment, kCommandLine };

// What one command line, together with the environment, asks for.
struct Options {
  std::optional<std::string> file;        // "-": standard input
  std::optional<std::string> expression;  // -e
  bool serve = false;
  bool repl = false;
  bool dump_bytecode = false;
  bool version = false;
  bool help = false;
  LogLevel log_level = LogLevel::kInfo;
  LogFormat log_format = LogFormat::kText;
  node::NodeConfig node;

  std::vector<FlagSource> sources;  // of each flag, by its place in flags(); shorter: kDefault
};

}  // namespace relay::cli
