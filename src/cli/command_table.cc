#include <utility>

#include "cli/command.h"
#include "cli/command_bench.h"
#include "cli/command_call.h"
#include "cli/command_check.h"
#include "cli/command_doc.h"
#include "cli/command_fmt.h"
#include "cli/command_list.h"
#include "cli/command_lsp.h"
#include "cli/command_pages.h"
#include "cli/command_ping.h"
#include "cli/command_route.h"
#include "cli/command_test.h"
#include "cli/flag_value.h"

// The table of all commands and their flags. A new command is one row here and its run function beside.
namespace relay::cli {
namespace {

constexpr std::size_t kMostConnections = 10'000;
constexpr std::size_t kMostPings = 1'000'000;
constexpr Duration kLeastTimeout = std::chrono::milliseconds(1);

Result<void> set_json(CommandOptions& options, std::string_view value) {
  auto is_set = read_bool(value);
  if (!is_set) return std::move(is_set.error());
  options.json = *is_set;
  return {};
}

Result<void> set_format(CommandOptions& options, std::string_view value) {
  if (value != "text" && value != "json") return unexpected("text or json", value);
  options.format = value == "json" ? OutputFormat::kJson : OutputFormat::kText;
  return {};
}

Result<void> set_check(CommandOptions& options, std::string_view value) {
  auto is_set = read_bool(value);
  if (!is_set) return std::move(is_set.error());
  options.check = *is_set;
  return {};
}

Result<void> set_html(CommandOptions& options, std::string_view value) {
  auto is_set = read_bool(value);
  if (!is_set) return std::move(is_set.error());
  options.html = *is_set;
  return {};
}

// Editors that can also use sockets say which they use.
Result<void> set_stdio(CommandOptions&, std::string_view) { return {}; }

Result<void> set_timeout(CommandOptions& options, std::string_view value) {
  auto seconds = read_seconds(value, kLeastTimeout);
  if (!seconds) return std::move(seconds.error());
  options.timeout = *seconds;
  return {};
}

Result<void> set_connections(CommandOptions& options, std::string_view value) {
  auto count = read_count(value, 1, kMostConnections);
  if (!count) return std::move(count.error());
  options.connections = *count;
  return {};
}

Result<void> set_pings(CommandOptions& options, std::string_view value) {
  auto count = read_count(value, 1, kMostPings);
  if (!count) return std::move(count.error());
  options.pings = *count;
  return {};
}

Result<void> set_duration(CommandOptions& options, std::string_view value) {
  auto seconds = read_seconds(value, kLeastTimeout);
  if (!seconds) return std::move(seconds.error());
  options.duration = *seconds;
  return {};
}

Result<void> set_batch(CommandOptions& options, std::string_view value) {
  if (value.empty()) return unexpected("a file, or - for standard input", value);
  options.batch = value;
  return {};
}

Result<void> set_filter(CommandOptions& options, std::string_view value) {
  options.filter = value;
  return {};
}

Result<void> set_verbose(CommandOptions& options, std::string_view value) {
  auto is_set = read_bool(value);
  if (!is_set) return std::move(is_set.error());
  options.verbose = *is_set;
  return {};
}

Result<void> add_variable(CommandOptions& options, std::string_view value) {
  if (value.empty() || value.find('=') != std::string_view::npos)
    return unexpected("the name of an environment variable", value);
  options.allowed_environment.emplace_back(value);
  return {};
}

constexpr CommandFlag kJson{"json", "", "Print what the node sent as JSON, for other programs", "", set_json};
constexpr CommandFlag kTimeout{"timeout", "SECONDS", "How long to wait for the node", "30", set_timeout};
constexpr CommandFlag kBatch{"batch", "FILE", "Make the calls of this file, one a line; - is standard input",
                             "", set_batch};

constexpr CommandFlag kFormat{"format", "FORMAT", "text: code frames on stderr; json: one array on standard output",
                              "text", set_format};

constexpr CommandFlag kConnections{"c", "N", "Connections that make calls at the same time", "64",
                                   set_connections};
constexpr CommandFlag kDuration{"d", "SECONDS", "How long to make calls", "10", set_duration};

constexpr CommandFlag kCheckOnly{"check", "", "Change nothing; exit 1 if a file is laid out otherwise", "", set_check};

constexpr CommandFlag kHtml{"html", "", "Print an HTML page instead of Markdown", "", set_html};

constexpr CommandFlag kStdio{"stdio", "", "Speak over standard input and output, as it does anyway", "", set_stdio};

constexpr CommandFlag kPings{"n", "N", "How often", "3", set_pings};

constexpr const CommandFlag* kDocFlags[] = {&kHtml};
constexpr const CommandFlag* kLspFlags[] = {&kStdio};
constexpr const CommandFlag* kFmtFlags[] = {&kCheckOnly};
constexpr CommandFlag kFilter{"filter", "TEXT", "Run only the tests whose name contains this", "", set_filter};
constexpr CommandFlag kVerbose{"verbose", "", "Show what tests print, also of those that pass", "", set_verbose};
constexpr CommandFlag kTestTimeout{"timeout", "SECONDS", "Stop a test that takes longer", "30", set_timeout};
constexpr CommandFlag kAllowEnv{"allow-env", "NAME", "Let env() read this environment variable; repeatable", "",
                                add_variable};

constexpr const CommandFlag* kTestFlags[] = {&kFilter, &kVerbose, &kTestTimeout, &kAllowEnv};
constexpr const CommandFlag* kPingFlags[] = {&kPings, &kJson, &kTimeout};
constexpr const CommandFlag* kBenchFlags[] = {&kConnections, &kDuration, &kJson, &kTimeout};
constexpr const CommandFlag* kCheckFlags[] = {&kFormat};
constexpr const CommandFlag* kCallFlags[] = {&kJson, &kBatch, &kTimeout};

constexpr std::string_view kCallText = R"(
URL is http://host:port or host:port; without it RELAY_URL, else http://localhost:8080.
An argument is JSON or a literal of the language; any other word is a string. Arguments as name=value go by name.
The result is printed as the language shows it. A call that fails is explained on stderr.

