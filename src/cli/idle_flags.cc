#include "cli/idle_flags.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "cli/flag.h"

namespace relay::cli {
namespace {

constexpr std::array<std::string_view, 3> kAboutLinks = {"advertise", "discovery-interval", "ping-interval"};

bool is_idle(const Options& options, const Flag& flag) {
  if (flag.group == FlagGroup::kServing) return true;
  return options.node.peers.empty() && std::ranges::find(kAboutLinks, flag.name) != kAboutLinks.end();
}

}  // namespace

std::string idle_flags(const Options& options) {
  std::string names;
  if (options.serve) return names;
  for (std::size_t place = 0; place < options.sources.size(); ++place) {
    const Flag& flag = flags()[place];
    if (options.sources[place] != FlagSource::kCommandLine || !is_idle(options, flag)) continue;
    if (!names.empty()) names += ", ";
    names += "-" + std::string(flag.name);
  }
  return names;
}

}  // namespace relay::cli
