#include "cli/command_route.h"

#include <chrono>
#include <cstdio>
#include <string>

#include "base/plain_text.h"
#include "cli/asked_about.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "client/duration_text.h"
#include "client/route.h"
#include "client/table.h"

namespace relay::cli {
namespace {

using client::Align;

std::string cost_text(std::optional<std::uint64_t> cost_us) {
  if (!cost_us) return "unknown";
  return client::duration_text(std::chrono::microseconds(*cost_us));
}

std::string reason_of(const client::Route& route) {
  if (route.by == "self") return "the asked node itself: a call runs here";
  if (route.by == "link") return "1 hop: the two are linked, and a call takes their link whatever it costs";
  return std::to_string(route.hops) + " hops: the cheapest path by the map of " + route.from;
}

std::string route_text(const client::Route& route) {
  std::string path = route.from;
  for (const client::Route::Step& step : route.steps) path += " -> " + step.to;
  if (route.steps.size() < route.hops) path += " -> ... -> " + route.node;
  std::string text = plain_text(path) + "\n" + plain_text(reason_of(route)) + "\n";
  if (route.steps.empty()) return text;
  client::Table table({{"HOP", Align::kRight}, {"FROM"}, {"TO"}, {"COST", Align::kRight}});
  for (std::size_t i = 0; i < route.steps.size(); ++i) {
    const client::Route::Step& step = route.steps[i];
    table.add({std::to_string(i + 1), step.from, step.to, cost_text(step.cost_us)});
  }
  if (route.steps.size() > 1) table.add({"", "", "together", cost_text(route.cost_us)});
  return text + "\n" + table.text();
}

int show_failure(const AskedAbout& asked, const CommandOptions& options, const client::NoRoute& failure) {
  if (options.json) {
    std::fputs((failure.text + "\n").c_str(), stderr);
    return kExitCallFailed;
  }
  const std::string kind = failure.kind.empty() ? "" : " (" + failure.kind + ")";
  complain_in_colour("error: " + plain_text(failure.sentence + kind) + "\n");
  const std::string hint = failure.kind == "unknown_node" ? node_hint(asked) : std::string();
  if (!hint.empty()) complain_in_colour("  " + hint + "\n");
  return kExitCallFailed;
}

}  // namespace

int run_route(const CommandOptions& options) {
  auto asked = asked_about(options);
  if (!asked) return fail_usage("route", asked.error().detail);
  auto reply = client::ask_route(asked->client, asked->node);
  if (!reply) return fail(reply.error());
  if (reply->failure) return show_failure(*asked, options, *reply->failure);
  return print(options.json ? reply->route.text + "\n" : route_text(reply->route), kExitFine);
}

}  // namespace relay::cli
