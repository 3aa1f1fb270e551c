#include "cli/parse_options.h"

#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "cli/flag.h"

namespace relay::cli {
namespace {

Error usage(std::string detail) { return {Errc::kParse, std::move(detail)}; }

std::vector<std::string> flag_names() {
  std::vector<std::string> names;
  for (const Flag& flag : flags()) names.emplace_back(flag.name);
  return names;
}

Error unknown_flag(std::string_view name) {
  std::string detail = "unknown flag -" + std::string(name);
  const std::string nearest = nearest_name(name, flag_names());
  if (!nearest.empty()) detail += ", did you mean -" + nearest + "?";
  return usage(std::move(detail));
}

bool looks_like_a_flag(std::string_view argument) { return argument.size() > 1 && argument.front() == '-'; }

// A negative number is a (wrong) value rather than a flag that was put in its place.
bool is_no_value(std::string_view argument) {
  const bool is_number = argument.size() > 1 && argument[1] >= '0' && argument[1] <= '9';
  return looks_like_a_flag(argument) && !is_number;
}

// Walks over the arguments once, from the left.
class Walk {
 public:
  Walk(std::span<const std::string> arguments, Options& options) : rest_(arguments), options_(options) {}

  Result<void> run() {
    while (!rest_.empty()) {
      const std::string& argument = rest_.front();
      if (argument == "--") {
        rest_ = rest_.subspan(1);
        take_operands();
        return {};
      }
      if (!looks_like_a_flag(argument)) {
        if (has_program()) break;
        options_.file = argument;
        rest_ = rest_.subspan(1);
        continue;
      }
      if (auto taken = take_flag(); !taken) return taken;
    }
    take_operands();
    return {};
  }

 private:
  [[nodiscard]] bool has_program() const { return options_.file || options_.expression; }

  void take_operands() {
    if (!has_program() && !rest_.empty()) {
      options_.file = rest_.front();
      rest_ = rest_.subspan(1);
    }
    options_.node.arguments.assign(rest_.begin(), rest_.end());
    rest_ = {};
  }

  Result<void> take_flag() {
    std::string_view text = rest_.front();
    rest_ = rest_.subspan(1);
    text.remove_prefix(text.starts_with("--") ? 2 : 1);
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const Flag* flag = name == "h" ? find_flag("help") : find_flag(name);
    if (flag == nullptr) return unknown_flag(name);
    if (equals != std::string_view::npos) return set(*flag, text.substr(equals + 1));
    if (std::holds_alternative<BoolFlag>(flag->target)) return set(*flag, "true");

    const bool takes_anything = flag->name == "e";
    if (rest_.empty() || (is_no_value(rest_.front()) && !takes_anything)) {
      std::string detail = "-" + std::string(flag->name) + ": " + std::string(flag->argument) + " is missing";
      if (!rest_.empty()) detail += " before " + rest_.front();
      return usage(std::move(detail));
    }
    const std::string& value = rest_.front();
    rest_ = rest_.subspan(1);
    return set(*flag, value);
  }

  Result<void> set(const Flag& flag, std::string_view value) {
    auto done = set_flag(options_, flag, value, FlagSource::kCommandLine);
    if (!done) done.error().detail = "-" + std::string(flag.name) + ": " + done.error().detail;
    return done;
  }

  std::span<const std::string> rest_;
  Options& options_;
};

// What Kubernetes and Docker put into RELAY_PORT where a service or a linked container is called "relay".
bool is_service_link(std::string_view value) { return value.starts_with("tcp://") || value.starts_with("udp://"); }

Result<void> read_environment(const Environment& environment, Options& options) {
  for (const Flag& flag : flags()) {
    const std::string variable = environment_name(flag);
    if (variable.empty()) continue;
    const auto value = environment(variable);
    if (!value || value->empty() || is_service_link(*value)) continue;
    auto done = set_flag(options, flag, *value, FlagSource::kEnvironment);
    if (!done) return usage(variable + ": " + done.error().detail);
  }
  return {};
}

}  // namespace

Result<Options> parse_options(std::span<const std::string> arguments, const Environment& environment) {
  Options options;
  if (auto walked = Walk(arguments, options).run(); !walked) return std::move(walked.error());
  if (auto read = read_environment(environment, options); !read) return std::move(read.error());
  if (options.file && options.expression) {
    return usage("a FILE (" + *options.file + ") and -e exclude each other");
  }
  if (options.repl && (options.expression || options.file == "-")) {
    return usage("-repl reads standard input itself: neither -e nor `-` goes with it");
  }
  if (options.node.disable_registry && !options.node.peers.empty()) {
    return usage("-add-peer and -disable-registry exclude each other: a node without a registry has no links");
  }
  return options;
}

}  // namespace relay::cli