  relay call blog_server.get_post 1
  relay call http://localhost:8081 blog_server.create_post title="My Post" content='"a = b"'
  relay call node2.counter.add '{by: 5, tags: [:a, nil]}' -json
  relay call tasks.add -- -x          behind -- nothing is a flag
  relay call -batch calls.txt         lines `server.method ARG...`; empty ones and `# ...` are skipped

Exit status: 0 fine, 2 wrong usage, 5 no node there, 6 the call (or one of the batch) failed, 7 a timeout.
)";

constexpr const CommandFlag* kListFlags[] = {&kJson, &kTimeout};

constexpr std::string_view kServersText = R"(
Its own servers and those of all nodes that it knows of, under the names by which this node calls them.
A node without a registry (-disable-registry) tells only the names of its own.

  relay servers
  relay servers http://localhost:8081 -json
)";

constexpr std::string_view kPeersText = R"(
The nodes to which it has a link, or tries to have one. RTT is the round trip over the link.

  relay peers
  relay peers localhost:8081
)";

constexpr std::string_view kBenchText = R"(
Each connection makes one call after the other. A first call, not counted, shows whether it can be made at all.
Printed are rate, latencies, failures by kind and a histogram; Ctrl-C prints what was measured so far.
The calls change what they change: a method that adds, adds each time.

  relay bench counter.get
  relay bench localhost:8081 blog_server.get_post 1 -c 16 -d 30s

Exit status: that of `relay call`; 6 when any call failed, 130 after Ctrl-C.
)";

constexpr std::string_view kPingText = R"(
The node at URL asks NODE (an id, an alias or an address), over other nodes if need be, as for a call, but nothing is
run there. Shown are the time of the whole request, the connection to URL included, and the path that it took.

  relay ping node3
  relay ping node3 localhost:8081 -n 10

Exit status: that of `relay call`; 6 when the node cannot be reached.
)";

constexpr std::string_view kRouteText = R"(
The node at URL tells the hops that a call for NODE (an id, an alias or an address) would take now, what each costs and
why they are taken. Nothing is sent to NODE. The cost of a hop is 1 ms and its round trip, rounded up to a power of two.

  relay route node3
  relay route node3 localhost:8081 -json

Exit status: that of `relay call`; 6 when a call would find no way.
)";

constexpr std::string_view kCheckText = R"(
Syntax, unknown names, functions, methods and fields, wrong arguments, types as far as they are known, messages to
servers of the program, calls that would wait in a circle, code that is never reached, variables that nobody reads.
Errors fail whenever they are evaluated; warnings only may. FILE may be a folder, or - for standard input.

  relay check blog.rl
  relay check -format json .

As JSON: file, line, column, end_line, end_column, severity, message, hint and notes of each, in order.

Exit status: 0 no errors, 1 errors, or a file that cannot be read, 2 wrong usage.
)";

constexpr std::string_view kDocText = R"(
Servers with their state and their receive functions, functions, structs and protocols, each with its `///` comment.
The page goes to standard output: Markdown, or with -html one page without scripts that needs no other file.
FILE is - for standard input.

  relay doc blog_server.rl
  relay doc blog_server.rl -html > blog_server.html

