#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "actor/router.h"
#include "mesh/mesh.h"

namespace relay::node {

// Here or elsewhere? Every call passes this question once, whether it comes over HTTP or from an actor. Calls
// for this node go on to its servers, all others to the mesh, their arguments as JSON.
//
// `node.server` as the name of a server means that node: names of servers have no dots. A plain name is a
// server of this node if it has one, else of whichever node has it. Owner:  the local router and the mesh
// outlive it. Thread: any.
class CallRouter final : public Router {
 public:
  CallRouter(LocalRouter& local, std::string node_id);
  // Without a mesh, elsewhere is nowhere. Before the first call.
  void connect(mesh::Mesh& mesh) { mesh_ = &mesh; }

  void call(Call call) override;
  [[nodiscard]] std::optional<Failure> notify(Call call) override;
  [[nodiscard]] bool can_find(std::string_view server) const override;

 private:
  // Takes the node out of the server's name; false when the call is for another node.
  [[nodiscard]] bool aim(Call& call) const;
  // Hands the call to the mesh; a failure means that it has not, and `call` has kept its sink.
  [[nodiscard]] std::optional<Failure> send(Call& call);
  // Why a message to another node cannot be sent now, as far as this node knows.
  [[nodiscard]] std::optional<Failure> find_elsewhere(const Call& call) const;

  LocalRouter& local_;
  const std::string node_id_;
  mesh::Mesh* mesh_ = nullptr;
};

}  // namespace relay::node
