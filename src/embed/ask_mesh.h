#pragma once

#include <future>
#include <memory>
#include <utility>

#include "embed/errors.h"
#include "embed/node_impl.h"

namespace relay::embed {

[[nodiscard]] inline api::Error no_registry() {
  return make_error(api::ErrorKind::kDenied, "the registry of this node is disabled");
}

// Has `task(mesh)` run on the core of the mesh; a failure: it will not. Thread: any.
template <typename F>
[[nodiscard]] api::Result<void> tell_mesh(api::Node::Impl& self, F task) {
  const Gate::Pass pass = self.gate.pass();
  if (!pass) return not_running();
  if (!self.node->with_mesh(std::move(task))) return no_registry();
  return {};
}

// Waits for what `task(mesh, promise)` fulfils on the core of the mesh, then or later. A promise that is dropped says that the
// node does not run. Thread: any but the other cores of the node.
template <typename T, typename F>
[[nodiscard]] api::Result<T> wait_for_mesh(api::Node::Impl& self, F task) {
  {
    const Gate::Pass pass = self.gate.pass();
    if (pass && self.node->is_on_core() && !self.node->is_on_mesh_core()) return must_not_wait();
  }
  auto answered = std::make_shared<std::promise<api::Result<T>>>();
  std::future<api::Result<T>> answer = answered->get_future();
  const api::Result<void> told = tell_mesh(
      self, [promise = std::move(answered), run = std::move(task)](mesh::Mesh& mesh) mutable { run(mesh, std::move(promise)); });
  if (!told) return told.error();
  try {
    return answer.get();
  } catch (const std::future_error&) {
    return not_running();
  }
}

// A result of the library's own parts as one of the API.
[[nodiscard]] inline api::Result<void> to_api(relay::Result<void> result) {
  return result ? api::Result<void>() : to_api(result.error());
}

}  // namespace relay::embed
