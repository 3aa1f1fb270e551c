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
// `unannounced`: how many of them others do not hear of, since they do not fit.
[[nodiscard]] std::string health_json(MeshContext& context, const std::vector<ServerEntry>& own,
                                      std::size_t unannounced);

}  // namespace relay::mesh
