#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actor/actor_system.h"
#include "base/result.h"
#include "bytecode/program.h"
#include "call/call.h"
#include "mesh/mesh.h"
#include "native/declaration.h"
#include "native/handler.h"
#include "node/node_config.h"

namespace relay::node {

// The descriptors that a program prints to and reads from; they stay their owner's.
struct Streams {
  int output = 1;
  int input = 0;
  Input* lines = nullptr;  // where it reads instead of `input`; outlives the node
};

// One node: cores, actors, HTTP, JSON-RPC and the streams of one program, wired together. The only place that
// knows every module.
//
// Order:  made; listen(), if it is to serve; start(); run_program(); stop() or halt(); destroyed.
// Owner:  `program` outlives it. Values of the program must not outlive the node.
// Errors: none but those of listen(); the process must ignore SIGPIPE.
// Thread: one, no core of the node.
class Node {
 public:
  Node(NodeConfig config, const bytecode::Program& program, Streams streams);
  // Halts.
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // Binds and accepts. Errors: kIo, one sentence ("port 8080 is in use").
  [[nodiscard]] Result<void> listen();
  // The port bound; 0 before listen().
  [[nodiscard]] std::uint16_t port() const;

  // Starts the cores: from now on requests are answered.
  void start();
  // Runs top-level code; `observer`, told on a core, outlives the node. /health says `starting` until it has
  // ended well.
  void run_program(ProgramObserver& observer);
  // The same, and then `then`, a function of the program without parameters; `observer` is told of its end.
  void run_program(ProgramObserver& observer, const bytecode::Function& then);
  // Tells also `told`, on a core, of what fails that nobody waits for: a notification, a server's start. Before start().
  void when_unheard_fails(UnheardFailure told);

  // For a session, whose program grows (docs/adr/0010-repl.md).
  // Runs `work` while all cores stand still between two turns. Thread: no core, after start() and before halt().
  void while_still(const std::function<void()>& work);
  // The program has grown: servers and definitions that it has got are known. Within while_still().
  void take_growth();
  // Runs the program's newest top-level code, when all before has ended; the observer of run_program() is told.
  void run_again();
  // Ends top-level code where it stands, and what servers do for it. Thread: any, after start().
  void interrupt_program();
  // As ActorSystem has them, within while_still().
  [[nodiscard]] const std::vector<Value>* program_variables() const;
  [[nodiscard]] const StateStore* state_of(std::string_view server) const;

  // Ends in good order: takes no more connections, lets calls and queued messages end, for config.drain at
  // most, then stops what is left. `done` is called once, on a core; then halt() is quick. At most once,
  // after start().
  void stop(std::function<void()> done);
  // The same with another drain.
  void stop(std::function<void()> done, Duration drain);
  // Ends the cores at once. What still runs or waits is dropped, all clients are cut.
  void halt();

  // Prints as the program itself would. Thread: any.
  void print(std::string_view text);
  // Calls `done` once, on some thread, when all that the program has printed is out, or can never be.
  void when_printed(std::function<void()> done);
  // Calls `told` once, on some thread, when what the program prints can be written no more: with EPIPE when
  // nobody reads it any longer, else with another error number of the system.
  void when_output_breaks(std::function<void(int)> told);

  [[nodiscard]] const std::string& id() const;
  // Sorted, those written in C++ too. Thread: any.
  [[nodiscard]] std::vector<std::string> server_names() const;
  [[nodiscard]] std::vector<ServerSummary> server_summaries() const;

  // Servers written in C++ come and go; others are told at once. Thread: any. Errors: those of native::Servers.
  [[nodiscard]] Result<void> add_server(std::shared_ptr<const native::Declaration> declaration,
                                        std::unique_ptr<native::Handler> handler);
  [[nodiscard]] Result<void> remove_server(std::string_view name);
  // Stops all servers of this node for good, its program's too; the node goes on. `done` is called on a core when all have
  // stopped. Thread: any, after start().
  void stop_servers(std::function<void()> done);
  // Calls a server, here or elsewhere, as a client of this node. Thread: any, after start(). Order: of the calls of a thread.
  void call(Call call);
  // Whether a call to it could be made now, here or elsewhere. Thread: any.
  [[nodiscard]] bool can_find(std::string_view server) const;
  // Runs `task` on the core of the mesh, at once if this is it; false: the registry is disabled. Thread: any, after start().
  bool with_mesh(std::function<void(mesh::Mesh&)> task);
  // Whether the caller stands on one of this node's cores, which must not wait. Thread: any.
  [[nodiscard]] bool is_on_core() const;
  [[nodiscard]] bool is_on_mesh_core() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::node
