#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lang/compiler.h"
#include "value/display.h"
#include "value/heap.h"
#include "vm/fake_host.h"
#include "vm/fiber.h"

namespace relay::test {

// How a program ended.
struct Outcome {
  std::string value;  // of the last expression, as the REPL shows it
  std::string error;  // the sentence, or empty
  std::string kind;   // of a runtime error
  std::string hint;
  std::string report;             // the whole error as users see it
  std::int64_t cost = 0;          // budget used
  std::int64_t largest_turn = 0;  // budget used between two looks at it, at most
  std::size_t turns = 0;
  std::size_t waits = 0;
};

// Runs programs as top-level code on a fiber with a fake world. Waits are answered at once: see answer().
class ScriptTest : public testing::Test {
 protected:
  // The budget of one turn; small, so that programs are stopped often.
  std::int64_t budget = 10'000;
  FakeHost host;
  // What a wait is answered with; by default nil. Undefined: fail with wait_error.
  std::function<Value(const Wait&)> answer = [](const Wait&) { return Value::nil(); };
  ScriptError wait_error;

  Outcome run(const std::string& text) {
    CompileResult compiled = load_program(std::make_shared<SourceFile>("test.rl", text));
    for (const Diagnostic& diagnostic : compiled.diagnostics) {
      if (diagnostic.severity == Diagnostic::Severity::kError)
        ADD_FAILURE() << render(diagnostic, Colours::kOff);
    }
    if (!compiled.program) return {};
    Heap heap;
    const HeapScope scope(heap);
    Outcome outcome = run(*compiled.program);
    while (!heap.drain(1'000'000)) {
    }
    return outcome;
  }

  // The value of the last expression; a failed program fails the test.
  std::string value_of(const std::string& text) {
    const Outcome outcome = run(text);
    EXPECT_EQ(outcome.report, "") << text;
    return outcome.value;
  }
  // What the program is told is wrong; a program that ends well fails the test.
  std::string error_of(const std::string& text) {
    const Outcome outcome = run(text);
    EXPECT_NE(outcome.error, "") << text << " gave " << outcome.value;
    return outcome.error;
  }
  std::string kind_of_error(const std::string& text) { return run(text).kind; }

 private:
  Outcome run(const bytecode::Program& program) {
    UndoLog undo;
    std::vector<Value> globals(program.globals.size());
    const FiberOwner owner{program, host, nullptr, undo, globals, true};
    Fiber fiber(owner);
    InlineCaches caches(program.cache_sites);
    Outcome outcome;
    fiber.start(*program.main, {}, Fiber::Arguments::kChecked);
    while (true) {
      std::int64_t left = budget;
      const Step step = fiber.run(caches, left);
      outcome.cost += budget - left;
      outcome.largest_turn = std::max(outcome.largest_turn, budget - left);
      ++outcome.turns;
      if (step == Step::kOutOfBudget) continue;
      if (step == Step::kWaiting) {
        ++outcome.waits;
        end_wait(fiber);
        continue;
      }
      if (step == Step::kDone) outcome.value = display(fiber.take_result(), Quotes::kQuoted);
      if (step == Step::kError) note_error(fiber.take_error(), outcome);
      return outcome;
    }
  }

  void end_wait(Fiber& fiber) {
    Value value = answer(fiber.take_wait());
    if (value.is_undefined()) {
      fiber.fail(wait_error);
    } else {
      fiber.deliver(std::move(value));
    }
  }

  static void note_error(const ScriptError& error, Outcome& outcome) {
    outcome.error = error.text();
    outcome.kind = error.kind;
    outcome.hint = error.hint;
    outcome.report = render(to_diagnostic(error), Colours::kOff);
  }
};

}  // namespace relay::test
