#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/guarded.h"
#include "bytecode/program.h"
#include "embed/gate.h"
#include "embed/program_end.h"
#include "native/declaration.h"
#include "node/node.h"
#include "relay/mesh.h"
#include "relay/node.h"

namespace relay::api {

// A public node between its configuration and the node that runs, which is made anew at each start().
struct Node::Impl {
  // A server written in C++, for this start and later ones.
  struct Definition {
    std::shared_ptr<const native::Declaration> declaration;
    std::vector<Server::Method> methods;
  };
  // What start() begins with.
  // Somebody who waits for the link to a peer that is dialled.
  using Dialled = std::shared_ptr<std::promise<Result<void>>>;
  struct Setup {
    std::unique_ptr<const bytecode::Program> program;  // empty until one is loaded
    bool has_program = false;
    std::vector<Definition> servers;
    std::map<std::string, MessageHandler> handlers;  // by type of message
    node::Node* live = nullptr;  // the node that runs: it learns of changes at once
  };
  enum class Phase { kIdle, kChanging, kRunning };

  explicit Impl(NodeConfig node_config, Node& node);

  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<void> begin(const bytecode::Program& program);
  [[nodiscard]] Result<void> stop(std::optional<std::chrono::milliseconds> drain);
  void end(std::optional<std::chrono::milliseconds> drain);
  [[nodiscard]] Result<void> load(std::shared_ptr<const SourceFile> source);
  // Gives a new node's mesh its handlers. Thread: the mesh's core.
  void prepare(mesh::Mesh& links);
  void on_dialled(std::string_view name, const relay::Error* failure);
  // A waiting function of the API on one of the node's own cores would wait for itself.
  [[nodiscard]] std::optional<Error> why_not_wait();
  // Whether a call to the server, here or elsewhere, could be made now.
  [[nodiscard]] bool can_find(std::string_view server);
  void call(std::string_view node, std::string_view server, std::string_view method, const Value& args,
            std::chrono::milliseconds timeout, CallDone done);
  void make(Call call, const Value& args, CallDone done);
  [[nodiscard]] Result<Value> wait_for_call(std::string_view node, std::string_view server, std::string_view method, const Value& args,
                                            std::chrono::milliseconds timeout);
  [[nodiscard]] Result<void> send(Call& call, const Value& args);

  NodeConfig config;
  Registry registry;
  Mesh mesh;
  Guarded<Setup> setup;
  std::atomic<Phase> phase{Phase::kIdle};
  embed::Gate gate;                  // open while `node` takes calls
  std::unique_ptr<node::Node> node;  // changed only in kChanging, with the gate closed
  std::atomic<std::uint16_t> port{0};
  Guarded<std::shared_ptr<embed::ProgramEnd>> program_end;
  // By the name under which they are dialled. Of the mesh's core, and of end() when no core runs.
  std::multimap<std::string, Dialled> dials;
};

}  // namespace relay::api
