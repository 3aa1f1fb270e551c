#pragma once

#include "node/node_config.h"
#include "relay/node.h"

namespace relay::embed {

// The public config as the node takes it, checked as the command line checks its flags.
// Errors: kParse, naming the field.
[[nodiscard]] relay::Result<node::NodeConfig> to_settings(const api::NodeConfig& config);

}  // namespace relay::embed
