#include "sim/program.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "actor/server_summary.h"
#include "lang/compiler.h"

namespace relay::sim {
namespace {

constexpr const char* kServers = R"(
server counter {
  state { hits: number = 0 }
  receive fn hit(id: string, ballast: optional(string)) {
    print("run", id)
    state.set("hits", state.hits + 1)
    id
  }
  receive fn fail(id: string) {
    print("run", id)
    throw id
  }
}
server sleeper {
  receive fn nap(id: string, seconds: number) {
    print("run", id)
    sleep(seconds)
    id
  }
}
server front {
  receive fn pass(id: string, to: string) {
    print("run", id)
    message(to + ".counter", "hit", id + "/1")
  }
  receive fn relay(id: string, nodes: array) {
    print("run", id)
    if nodes.length() == 0 { return id }
    message(nodes[0] + ".front", "relay", id + "/1", nodes.slice(1, nodes.length()))
  }
  receive fn fan(id: string, nodes: array) {
    print("run", id)
    message_all(nodes.map(fn (node, i) {
      {server: node + ".counter", method: "hit", args: [id + "/" + i], timeout: 2}
    }))
  }
  receive fn tell(id: string, to: string) {
    print("run", id)
    notify(to + ".counter", "hit", id + "/1")
    id
  }
}
)";

constexpr const char* kShared = R"(
server shared {
  receive fn hit(id: string) {
    print("run", id)
    id
  }
}
)";

std::unique_ptr<bytecode::Program> compile_text(const std::string& text) {
  CompileResult loaded = load_program(std::make_shared<SourceFile>("sim.rl", text));
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    std::fputs(render(diagnostic, Colours::kOff).c_str(), stderr);
  }
  if (loaded.program == nullptr) std::abort();
  return std::move(loaded.program);
}

}  // namespace

const bytecode::Program& program(Variant variant) {
  static const std::unique_ptr<bytecode::Program> plain = compile_text(kServers);
  static const std::unique_ptr<bytecode::Program> with_shared = compile_text(std::string(kServers) + kShared);
  return variant == Variant::kPlain ? *plain : *with_shared;
}

std::vector<mesh::ServerEntry> server_entries(const bytecode::Program& program) {
  std::vector<mesh::ServerEntry> entries;
  for (ServerSummary& summary : summarize_servers(program)) {
    entries.push_back({std::move(summary.name), std::move(summary.methods), std::move(summary.state)});
  }
  return entries;
}

}  // namespace relay::sim
