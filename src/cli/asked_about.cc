#include "cli/asked_about.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/plain_text.h"
#include "cli/command_output.h"
#include "client/registry.h"

namespace relay::cli {

Result<AskedAbout> asked_about(const CommandOptions& options) {
  if (options.operands.empty())
    return Error{Errc::kParse, "which node? Its id, alias or address comes first"};
  CommandOptions rest = options;
  rest.operands.erase(rest.operands.begin());
  auto asked = asked_node(rest);
  if (!asked) return std::move(asked.error());
  if (!asked->operands.empty()) {
    return Error{Errc::kParse, "expected nothing but a node and a URL, got " + asked->operands[0]};
  }
  return AskedAbout{std::move(asked->client), options.operands[0]};
}

std::string node_hint(const AskedAbout& asked) {
  constexpr std::size_t kMostShown = 10;
  std::set<std::string> known;
  if (auto list = client::list_servers(asked.client)) {
    for (const client::ServerRow& row : list->servers) known.insert(row.node_id);
  }
  if (auto list = client::list_peers(asked.client)) {
    for (const client::PeerRow& row : list->peers) known.insert({row.name, row.node_id});
  }
  known.erase("");
  if (known.empty()) return {};
  const std::vector<std::string> names(known.begin(), known.end());
  const std::string nearest = nearest_name(asked.node, names);
  if (!nearest.empty()) return "did you mean " + plain_text(nearest) + "?";
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMostShown); ++i) {
    text += (i > 0 ? ", " : "") + plain_text(names[i]);
  }
  return "nodes that it knows: " + text + (names.size() > kMostShown ? ", ..." : "");
}

}  // namespace relay::cli
