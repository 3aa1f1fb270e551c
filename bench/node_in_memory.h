#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actor/actor_system.h"
#include "http/fake_loop.h"
#include "lang/compiler.h"

namespace relay::bench {

// What programs see of the outside: nothing.
struct NoWorld final : Output, Input, RandomSource, Environment {
  Host::Printed print(std::string_view) override { return Host::Printed::kAccepted; }
  void when_room(std::function<void()> resume) override { resume(); }
  void read_line(std::function<void(Line)> done) override { done(std::optional<std::string>()); }
  void fill(std::span<std::uint64_t> words) override { std::fill(words.begin(), words.end(), 1); }
  [[nodiscard]] Result<std::optional<std::string>> get(const std::string&) const override {
    return std::optional<std::string>();
  }
};

// The actors of a program on one core that the benchmark turns by hand, without sockets; no time passes.
class NodeInMemory {
 public:
  explicit NodeInMemory(const char* text) {
    CompileResult loaded = load_program(std::make_shared<SourceFile>("bench.rl", text));
    program_ = std::move(loaded.program);
    system_ = std::make_unique<ActorSystem>(*program_, std::vector<Executor*>{&loop_},
                                            World{loop_.clock(), world_, world_, world_, world_, "bench", {}}, ActorLimits{});
    system_->start();
    run();
  }

  [[nodiscard]] http::FakeLoop& loop() { return loop_; }
  [[nodiscard]] ActorSystem& actors() { return *system_; }

  // Runs until nobody has anything to do.
  void run() {
    do {
      loop_.run();
    } while (system_->ready_list(0).run_for(kActorSlice) == ReadyList::Left::kMore);
    loop_.run();
  }

 private:
  http::FakeLoop loop_;
  NoWorld world_;
  std::unique_ptr<bytecode::Program> program_;
  std::unique_ptr<ActorSystem> system_;
};

}  // namespace relay::bench
