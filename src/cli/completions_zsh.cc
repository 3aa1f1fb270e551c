#include "cli/command.h"
#include "cli/completions.h"
#include "cli/flag.h"
#include "cli/word_kind.h"

namespace relay::cli {
namespace {

constexpr std::string_view kPrograms = "_files -g \"*.(rl|relay)(-.)\"";

// In single quotes, inside the brackets of a specification of _arguments.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\'') {
      out += "'\\''";
      continue;
    }
    if (byte == '[' || byte == ']' || byte == ':' || byte == '\\') out += '\\';
    out += byte;
  }
  return out;
}

std::string choices_text(std::string_view argument) {
  std::string text;
  for (const std::string_view word : choices_of(argument)) text += (text.empty() ? "(" : " ") + std::string(word);
  return text + ")";
}

std::string spec_of(std::string_view name, std::string_view argument, std::string_view help) {
  std::string text = " \\\n            '*-" + std::string(name) + "[" + escaped(help) + "]";
  if (!argument.empty()) text += ":" + escaped(argument) + ":";
  switch (kind_of_value(argument)) {
    case WordKind::kFile: text += "_files"; break;
    case WordKind::kChoice: text += choices_text(argument); break;
    default:
      if (!argument.empty()) text += " ";
  }
  return text + "'";
}

std::string operands_of(const Command& command) {
  switch (kind_of_operands(command)) {
    case WordKind::kProgram: return "'*:FILE:" + std::string(kPrograms) + "'";
    case WordKind::kChoice: return "'1:word:" + choices_text(command.usage) + "'";
    default: return "'*: : '";
  }
}

}  // namespace

std::string zsh_completions() {
  std::string text = "#compdef relay\n# zsh completion for relay, as `relay completions zsh` prints it\n\n_relay_first() {\n"
                     "    local -a names=(";
  for (const Command& command : commands())
    text += "\n        '" + std::string(command.name) + ":" + escaped(command.summary) + "'";
  text += "\n        'help:Explain a command'\n    )\n    _describe command names\n    " + std::string(kPrograms) + "\n}\n\n_relay() {\n";
  text += "    local curcontext=$curcontext state line\n    typeset -A opt_args\n    if (( CURRENT > 2 )); then\n        case $words[2] in\n";
  for (const Command& command : commands()) {
    text += "        " + std::string(command.name) + ")\n            shift words; (( CURRENT-- ))\n            _arguments";
    for (const CommandFlag* flag : command.flags) text += spec_of(flag->name, flag->argument, flag->help);
    text += spec_of("help", "", "Explain the command") + " \\\n            " + operands_of(command) + "\n            return ;;\n";
  }
  text += "        help)\n            local -a names=(";
  for (const Command& command : commands()) text += std::string(command.name) + " ";
  text.pop_back();
  text += ")\n            _describe command names\n            return ;;\n        esac\n    fi\n    _arguments";
  for (const Flag& flag : flags()) text += spec_of(flag.name, flag.argument, flag.help);
  return text + " \\\n            '1: :_relay_first' '*:argument:_files'\n}\n\n_relay \"$@\"\n";
}

}  // namespace relay::cli
