#include "cli/command.h"
#include "cli/completions.h"
#include "cli/flag.h"
#include "cli/word_kind.h"

namespace relay::cli {
namespace {

constexpr std::string_view kPrograms = "'(__fish_complete_suffix .rl; __fish_complete_suffix .relay)'";

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char byte : text) {
    if (byte == '\'' || byte == '\\') out += '\\';
    out += byte;
  }
  return out + "'";
}

std::string choices_text(std::string_view argument) {
  std::string text;
  for (const std::string_view word : choices_of(argument)) text += (text.empty() ? "" : " ") + std::string(word);
  return quoted(text);
}

std::string flag_line(const std::string& condition, std::string_view name, std::string_view argument, std::string_view help) {
  std::string line = "complete -c relay -n " + quoted(condition) + " -o " + std::string(name);
  switch (kind_of_value(argument)) {
    case WordKind::kFile: line += " -r -F"; break;
    case WordKind::kChoice: line += " -x -a " + choices_text(argument); break;
    default:
      if (!argument.empty()) line += " -x";
  }
  return line + " -d " + quoted(help) + "\n";
}

std::string operands_line(const std::string& condition, const Command& command) {
  const std::string line = "complete -c relay -n " + quoted(condition);
  switch (kind_of_operands(command)) {
    case WordKind::kProgram: return line + " -a " + std::string(kPrograms) + "\n";
    case WordKind::kChoice: return line + " -a " + choices_text(command.usage) + "\n";
    default: return {};
  }
}

}  // namespace

std::string fish_completions() {
  std::string text = "# fish completion for relay, as `relay completions fish` prints it\n\ncomplete -c relay -f\n";
  std::string names;
  for (const Command& command : commands()) {
    names += " " + std::string(command.name);
    text += "complete -c relay -n __fish_use_subcommand -a " + std::string(command.name) + " -d " + quoted(command.summary) + "\n";
  }
  text += "complete -c relay -n __fish_use_subcommand -a help -d 'Explain a command'\n";
  text += "complete -c relay -n __fish_use_subcommand -a " + std::string(kPrograms) + "\n";
  text += "complete -c relay -n '__fish_seen_subcommand_from help' -a " + quoted(names.substr(1)) + "\n";
  for (const Command& command : commands()) {
    const std::string condition = "__fish_seen_subcommand_from " + std::string(command.name);
    for (const CommandFlag* flag : command.flags) text += flag_line(condition, flag->name, flag->argument, flag->help);
    text += operands_line(condition, command);
  }
  for (const Flag& flag : flags())
    text += flag_line("not __fish_seen_subcommand_from" + names, flag.name, flag.argument, flag.help);
  return text;
}

}  // namespace relay::cli
