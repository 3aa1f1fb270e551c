#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "mesh/courier.h"
#include "mesh/mesh_context.h"

namespace relay::mesh {

// The way that a call of this node for the node `name` (an id, an alias or an address) would take now;
// nothing is sent.
//
// Wire: {"node": id, "asked": name, "from": own id, "by": "self" | "link" | "map", "hops": n, "cost_us": sum
// or null,
//        "path": [ids, both ends included], "steps": [{"from", "to", "cost_us": number or null}]}. `link`:
//        the two are linked, whatever that costs; `map`: the cheapest path by the map. A cost is null where
//        the map does not state it.
// Errors: those that the call would end with, kUnknownNode or kNoRoute, with a sentence.
[[nodiscard]] Result<std::string> route_json(MeshContext& context, Courier& courier, std::string_view name);

}  // namespace relay::mesh
