#include "cli/command_ping.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "base/plain_text.h"
#include "cli/asked_about.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "cli/rpc_call.h"
#include "client/duration_text.h"
#include "client/ping.h"
#include "client/rpc_failure.h"
#include "value/json_writer.h"

namespace relay::cli {
namespace {

int show_failure(const AskedAbout& asked, const CommandOptions& options, const client::RpcError& error) {
  if (options.json) {
    std::fputs((client::failure_json(error) + "\n").c_str(), stderr);
    return exit_code_of(error);
  }
  complain_in_colour("error: " + client::failure_text(error, terminal_columns()));
  const bool is_unknown = error.data.find("\"unknown_node\"") != std::string::npos;
  const std::string hint = is_unknown ? node_hint(asked) : std::string();
  if (!hint.empty()) complain_in_colour("  " + hint + "\n");
  return exit_code_of(error);
}

std::string line_of(const AskedAbout& asked, const client::Ping& ping) {
  const std::string time = client::duration_text(ping.round_trip);
  if (ping.node.empty()) return plain_text(asked.node) + ": " + time + ", the asked node itself\n";
  return ping.node + ": " + time + ", path " + ping.path + "\n";
}

std::string json_of(const AskedAbout& asked, const client::Ping& ping) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(ping.round_trip);
  std::string json = "{\"node\":";
  append_json_string(json, ping.node.empty() ? asked.node : ping.node);
  return json + ",\"path\":" + ping.path_json + ",\"round_trip_us\":" + std::to_string(microseconds.count()) +
         "}\n";
}

// What many pings together took.
struct Times {
  Duration least = Duration::max();
  Duration most{0};
  Duration sum{0};

  void add(Duration time) {
    least = std::min(least, time);
    most = std::max(most, time);
    sum += time;
  }
};

}  // namespace

int run_ping(const CommandOptions& options) {
  auto asked = asked_about(options);
  if (!asked) return fail_usage("ping", asked.error().detail);
  Times times;
  for (std::size_t i = 0; i < options.pings; ++i) {
    auto ping = client::ping_node(asked->client, asked->node);
    if (!ping) return fail(ping.error());
    if (ping->error) return show_failure(*asked, options, *ping->error);
    times.add(ping->round_trip);
    const int code = print(options.json ? json_of(*asked, *ping) : line_of(*asked, *ping), kExitFine);
    if (code != kExitFine) return code;
  }
  if (options.json || options.pings == 1) return kExitFine;
  return print("least " + client::duration_text(times.least) + ", average " +
                   client::duration_text(times.sum / static_cast<std::int64_t>(options.pings)) + ", most " +
                   client::duration_text(times.most) + "\n",
               kExitFine);
}

}  // namespace relay::cli
