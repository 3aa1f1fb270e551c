#pragma once

#include <string_view>

namespace relay::mesh {

// Whether `text` can be the id of a node: 1 to 64 of [A-Za-z0-9_.-], not `rpc` (spec mesh.md, Node identity).
[[nodiscard]] bool is_node_name(std::string_view text);

}  // namespace relay::mesh
