#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "client/http_client.h"

namespace relay::cli {

// `relay COMMAND NODE [URL]`: the node that is asked, and the one that it is asked about.
struct AskedAbout {
  client::HttpClient client;
  std::string node;
};
[[nodiscard]] Result<AskedAbout> asked_about(const CommandOptions& options);

// For a node that the asked one does not know: "did you mean b?", or which it knows. Empty where it tells
// none.
[[nodiscard]] std::string node_hint(const AskedAbout& asked);

}  // namespace relay::cli
