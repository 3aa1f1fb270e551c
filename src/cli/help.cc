#include "cli/help.h"

#include <array>
#include <string_view>
#include <utility>

#include "cli/flag.h"

namespace relay::cli {
namespace {

constexpr std::array<FlagGroupTitle, 6> kGroups = {{
    {FlagGroup::kAction, "What to do"},
    {FlagGroup::kProgram, "Program"},
    {FlagGroup::kServing, "Serving, with -server"},
    {FlagGroup::kNode, "Node"},
    {FlagGroup::kLog, "Log"},
    {FlagGroup::kLimits, "Limits"},
}};

void append_flag(std::string& out, const Flag& flag) {
  out += "  -";
  out += flag.name;
  if (!flag.argument.empty()) {
    out += ' ';
    out += flag.argument;
  }
  out += "\n      ";
  out += flag.help;
  std::string facts = environment_name(flag);
  if (const std::string standard = default_text(flag); !standard.empty())
    facts = "default " + standard + "; " + facts;
  if (!facts.empty()) out += " (" + facts + ")";
  out += '\n';
}

// "call [URL] server.method ARG..."
std::string words_of(const Command& command) {
  return std::string(command.name) + (command.usage.empty() ? "" : " ") + std::string(command.usage);
}

void append_commands(std::string& out) {
  out += "\nCommands (the first argument; `relay ./call` runs a file of that name):\n";
  for (const Command& command : commands()) {
    out += "  " + words_of(command) + "\n      " + std::string(command.summary) + "\n";
  }
}

constexpr std::string_view kFlagRules = R"(
Flags stand before or after FILE, with one dash or two, as `-port 80` or `-port=80`. Behind FILE, the first
argument that is no flag and all that follow it belong to the program, as args(); `--` ends the flags at once.
Each flag but those that say what to do also has an environment variable; the flag wins over it, and it over
the program's config block.
Sizes may be written 64KiB, 8MiB, 1GiB; times in seconds, or 500ms, 2m, 1h.
)";

}  // namespace

std::string_view flag_rules() { return kFlagRules; }

std::span<const FlagGroupTitle> flag_groups() { return kGroups; }

std::string command_help(const Command& command) {
  std::string out = "usage: relay " + words_of(command) + "\n\n";
  out += std::string(command.summary) + ".\n";
  out += command.text;
  if (!command.flags.empty()) out += "\nFlags:\n";
  for (const CommandFlag* flag : command.flags) {
    out += "  -" + std::string(flag->name);
    if (!flag->argument.empty()) out += " " + std::string(flag->argument);
    out += "\n      " + std::string(flag->help);
    if (!flag->standard.empty()) out += " (default " + std::string(flag->standard) + ")";
    out += '\n';
  }
  return out;
}

std::string short_help() {
  return R"(relay: run a Relay program, and serve its servers as JSON-RPC 2.0 over HTTP

usage: relay FILE [flags] [arguments of the program]

  relay hello.rl                       run a program
  relay blog.rl -server -port 8080     run it and serve POST /rpc
  relay -e '1 + 2'                     print the value of an expression
  relay -repl                          evaluate what is typed, one input after the other
  relay call blog_server.get_post 1    call a server of a node

Exit status: 0 fine, 1 the program failed, 2 usage, 5 cannot bind or connect, 6 a call failed, 7 timeout,
130 interrupted. `relay -help` lists the commands and every flag, `relay -version` names the version.
)";
}

std::string full_help() {
  std::string out = R"(usage: relay FILE [flags] [arguments]     relay -run FILE [flags]
       relay -server [flags]              relay -e 'EXPR' [arguments]
       relay [FILE] -repl [-server] [flags]
       relay COMMAND ...                  relay help COMMAND
)";
  out += kFlagRules;
  append_commands(out);
  for (const auto& [group, title] : kGroups) {
    out += '\n';
    out += title;
    out += ":\n";
    for (const Flag& flag : flags()) {
      if (flag.group == group) append_flag(out, flag);
    }
  }
  return out;
}

}  // namespace relay::cli
