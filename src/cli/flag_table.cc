#include <array>
#include <string_view>
#include <utility>

#include "cli/flag.h"
#include "cli/flag_value.h"
#include "http/server.h"
#include "mesh/peer_table.h"
#include "node/peer_admin.h"

// The table of all flags. A new flag is one row here; `docs/limits.md` explains the numbers.
namespace relay::cli {
namespace {

Result<void> set_file(Options& options, std::string_view value) {
  if (options.file) return Error{Errc::kParse, "the program is given already: " + *options.file};
  options.file = value;
  return {};
}

Result<void> set_expression(Options& options, std::string_view value) {
  options.expression = value;
  return {};
}

Result<void> check_host(std::string_view value) {
  if (value.empty()) return unexpected("an address or a host name", value);
  return {};
}

Result<void> set_port(Options& options, std::string_view value) {
  auto port = read_count(value, 0, 65535);
  if (!port) return std::move(port.error());
  options.node.port = static_cast<std::uint16_t>(*port);
  return {};
}

Result<void> check_node_id(std::string_view value) {
  auto checked = node::check_node_id(value);
  if (checked) return checked;
  return Error{Errc::kParse, checked.error().detail + ", got \"" + std::string(value) + "\""};
}

Result<void> set_cors(Options& options, std::string_view value) {
  auto cors = http::parse_cors(value);
  if (!cors) return std::move(cors.error());
  options.node.cors = std::move(*cors);
  return {};
}

Result<void> check_header(std::string_view value) {
  auto line = http::parse_response_header(value);
  if (!line) return std::move(line.error());
  return {};
}

Result<void> check_peer(std::string_view value) {
  auto address = mesh::parse_peer_address(value);
  if (!address) return std::move(address.error());
  return {};
}

Result<void> check_variable(std::string_view value) {
  if (value.find('=') != std::string_view::npos) return unexpected("the name of an environment variable", value);
  return {};
}

Result<void> set_depth(Options& options, std::string_view value) {
  auto depth = read_count(value, 16, 10'000'000);
  if (!depth) return std::move(depth.error());
  options.node.actors.max_depth = static_cast<std::uint32_t>(*depth);
  return {};
}

Result<void> set_log_level(Options& options, std::string_view value) {
  constexpr std::array<std::pair<std::string_view, LogLevel>, 5> kLevels = {{{"debug", LogLevel::kDebug},
                                                                            {"info", LogLevel::kInfo},
                                                                            {"warn", LogLevel::kWarn},
                                                                            {"error", LogLevel::kError},
                                                                            {"off", LogLevel::kOff}}};
  for (const auto& [name, level] : kLevels) {
    if (value != name) continue;
    options.log_level = level;
    return {};
  }
  return unexpected("debug, info, warn, error or off", value);
}

Result<void> set_log_format(Options& options, std::string_view value) {
  if (value != "text" && value != "json") return unexpected("text or json", value);
  options.log_format = value == "json" ? LogFormat::kJson : LogFormat::kText;
  return {};
}

constexpr auto kZero = Duration::zero();
constexpr FlagGroup kAction = FlagGroup::kAction;
constexpr Duration kLeastInterval = std::chrono::milliseconds(100);
constexpr FlagGroup kProgram = FlagGroup::kProgram;
constexpr FlagGroup kServing = FlagGroup::kServing;
constexpr FlagGroup kNode = FlagGroup::kNode;
constexpr FlagGroup kLog = FlagGroup::kLog;
constexpr FlagGroup kLimits = FlagGroup::kLimits;

#define RELAY_PLACE(member) [](Options& o) -> auto& { return o.member; }

const Flag kFlags[] = {
    {"run", "FILE", "Run this program; the same as FILE alone", kAction, OwnFlag{set_file}},
    {"e", "EXPR", "Run this text as a program and print the value of its last expression", kAction,
     OwnFlag{set_expression}},
    {"server", "", "Serve the program's servers over HTTP until a signal comes", kAction,
     BoolFlag{RELAY_PLACE(serve)}},
    {"repl", "", "Evaluate what is typed, in a session; with FILE, after running it", kAction, BoolFlag{RELAY_PLACE(repl)}},
    {"dump-bytecode", "", "Print the compiled program instead of running it", kAction,
     BoolFlag{RELAY_PLACE(dump_bytecode)}},
    {"version", "", "Print the version", kAction, BoolFlag{RELAY_PLACE(version)}},
    {"help", "", "Print this text", kAction, BoolFlag{RELAY_PLACE(help)}},

    {"allow-env", "NAME", "Let env() read this environment variable; repeatable, also NAME,NAME", kProgram,
     ListFlag{RELAY_PLACE(node.allowed_environment), ',', check_variable}},

    {"host", "ADDRESS", "Address to listen on", kServing, TextFlag{RELAY_PLACE(node.host), check_host}},
    {"port", "PORT", "Port to listen on; 0 picks a free one, named on stderr", kServing, OwnFlag{set_port}, "8080"},
    {"node-id", "ID", "Name of this node, 1 to 64 of [A-Za-z0-9_.-]", kNode,
     TextFlag{RELAY_PLACE(node.node_id), check_node_id}, "16 random hex digits"},
    {"add-peer", "URL", "Link this node to the one at http://host:port; repeatable", kNode,
     ListFlag{RELAY_PLACE(node.peers), ',', check_peer}},
    {"disable-registry", "", "Take no part in a mesh: no registry, no links", kNode,
     BoolFlag{RELAY_PLACE(node.disable_registry)}},
    {"advertise", "HOST:PORT", "Address under which other nodes reach this one", kNode,
     TextFlag{RELAY_PLACE(node.advertise), check_peer}},
    {"discovery-interval", "SECONDS", "How often a node tells the others all that it is", kNode,
     SecondsFlag{RELAY_PLACE(node.discovery_interval), kLeastInterval}},
    {"ping-interval", "SECONDS", "How often links are pinged; three without an answer end one", kNode,
     SecondsFlag{RELAY_PLACE(node.ping_interval), kLeastInterval}},
    {"allow-peer-admin", "CIDR", "Let clients of this network add and remove peers; repeatable", kServing,
     ListFlag{RELAY_PLACE(node.peer_admins), ',', node::check_network}},
    {"workers", "N", "Cores to run on", kNode, CountFlag{RELAY_PLACE(node.workers), 1, 1024},
     "one a hardware thread"},
    {"dev", "", "Tell clients file, line and stack of errors", kServing, BoolFlag{RELAY_PLACE(node.dev)}},
    {"cors", "ORIGINS", "Web pages that may call: *, off, or ORIGIN[,ORIGIN]", kServing, OwnFlag{set_cors}, "*"},
    {"header", "LINE", "Add \"Name: value\" to every answer; repeatable", kServing,
     ListFlag{RELAY_PLACE(node.response_headers), '\n', check_header}},
    {"drain", "SECONDS", "Time for calls in work to end when the node stops", kNode,
     SecondsFlag{RELAY_PLACE(node.drain), kZero}},

    {"log-level", "LEVEL", "Least level that is logged: debug, info, warn, error or off", kLog,
     OwnFlag{set_log_level}, "info"},
    {"log-format", "FORMAT", "text or json, one line an event on stderr", kLog, OwnFlag{set_log_format}, "text"},

    {"max-head", "BYTES", "Head of a request; more is 431", kLimits, BytesFlag{RELAY_PLACE(node.http.head_bytes), 256}},
    {"max-head-fields", "N", "Fields of a head; more is 431", kLimits, CountFlag{RELAY_PLACE(node.http.head_fields)}},
    {"max-body", "BYTES", "Body of a request; more is 413", kLimits, BytesFlag{RELAY_PLACE(node.http.body_bytes)}},
    {"max-json-depth", "N", "Levels of arrays and objects in a request", kLimits,
     CountFlag{RELAY_PLACE(node.rpc.max_json_depth), 1, 1024}},
    {"max-batch", "N", "Calls of one batch", kLimits, CountFlag{RELAY_PLACE(node.rpc.max_batch)}},
    {"max-reply", "BYTES", "One reply", kLimits, BytesFlag{RELAY_PLACE(node.rpc.max_reply_bytes)}},
    {"max-batch-reply", "BYTES", "All replies of a batch together", kLimits,
     BytesFlag{RELAY_PLACE(node.rpc.max_batch_reply_bytes)}},
    {"call-timeout", "SECONDS", "Time for a call whose caller names none", kLimits,
     SecondsFlag{RELAY_PLACE(node.rpc.call_timeout)}},
    {"max-call-timeout", "SECONDS", "Longest time that a caller may name", kLimits,
     SecondsFlag{RELAY_PLACE(node.rpc.max_call_timeout)}},
    {"mailbox", "N", "Messages waiting at one server; one more is refused", kLimits,
     CountFlag{RELAY_PLACE(node.actors.mailbox_messages)}},
    {"mailbox-bytes", "BYTES", "Arguments of the messages waiting at one server", kLimits,
     BytesFlag{RELAY_PLACE(node.actors.mailbox_bytes), 1024}},
    {"max-server-memory", "BYTES", "Values of one server", kLimits,
     BytesFlag{RELAY_PLACE(node.actors.heap_bytes), 65536}},
    {"max-call-depth", "N", "Calls deep in one handler until `stack overflow`", kLimits,
     OwnFlag{set_depth}, "10000"},
    {"notify-timeout", "SECONDS", "Time for a notification and for the start of a server", kLimits,
     SecondsFlag{RELAY_PLACE(node.actors.notify_deadline)}},
    {"max-delayed", "N", "Messages of notify_after that wait for their time", kLimits,
     CountFlag{RELAY_PLACE(node.actors.delayed_messages)}},
    {"max-delayed-bytes", "BYTES", "Arguments of the messages of notify_after", kLimits,
     BytesFlag{RELAY_PLACE(node.actors.delayed_bytes), 1024}},
    {"head-timeout", "SECONDS", "Time for the head of a request; longer is 408", kLimits,
     SecondsFlag{RELAY_PLACE(node.http.head_timeout)}},
    {"body-window", "SECONDS", "How often the speed of a body is looked at", kLimits,
     SecondsFlag{RELAY_PLACE(node.http.body_window)}},
    {"min-body-rate", "BYTES", "Slowest body, a second; slower is 408", kLimits,
     BytesFlag{RELAY_PLACE(node.http.body_min_rate), 0}},
    {"write-timeout", "SECONDS", "Time without a byte taken by the client until it is cut", kLimits,
     SecondsFlag{RELAY_PLACE(node.http.write_stall)}},
    {"idle-timeout", "SECONDS", "Time between two requests until the connection is closed", kLimits,
     SecondsFlag{RELAY_PLACE(node.http.idle_timeout)}},
    {"max-connections", "N", "Open connections; one more gets 503", kLimits,
     CountFlag{RELAY_PLACE(node.http.connections)}},
    {"max-pipeline", "N", "Unanswered requests of a connection until reading stops", kLimits,
     CountFlag{RELAY_PLACE(node.http.open_requests), 1, 65536}},
    {"max-connection-bytes", "BYTES", "Requests and answers of a connection until reading stops", kLimits,
     BytesFlag{RELAY_PLACE(node.http.connection_bytes), 65536}},
    {"max-in-flight", "BYTES", "Requests and answers of the node; more is 503", kLimits,
     BytesFlag{RELAY_PLACE(node.http.node_bytes), 65536}},
};

#undef RELAY_PLACE

}  // namespace

std::span<const Flag> flags() { return kFlags; }

}  // namespace relay::cli
