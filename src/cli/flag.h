#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "cli/options.h"

namespace relay::cli {

// Where the value of a flag goes, and what it may be. `at` finds its place in the options.
using TextCheck = Result<void> (*)(std::string_view);

struct BoolFlag {
  bool& (*at)(Options&);
};
struct TextFlag {
  std::string& (*at)(Options&);
  TextCheck check = nullptr;
};
struct CountFlag {
  std::size_t& (*at)(Options&);
  std::size_t least = 1;
  std::size_t most = 1'000'000'000;
};
// A number of bytes, also as 64KiB, 8MiB, 1GiB.
struct BytesFlag {
  std::size_t& (*at)(Options&);
  std::size_t least = 1;
};
// A number of seconds, also as 500ms, 2m, 1h.
struct SecondsFlag {
  Duration& (*at)(Options&);
  Duration least = std::chrono::milliseconds(1);
};
// May be given several times; one value may also hold several parts.
struct ListFlag {
  std::vector<std::string>& (*at)(Options&);
  char separator;
  TextCheck check = nullptr;
};
// All other kinds.
struct OwnFlag {
  Result<void> (*set)(Options&, std::string_view);
};

using FlagTarget = std::variant<BoolFlag, TextFlag, CountFlag, BytesFlag, SecondsFlag, ListFlag, OwnFlag>;

// kAction: what to do, not how; such a flag belongs to one command line and has no environment variable, since
// containers and scripts give RELAY_VERSION and the like a meaning of their own. kServing: means something only with
// -server; kNode: of the node, which a program is that only runs and dials peers, too.
enum class FlagGroup { kAction, kProgram, kServing, kNode, kLog, kLimits };

// One row of the table of flags: parsing, -help and the environment come from it alone.
struct Flag {
  std::string_view name;      // without the dash
  std::string_view argument;  // "FILE"; empty for a flag without a value
  std::string_view help;      // one sentence without a full stop
  FlagGroup group;
  FlagTarget target;
  std::string_view standard = {};  // the default where the options do not show it themselves
};

[[nodiscard]] std::span<const Flag> flags();
// nullptr for a name that is no flag.
[[nodiscard]] const Flag* find_flag(std::string_view name);

// "RELAY_NODE_ID" for `-node-id`; empty for a flag that has none.
[[nodiscard]] std::string environment_name(const Flag& flag);
// The default as -help shows it; empty where there is none worth a word.
[[nodiscard]] std::string default_text(const Flag& flag);

// Gives a flag its value, unless a stronger source has done so. Errors: kParse, what was expected and what came.
[[nodiscard]] Result<void> set_flag(Options& options, const Flag& flag, std::string_view value, FlagSource source);

}  // namespace relay::cli
