#pragma once

#include <string>
#include <vector>

#include "mesh/announcement.h"
#include "mesh/mesh_context.h"

namespace relay::mesh {

// The JSON of the registry endpoints, in the shapes of the seed ("HTTP Endpoints"); spec mesh.md, Registry
// endpoints. `own` are the servers of this node.
[[nodiscard]] std::string registry_json(MeshContext& context, const std::vector<ServerEntry>& own);
[[nodiscard]] std::string servers_json(MeshContext& context, const std::vector<ServerEntry>& own);
[[nodiscard]] std::string peers_json(MeshContext& context);
[[nodiscard]] std::string health_json(MeshContext& context, const std::vector<ServerEntry>& own);

}  // namespace relay::mesh
