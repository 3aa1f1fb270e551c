#include "vm/fiber.h"

#include <gtest/gtest.h>

#include "value/string.h"
#include "vm/script_fixture.h"

namespace relay::test {
namespace {

class FiberTest : public ScriptTest {};

TEST_F(FiberTest, GivesTheSameResultHoweverOftenItIsStopped) {
  const std::string program = R"(
    fn fib(n) { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
    set words = []
    for i, c in "abc" { set words = words.push(c + string(i)) }
    [fib(12), words, [3, 1, 2].map(fn (x) { x * 2 }).sort(), {a: 1}.map(fn (v, k) { k })]
  )";
  budget = 1'000'000;
  const std::string whole = value_of(program);
  EXPECT_EQ(whole, R"([144, ["a0", "b1", "c2"], [2, 4, 6], {a: "a"}])");
  budget = 1;
  EXPECT_EQ(value_of(program), whole);
}

TEST_F(FiberTest, IsStoppedByItsBudgetInEveryKindOfLoop) {
  for (const char* loop : {"while i < 50000 { set i = i + 1 }", "for x in range(50000) { set i = i + 1 }",
                           "for x in range(50000).map(fn (y) { y }) { set i = i + 1 }"}) {
    budget = 1000;
    const Outcome outcome = run(std::string("set i = 0; ") + loop + "; i");
    EXPECT_EQ(outcome.value, "50000") << loop;
    EXPECT_GT(outcome.turns, 45u) << loop;
  }
  budget = 100;
  EXPECT_GT(run("fn down(n) { if n == 0 { 0 } else { down(n - 1) } } down(5000)").turns, 45u);
}

TEST_F(FiberTest, IsStoppedWhileItChangesASharedArrayAllOver) {
  const std::string program = R"(
    set old = range(102400).map(fn (x) { x })
    set a = old
    for i in range(0, 102400, 1024) { set a = a.set(i, -1) }
    old[1024] + a[1024]
  )";
  const std::string alone = "set old = nil\n";
  const std::string place = "set a = old\n";
  const std::size_t at = program.find(place) + place.size();
  const Outcome shared = run(program);
  const Outcome sole = run(program.substr(0, at) + alone + program.substr(at, program.rfind("old[") - at));
  EXPECT_EQ(shared.value, "1023");
  EXPECT_GT(shared.cost - sole.cost, 90 * 128);
}

TEST_F(FiberTest, WaitsInTheMiddleOfACallback) {
  answer = [](const Wait& wait) {
    EXPECT_TRUE(std::holds_alternative<CallWait>(wait));
    return Value(7.0);
  };
  const Outcome outcome = run(R"([1, 2].map(fn (x) { x + message("s", "m", x) }))");
  EXPECT_EQ(outcome.value, "[8, 9]");
  EXPECT_EQ(outcome.waits, 2u);
}

TEST_F(FiberTest, RaisesTheErrorOfAFailedWaitAtTheCall) {
  answer = [](const Wait&) { return Value(); };
  wait_error = runtime_error("timeout", "too late");
  EXPECT_EQ(value_of(R"(try { message("s", "m") } catch e { [e.error, e.kind, e.line] })"),
            R"(["too late", "timeout", 1])");
}

TEST_F(FiberTest, LimitsTheDepthOfCallsWithoutLosingTheProgram) {
  EXPECT_EQ(value_of("fn f(n) { f(n + 1) + 1 }\n[try { f(0) } catch e { [e.error, e.kind] }, 1 + 1]"),
            R"([["stack overflow", "limit"], 2])");
}

TEST_F(FiberTest, IsIdleAgainAfterItWasAbandoned) {
  auto compiled = load_program(std::make_shared<SourceFile>("t.rl", "set keep = [1, 2]; sleep(1); keep"));
  Heap heap;
  {
    const HeapScope scope(heap);
    UndoLog undo;
    std::vector<Value> globals(compiled.program->globals.size());
    Fiber fiber({*compiled.program, host, nullptr, undo, globals, true});
    InlineCaches caches(compiled.program->cache_sites);
    std::int64_t left = 1000;
    fiber.start(*compiled.program->main, {}, Fiber::Arguments::kChecked);
    EXPECT_EQ(fiber.run(caches, left), Step::kWaiting);
    fiber.abandon();
    EXPECT_TRUE(fiber.is_idle());
    fiber.start(*compiled.program->main, {}, Fiber::Arguments::kChecked);
    EXPECT_EQ(fiber.run(caches, left), Step::kWaiting);
    fiber.deliver(Value::nil());
    EXPECT_EQ(fiber.run(caches, left), Step::kDone);
    EXPECT_EQ(display(fiber.take_result()), "[1, 2]");
  }
  while (!heap.drain(1000)) {
  }
  EXPECT_EQ(heap.bytes(), 0u);
}

// How top-level code ends that may hold 1 MiB, with its variables in `globals`.
Diagnostic end_within_a_megabyte(Host& host, const std::string& text, std::vector<Value>& globals) {
  auto compiled = load_program(std::make_shared<SourceFile>("t.rl", text));
  UndoLog undo;
  globals.resize(compiled.program->globals.size());
  Fiber fiber({*compiled.program, host, nullptr, undo, globals, true});
  InlineCaches caches(compiled.program->cache_sites);
  fiber.start(*compiled.program->main, {}, Fiber::Arguments::kChecked);
  Step step = Step::kOutOfBudget;
  while (step == Step::kOutOfBudget) {
    std::int64_t left = 100;
    step = fiber.run(caches, left);
  }
  if (step != Step::kError) return {};
  const ScriptError error = fiber.take_error();
  EXPECT_EQ(error.kind, "limit");
  Diagnostic seen = to_diagnostic(error);
  seen.place.file.reset();
  seen.place.span.begin = error.place.file->position(error.place.span.begin).line;
  return seen;
}

TEST_F(FiberTest, RefusesToGrowPastTheHeapsLimit) {
  Heap heap(1 << 20);
  const HeapScope scope(heap);
  std::vector<Value> globals;
  const Diagnostic end = end_within_a_megabyte(host, "set a = []\nwhile true { set a = a.push([1, 2, 3, 4]) }", globals);
  EXPECT_EQ(end.message, "the program holds more than 1 MiB");
  EXPECT_EQ(end.place.span.begin, 2u) << "the line of the loop";
}

TEST_F(FiberTest, CatchesTheHeapsLimitAroundALoop) {
  Heap heap(1 << 20);
  const HeapScope scope(heap);
  std::vector<Value> globals;
  const std::string text = "set a = []\ntry { while true { set a = a.push([1, 2, 3, 4]) } } catch e { set a = e.kind }";
  EXPECT_EQ(end_within_a_megabyte(host, text, globals).message, "");
  EXPECT_EQ(string::text(globals[0]), "limit");
}

TEST_F(FiberTest, FindsTheHeapsLimitAtTheBeginningOfAFunction) {
  Heap heap(1 << 20);
  const HeapScope scope(heap);
  std::vector<Value> globals;
  const std::string text = "fn one() { [1, 2, 3, 4] }\nset a = []\nwhile true { set a = a.push(one()).push(one()) }";
  EXPECT_EQ(end_within_a_megabyte(host, text, globals).message, "the program holds more than 1 MiB");
}

}  // namespace
}  // namespace relay::test
