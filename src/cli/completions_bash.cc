#include "cli/command.h"
#include "cli/completions.h"
#include "cli/flag.h"
#include "cli/word_kind.h"

namespace relay::cli {
namespace {

constexpr std::string_view kHead = R"(# bash completion for relay, as `relay completions bash` prints it

_relay_offer_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_relay_offer_programs() {
    compopt -o filenames 2>/dev/null
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
        compgen -d -- "$1"
        compgen -f -X '!*.rl' -- "$1"
        compgen -f -X '!*.relay' -- "$1"
    )
}

_relay_offer() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_relay() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=
    if ((COMP_CWORD > 1)); then command=${COMP_WORDS[1]}; fi
    COMPREPLY=()
)";

std::string words_of(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

// A line of `case "$command $before" in`: what to offer behind a flag. The first that fits counts.
std::string value_case(std::string_view pattern, std::string_view flag, std::string_view argument) {
  std::string line = "    " + std::string(pattern) + "\" -" + std::string(flag) + "\") ";
  switch (kind_of_value(argument)) {
    case WordKind::kFile: line += "_relay_offer_files \"$word\"; "; break;
    case WordKind::kChoice: line += "_relay_offer '" + words_of(choices_of(argument)) + "' \"$word\"; "; break;
    default: break;
  }
  return line + "return ;;\n";
}

std::string value_cases() {
  std::string text = "    case \"$command $before\" in\n";
  for (const Command& command : commands()) {
    for (const CommandFlag* flag : command.flags) {
      if (!flag->argument.empty()) text += value_case(command.name, flag->name, flag->argument);
    }
  }
  for (const Flag& flag : flags()) {
    if (!flag.argument.empty()) text += value_case("*", flag.name, flag.argument);
  }
  return text + "    esac\n";
}

std::string command_names() {
  std::string names;
  for (const Command& command : commands()) names += std::string(command.name) + " ";
  return names + "help";
}

std::string command_case(const Command& command) {
  std::string line = "    " + std::string(command.name) + ")\n        if [[ $word == -* ]]; then _relay_offer '";
  for (const CommandFlag* flag : command.flags) line += "-" + std::string(flag->name) + " ";
  line += "-help' \"$word\"";
  switch (kind_of_operands(command)) {
    case WordKind::kProgram: line += "; else _relay_offer_programs \"$word\""; break;
    case WordKind::kChoice: line += "; else _relay_offer '" + words_of(choices_of(command.usage)) + "' \"$word\""; break;
    default: break;
  }
  return line + "; fi ;;\n";
}

}  // namespace

std::string bash_completions() {
  std::string text(kHead);
  text += value_cases();
  text += "    case $command in\n";
  for (const Command& command : commands()) text += command_case(command);
  text += "    help) _relay_offer '" + command_names() + "' \"$word\" ;;\n    *)\n        if [[ $word == -* ]]; then\n";
  text += "            _relay_offer '";
  for (const Flag& flag : flags()) text += "-" + std::string(flag.name) + " ";
  text.pop_back();
  text += "' \"$word\"\n            return\n        fi\n        if ((COMP_CWORD == 1)); then _relay_offer '" + command_names();
  text += "' \"$word\"; fi\n        _relay_offer_programs \"$word\" ;;\n    esac\n}\n\ncomplete -F _relay relay\n";
  return text;
}

}  // namespace relay::cli
