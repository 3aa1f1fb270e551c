#include "repl/command.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/diagnostic.h"

namespace relay::repl {
namespace {

constexpr Command kCommands[] = {
    {CommandId::kHelp, ":help", "", "This text"},
    {CommandId::kServers, ":servers", "", "The servers, their methods and the fields of their state"},
    {CommandId::kState, ":state", "NAME", "The state of a server, as its last message left it"},
    {CommandId::kType, ":type", "EXPR", "The type of a value; evaluates it"},
    {CommandId::kLoad, ":load", "FILE", "Run a file in this session; without FILE, the last one again"},
    {CommandId::kTime, ":time", "EXPR", "Evaluate, and say how long it took"},
    {CommandId::kFull, ":full", "", "The last value whole"},
    {CommandId::kQuit, ":quit", "", "Leave, as Ctrl-D does"},
};

constexpr std::size_t kHelpColumn = 18;

}  // namespace

std::span<const Command> commands() { return kCommands; }

std::string help_text() {
  std::string text =
      "What stands at the prompt is evaluated; names stay from one input to the next.\n"
      "`_` is the last value.\n\n";
  for (const Command& command : kCommands) {
    std::string line = "  " + std::string(command.name) + " " + std::string(command.argument);
    line.resize(std::max(line.size() + 1, kHelpColumn), ' ');
    text += line + std::string(command.help) + "\n";
  }
  text +=
      "\nEnter ends an input that is whole, Alt-Enter begins a line in any case. Tab\n"
      "completes. Up, Down and Ctrl-R find earlier inputs. Ctrl-C stops what runs, or\n"
      "clears the line. A function defined again is the one that all call; a server\n"
      "defined again begins anew, and what waited at the old one fails.\n";
  return text;
}

std::optional<CommandLine> as_command(std::string_view input) {
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!input.empty() && is_blank(input.front())) input.remove_prefix(1);
  while (!input.empty() && is_blank(input.back())) input.remove_suffix(1);
  if (input.size() < 2 || input[0] != ':' || std::isalpha(static_cast<unsigned char>(input[1])) == 0) return std::nullopt;
  const auto end = std::find_if(input.begin(), input.end(), is_blank);
  CommandLine line{std::string(input.begin(), end), {}};
  const auto argument = std::find_if_not(end, input.end(), is_blank);
  line.argument.assign(argument, input.end());
  return line;
}

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(std::begin(kCommands), std::end(kCommands), [name](const Command& c) { return c.name == name; });
  return found == std::end(kCommands) ? nullptr : found;
}

std::string unknown_command(std::string_view name) {
  std::vector<std::string> names;
  for (const Command& command : kCommands) names.emplace_back(command.name.substr(1));
  const std::string nearest = nearest_name(name.substr(1), names);
  std::string text = "unknown command " + std::string(name);
  text += nearest.empty() ? "; :help lists them" : ", did you mean :" + nearest + "?";
  return text + " (a symbol at the start of an input stands in brackets: (" + std::string(name) + "))";
}

}  // namespace relay::repl