Exit status: 0 fine, 1 the file has an error, 2 wrong usage.
)";

constexpr std::string_view kLspText = R"(
The language server for editors, on standard input and output: diagnostics while typing, hover, definition, references,
completion, rename, formatting, outline. How editors start it: editors/README.md.

Exit status: 0 after `shutdown` and `exit`, 1 otherwise.
)";

constexpr std::string_view kFmtText = R"(
Files that are laid out otherwise are rewritten, and their names printed. Comments stay, and so does what the program
does. A file with a syntax error is not changed. Of a folder, all *.rl and *.relay in it and below are taken.
With - standard input is written to standard output.

  relay fmt blog_server.rl
  relay fmt -check .
  relay fmt - < blog_server.rl

Exit status: 0 fine, 1 a file has an error or, with -check, is laid out otherwise, 2 wrong usage.
)";

constexpr std::string_view kTestText = R"(
Runs the blocks `test "name" { ... }` of each file, a program of its own. Every test has a process of its own, in which
the top-level code runs first, with fresh servers and no network. As many run at the same time as there are cores.
A test fails by an error that it does not catch, as those of assert, assert_equal and assert_throws, and by a
notification that fails. A failed test shows why, and what it printed. The last line is `N passed, N failed`.
FILE may be a folder: all *.rl and *.relay in it and below.

  relay test blog_server.rl
  relay test *_test.rl -filter "post" -timeout 5

Exit status: 0 all passed, 1 some failed or a file does not load, 2 wrong usage, 130 after Ctrl-C.
)";

constexpr std::string_view kCompletionsText = R"(
The Debian package and `cmake --install` put them in place. For one user, in a folder that exists:

  relay completions bash > ~/.local/share/bash-completion/completions/relay
  relay completions zsh > ~/.zsh/completions/_relay        in a folder of $fpath
  relay completions fish > ~/.config/fish/completions/relay.fish
)";

constexpr std::string_view kManualText = R"(
The page relay(1) of this binary, for man:

  relay manual | man -l -
)";

// In the order of the help: what one writes programs with, then what one asks nodes with.
constexpr Command kCommands[] = {
    {.name = "check",
     .usage = "FILE...",
     .summary = "Tell what is wrong with programs without running them",
     .text = kCheckText,
     .flags = kCheckFlags,
     .run = run_check},
    {.name = "fmt",
     .usage = "FILE...",
     .summary = "Put programs into their canonical layout",
     .text = kFmtText,
     .flags = kFmtFlags,
     .run = run_fmt},
    {.name = "test",
     .usage = "FILE...",
     .summary = "Run the tests of programs",
     .text = kTestText,
     .flags = kTestFlags,
     .run = run_test},
    {.name = "doc",
     .usage = "FILE",
     .summary = "Describe what a program offers, from its doc comments",
     .text = kDocText,
     .flags = kDocFlags,
     .run = run_doc},
    {.name = "lsp",
     .usage = "",
     .summary = "Serve editors: the language server",
     .text = kLspText,
     .flags = kLspFlags,
     .run = run_lsp},
    {.name = "call",
     .usage = "[URL] server.method ARG...",
     .summary = "Call a method of a server and print its result",
     .text = kCallText,
     .flags = kCallFlags,
     .run = run_call},
    {.name = "servers",
     .usage = "[URL]",
     .summary = "List the servers that a node can call",
     .text = kServersText,
     .flags = kListFlags,
     .run = run_servers},
    {.name = "peers",
     .usage = "[URL]",
     .summary = "List the nodes that a node is linked to",
     .text = kPeersText,
     .flags = kListFlags,
     .run = run_peers},
    {.name = "ping",
     .usage = "NODE [URL]",
     .summary = "Ask a node of the mesh for a sign of life",
     .text = kPingText,
     .flags = kPingFlags,
     .run = run_ping},
    {.name = "route",
     .usage = "NODE [URL]",
     .summary = "Show the hops that a call for a node would take, and why",
     .text = kRouteText,
     .flags = kListFlags,
     .run = run_route},
    {.name = "bench",
     .usage = "[URL] server.method ARG...",
     .summary = "Make a call again and again and measure it",
     .text = kBenchText,
     .flags = kBenchFlags,
     .run = run_bench},
    {.name = "completions",
     .usage = "bash|zsh|fish",
     .summary = "Print the completions of relay for a shell",
     .text = kCompletionsText,
     .flags = {},
     .run = run_completions},
    {.name = "manual",
     .usage = "",
     .summary = "Print the manual page relay(1)",
     .text = kManualText,
     .flags = {},
     .run = run_manual},
};

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace relay::cli
