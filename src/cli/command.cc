#include "cli/command.h"

#include <cstdio>
#include <utility>

#include "base/diagnostic.h"
#include "cli/exit_code.h"
#include "cli/help.h"
#include "client/node_url.h"

namespace relay::cli {
namespace {

Error usage(std::string detail) {
  return {Errc::kParse, std::move(detail)};
}

bool is_flag(std::string_view word) {
  const bool is_number = word.size() > 1 && ((word[1] >= '0' && word[1] <= '9') || word[1] == '.');
  return word.size() > 1 && word.front() == '-' && !is_number;
}

const CommandFlag* find_flag(const Command& command, std::string_view name) {
  for (const CommandFlag* flag : command.flags) {
    if (flag->name == name) return flag;
  }
  return nullptr;
}

Error unknown_flag(const Command& command, std::string_view name) {
  std::vector<std::string> names;
  for (const CommandFlag* flag : command.flags) names.emplace_back(flag->name);
  std::string detail = "unknown flag -" + std::string(name);
  if (const std::string nearest = nearest_name(name, names); !nearest.empty())
    detail += ", did you mean -" + nearest + "?";
  return usage(detail + " (behind `--` it is an argument)");
}

// Walks over the words once, from the left.
class Walk {
 public:
  Walk(const Command& command, std::span<const std::string> words, CommandOptions& options)
      : command_(command), rest_(words), options_(options) {}

  Result<void> run() {
    while (!rest_.empty()) {
      const std::string& word = take();
      if (word == "--") break;
      if (!is_flag(word)) {
        options_.operands.push_back(word);
      } else if (auto taken = take_flag(word); !taken) {
        return taken;
      }
    }
    options_.operands.insert(options_.operands.end(), rest_.begin(), rest_.end());
    return {};
  }

 private:
  const std::string& take() {
    const std::string& word = rest_.front();
    rest_ = rest_.subspan(1);
    return word;
  }

  Result<void> take_flag(std::string_view word) {
    word.remove_prefix(word.starts_with("--") ? 2 : 1);
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    if (name == "help" || name == "h") {
      options_.help = true;
      return {};
    }
    const CommandFlag* flag = find_flag(command_, name);
    if (flag == nullptr) return unknown_flag(command_, name);
    std::string_view value = "true";
    if (equals != std::string_view::npos) {
      value = word.substr(equals + 1);
    } else if (!flag->argument.empty()) {
      if (rest_.empty())
        return usage("-" + std::string(name) + ": " + std::string(flag->argument) + " is missing");
      value = take();
    }
    auto set = flag->set(options_, value);
    if (!set) set.error().detail = "-" + std::string(name) + ": " + set.error().detail;
    return set;
  }

  const Command& command_;
  std::span<const std::string> rest_;
  CommandOptions& options_;
};

int show_help(const Command* command) {
  std::fputs((command != nullptr ? command_help(*command) : full_help()).c_str(), stdout);
  return kExitFine;
}

int wrong_usage(const std::string& sentence, const std::string& help_for) {
  std::fprintf(stderr, "relay: %s\n`relay help%s` says more.\n", sentence.c_str(), help_for.c_str());
  return kExitUsage;
}

int help_on(std::span<const std::string> words) {
  if (words.empty()) return show_help(nullptr);
  if (const Command* command = find_command(words[0])) return show_help(command);
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  std::string sentence = "there is no command " + words[0];
  if (const std::string nearest = nearest_name(words[0], names); !nearest.empty())
    sentence += ", did you mean " + nearest + "?";
  return wrong_usage(sentence, "");
}

}  // namespace

const Command* find_command(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

Result<CommandOptions> parse_command(const Command& command, std::span<const std::string> words,
                                     const Environment& environment) {
  CommandOptions options;
  const auto url = environment("RELAY_URL");
  options.url = url && !url->empty() ? *url : client::kDefaultUrl;
  if (auto walked = Walk(command, words, options).run(); !walked) return std::move(walked.error());
  return options;
}

std::optional<int> run_command(std::span<const std::string> arguments, const Environment& environment) {
  if (arguments.empty()) return std::nullopt;
  if (arguments[0] == "help") return help_on(arguments.subspan(1));
  const Command* command = find_command(arguments[0]);
  if (command == nullptr) return std::nullopt;
  auto options = parse_command(*command, arguments.subspan(1), environment);
  if (!options) return wrong_usage(arguments[0] + ": " + options.error().detail, " " + arguments[0]);
  if (options->help) return show_help(command);
  return command->run(*options);
}

}  // namespace relay::cli
