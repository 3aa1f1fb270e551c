#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lang/compiler.h"
#include "value/display.h"
#include "value/heap.h"
#include "vm/fiber.h"

// Any text as a program: parsed, checked, compiled and, if it is one, run for a while under small limits. Servers are
// not started; whatever the program waits for is answered by nil.

namespace {

using namespace relay;

class NoWorld final : public Host {
 public:
  Printed print(std::string_view) override { return Printed::kAccepted; }
  Notified notify(std::string_view, std::string_view, Value, Duration) override { return {}; }
  void start_server(std::uint16_t) override {}
  bool load_global(std::uint16_t, Value&) override { return false; }
  [[nodiscard]] WallTime wall_now() const override { return {}; }
  [[nodiscard]] std::uint64_t random_bits() override { return random_ = random_ * 6364136223846793005u + 1; }
  [[nodiscard]] const std::string& node_id() const override { return id_; }
  [[nodiscard]] const std::vector<std::string>& arguments() const override { return arguments_; }
  [[nodiscard]] Result<std::optional<std::string>> environment(const std::string&) const override {
    return Error{Errc::kDenied, "no"};
  }

 private:
  std::uint64_t random_ = 1;
  std::string id_ = "fuzz";
  std::vector<std::string> arguments_;
};

void run(const bytecode::Program& program) {
  constexpr int kTurns = 50;
  constexpr std::int64_t kTurnBudget = 2'000;
  constexpr std::size_t kHeapBytes = 16u << 20;
  Heap heap(kHeapBytes);
  const HeapScope scope(heap);
  NoWorld world;
  UndoLog undo;
  std::vector<Value> globals(program.globals.size());
  Fiber fiber({program, world, nullptr, undo, globals, true, 200});
  InlineCaches caches(program.cache_sites);
  fiber.start(*program.main, {}, Fiber::Arguments::kChecked);
  for (int turn = 0; turn < kTurns; ++turn) {
    std::int64_t budget = kTurnBudget;
    const Step step = fiber.run(caches, budget);
    if (step == Step::kDone) {
      (void)display(fiber.take_result());
      return;
    }
    if (step == Step::kError) {
      (void)render(to_diagnostic(fiber.take_error()), Colours::kOff);
      return;
    }
    if (step == Step::kWaiting) {
      (void)fiber.take_wait();
      fiber.deliver(Value::nil());
    }
  }
  fiber.abandon();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const CompileResult compiled = load_program(std::make_shared<SourceFile>("fuzz.rl", text));
  for (const Diagnostic& diagnostic : compiled.diagnostics) (void)render(diagnostic, Colours::kOff);
  if (!compiled.program) return 0;
  (void)bytecode::disassemble(*compiled.program);
  run(*compiled.program);
  return 0;
}
