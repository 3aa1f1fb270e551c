#include "cli/manual.h"

#include <algorithm>
#include <string_view>

#include "cli/command.h"
#include "cli/flag.h"
#include "cli/help.h"
#include "node/version.h"

namespace relay::cli {
namespace {

// A text that troff shows as it is, also at the begin of a line.
std::string plain(std::string_view text) {
  std::string out;
  bool begins_line = true;
  for (const char byte : text) {
    if (begins_line && (byte == '.' || byte == '\'')) out += "\\&";
    if (byte == '\\') {
      out += "\\e";
    } else if (byte == '-') {
      out += "\\-";
    } else if (byte == '`' || byte == '\'' || byte == '^' || byte == '~') {  // which it turns into typographic ones
      out += byte == '`' ? "\\(ga" : byte == '\'' ? "\\(aq" : byte == '^' ? "\\(ha" : "\\(ti";
    } else {
      out += byte;
    }
    begins_line = byte == '\n';
  }
  return out;
}

std::string flag_text(std::string_view name, std::string_view argument, const std::string& text) {
  std::string out = ".TP\n.B " + plain("-" + std::string(name));
  if (!argument.empty()) out += " \\fI" + plain(argument) + "\\fR";
  return out + "\n" + plain(text) + ".\n";
}

std::string text_of(const Flag& flag) {
  std::string text(flag.help);
  if (const std::string standard = default_text(flag); !standard.empty()) text += " (default " + standard + ")";
  if (const std::string variable = environment_name(flag); !variable.empty()) text += ".\nEnvironment: " + variable;
  return text;
}

// Paragraphs, and between them examples, which are indented and stay as they are.
std::string paragraphs(std::string_view text) {
  std::string out;
  bool is_example = false;
  bool is_new = true;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool is_indented = line.starts_with("  ");
    if (is_indented != is_example) {
      if (!is_indented) out += ".EE\n";
      if (is_indented) out += ".PP\n.EX\n";
      is_new = !is_indented;
    }
    is_example = is_indented;
    if (line.empty()) {
      is_new = true;
      continue;
    }
    if (is_new && !is_example) out += ".PP\n";
    is_new = false;
    out += plain(line) + "\n";
  }
  return is_example ? out + ".EE\n" : out;
}

std::string command_section(const Command& command) {
  std::string out = ".SS \"relay " + std::string(command.name) + (command.usage.empty() ? "" : " ") + plain(command.usage) + "\"\n";
  out += plain(command.summary) + ".\n" + paragraphs(command.text);
  for (const CommandFlag* flag : command.flags) {
    std::string text(flag->help);
    if (!flag->standard.empty()) text += " (default " + std::string(flag->standard) + ")";
    out += flag_text(flag->name, flag->argument, text);
  }
  return out;
}

constexpr std::string_view kHead = R"(.SH NAME
relay \- run a Relay program and serve its servers over HTTP and a mesh
.SH SYNOPSIS
.B relay
.I FILE
.RI [ flags "] [" arguments ]
.br
.B relay \-run
.I FILE
.RI [ flags ]
.br
.B relay \-server
.RI [ flags ]
.br
.B relay \-e
.I EXPR
.RI [ arguments ]
.br
.B relay
.RI [ FILE ]
.B \-repl
.RB [ \-server ]
.RI [ flags ]
.br
.B relay
.IR COMMAND " ..."
.SH DESCRIPTION
Relay is a small language for services: its server blocks are actors.
One binary runs a program, serves the methods of every server as JSON\-RPC 2.0 over HTTP, and links nodes into a mesh, in which
servers of all nodes can be called alike.
)";

constexpr std::string_view kTail = R"(.SH ENVIRONMENT
.TP
.B RELAY_...
Each flag but those that say what to do has a variable, named beside it above; the flag wins.
.TP
.B RELAY_URL
The node that the commands speak with, where they name none.
.TP
.B NO_COLOR
Not empty: no colours.
.SH FILES
.TP
.I $XDG_STATE_HOME/relay/history
What was typed at the prompt; without that variable ~/.local/state/relay/history.
.TP
.IR /etc/relay/NAME.rl ", " /etc/relay/NAME.env
The program of the service relay@NAME, and its flags as variables.
.SH "EXIT STATUS"
0 fine, 1 the program failed, 2 wrong usage, 5 cannot bind or connect, 6 a call failed, 7 timeout, 130 interrupted.
.SH "SEE ALSO"
.BR curl (1),
.BR systemd.service (5)
)";

}  // namespace

std::string manual_page() {
  std::string out = ".TH RELAY 1 \"\" \"relay " + std::string(node::version()) + "\" \"User Commands\"\n.nh\n.ad l\n";
  out += kHead;
  out += paragraphs(flag_rules());
  out += ".SH COMMANDS\n";
  for (const Command& command : commands()) out += command_section(command);
  out += ".SH FLAGS\n";
  for (const auto& [group, title] : flag_groups()) {
    out += ".SS \"" + std::string(title) + "\"\n";
    for (const Flag& flag : flags()) {
      if (flag.group == group) out += flag_text(flag.name, flag.argument, text_of(flag));
    }
  }
  return out + std::string(kTail);
}

}  // namespace relay::cli
