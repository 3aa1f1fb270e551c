#pragma once

#include "http/routes.h"
#include "mesh/mesh.h"
#include "net/io_core.h"
#include "node/peer_admin.h"

namespace relay::node {

// Adds the registry's endpoints and `/ws/p2p` (spec mesh.md). Handlers run on any core and ask the mesh on
// its own. Owner: all three outlive the HTTP server.
void add_mesh_routes(http::Routes& routes, mesh::Mesh& mesh, net::IoCore& mesh_core, const PeerAdmin& admin);

// The same paths on a node without a registry: each answers 404 and says why.
void add_disabled_mesh_routes(http::Routes& routes);

}  // namespace relay::node
