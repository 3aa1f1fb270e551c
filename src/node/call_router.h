#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "actor/router.h"

namespace relay::node {

// Here or elsewhere? Every call passes this question once, whether it comes over HTTP or from an actor. Calls for this
// node go on to its actors; a node has no peers yet, so elsewhere is nowhere, and such calls fail as unknown_node.
//
// `node.server` as the name of a server means that node: names of servers have no dots.
// Owner:  the local router outlives it.
// Thread: any.
class CallRouter final : public Router {
 public:
  CallRouter(Router& local, std::string node_id);

  void call(Call call) override;
  [[nodiscard]] std::optional<Failure> notify(Call call) override;
  [[nodiscard]] bool can_find(std::string_view server) const override;

 private:
  // Takes the node out of the server's name; false when the call is for another node.
  [[nodiscard]] bool aim(Call& call) const;

  Router& local_;
  const std::string node_id_;
};

}  // namespace relay::node
