#include "cli/command_list.h"

#include <cstdio>
#include <string>
#include <vector>

#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "client/duration_text.h"
#include "client/registry.h"
#include "client/table.h"

namespace relay::cli {
namespace {

using client::Align;

// The node to ask, where nothing but a URL is given. Errors: kParse.
Result<Asked> asked_node_alone(const CommandOptions& options) {
  auto asked = asked_node(options);
  if (asked && !asked->operands.empty()) {
    return Error{Errc::kParse,
                 "expected nothing but a URL such as localhost:8080, got " + asked->operands[0]};
  }
  return asked;
}

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void note(const std::string& sentence) {
  std::fprintf(stderr, "relay: %s\n", sentence.c_str());
}

std::string names_table(const client::ServerList& list) {
  client::Table table({{"SERVER"}});
  for (const client::ServerRow& row : list.servers) table.add({row.name});
  return table.text();
}

std::string servers_table(const client::ServerList& list) {
  client::Table table({{"SERVER"}, {"NODE"}, {"ADDRESS"}, {"METHODS"}});
  for (const client::ServerRow& row : list.servers)
    table.add({row.name, row.node_id, row.address, join(row.methods)});
  return table.text();
}

std::string peers_table(const client::PeerList& list) {
  client::Table table({{"PEER"},
                       {"NODE"},
                       {"ADDRESS"},
                       {"STATE"},
                       {"RTT", Align::kRight},
                       {"SERVERS", Align::kRight},
                       {"LAST SEEN"}});
  for (const client::PeerRow& row : list.peers) {
    const std::string round_trip = row.round_trip ? client::duration_text(*row.round_trip) : "-";
    table.add({row.name, row.node_id, row.address, row.state, round_trip, std::to_string(row.servers),
               row.last_seen.empty() ? "never" : row.last_seen});
  }
  return table.text();
}

}  // namespace

int run_servers(const CommandOptions& options) {
  auto asked = asked_node_alone(options);
  if (!asked) return fail_usage("servers", asked.error().detail);
  auto list = client::list_servers(asked->client);
  if (!list) return fail(list.error());
  if (options.json) return print(list->text + "\n", kExitFine);
  if (!list->has_methods)
    note("the registry of this node is disabled: it tells the names of its own servers alone");
  if (list->servers.empty()) {
    note("this node knows no servers; `relay FILE -server` serves those of a program");
    return kExitFine;
  }
  return print(list->has_methods ? servers_table(*list) : names_table(*list), kExitFine);
}

int run_peers(const CommandOptions& options) {
  auto asked = asked_node_alone(options);
  if (!asked) return fail_usage("peers", asked.error().detail);
  auto list = client::list_peers(asked->client);
  if (!list) return fail(list.error());
  if (options.json) return print(list->text + "\n", kExitFine);
  if (!list->has_registry) {
    note("the registry of this node is disabled: it has no peers");
    return kExitFine;
  }
  if (list->peers.empty()) {
    note("this node has no peers; `-add-peer http://host:port` links a node to another");
    return kExitFine;
  }
  return print(peers_table(*list), kExitFine);
}

}  // namespace relay::cli
