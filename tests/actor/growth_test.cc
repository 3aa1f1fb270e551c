#include "lang/growing_program.h"
#include "script_fixture.h"

namespace relay {
namespace {

// A session on cores that the test moves by hand.
class GrowingStage : public ProgramObserver {
 public:
  explicit GrowingStage(const std::string& first = "", std::size_t core_count = 1) {
    add(first);
    for (std::size_t i = 0; i < core_count; ++i) cores_.push_back(std::make_unique<ManualCore>(clock_));
    std::vector<Executor*> executors;
    for (const auto& core : cores_) executors.push_back(core.get());
    system = std::make_unique<ActorSystem>(
        session_.program(), executors, World{clock_, output, input_, random_, environment_, "test_node", {}}, ActorLimits{});
    system->start();
    system->run_program(*this);
    run();
  }

  // How top-level code ended: its value, "kind: message", "interrupted", or "runs".
  std::string eval(const std::string& text) {
    begin(text);
    run();
    return ended_;
  }
  void begin(const std::string& text) {
    ended_ = "runs";
    add(text);
    system->take_growth();
    system->run_again();
  }
  void run(int rounds = 20'000) {
    while (rounds-- > 0 && run_round()) {
    }
  }
  void advance(Duration by) {
    clock_.set(clock_.now() + by);
    run();
  }
  [[nodiscard]] const std::string& ended() const { return ended_; }

  std::shared_ptr<Answers> send(const std::string& server, const std::string& method) {
    auto answers = std::make_shared<Answers>();
    Call call;
    call.server = server;
    call.method = method;
    call.source = ArgsSource::kJson;
    call.deadline = clock_.now() + std::chrono::seconds(30);
    call.sink = std::make_unique<AnswersSink>(answers, ReplySink::Form::kJson, SIZE_MAX);
    system->call(std::move(call));
    return answers;
  }

  void on_program_end(const Value& value) override { ended_ = display(value, Quotes::kQuoted); }
  void on_program_error(const ScriptError& error) override {
    ended_ = error.kind + ": " + error.text() + (error.hint.empty() ? "" : " (" + error.hint + ")");
  }
  void on_program_interrupted() override { ended_ = "interrupted"; }

  KeptOutput output;

 private:
  void add(const std::string& text) {
    auto input = session_.read(std::make_shared<SourceFile>("<input>", text));
    std::vector<Diagnostic> found = input.diagnostics;
    if (input.is_sound()) found = session_.add(std::move(input));
    for (const Diagnostic& diagnostic : found) {
      if (diagnostic.severity == Diagnostic::Severity::kError) ADD_FAILURE() << render(diagnostic, Colours::kOff);
    }
  }
  bool run_round() {
    bool did_something = false;
    for (std::size_t i = 0; i < cores_.size(); ++i) {
      did_something |= cores_[i]->run_round();
      did_something |= system->ready_list(i).run_for(kActorSlice) == ReadyList::Left::kMore;
    }
    return did_something;
  }

  GrowingProgram session_;
  std::string ended_ = "runs";
  ManualClock clock_;
  KeptInput input_;
  CountingRandom random_;
  OneVariable environment_;
  std::vector<std::unique_ptr<ManualCore>> cores_;

 public:
  std::unique_ptr<ActorSystem> system;
};

TEST(Growth, VariablesOfEarlierInputsAreKnownToLaterOnes) {
  GrowingStage stage;
  EXPECT_EQ(stage.eval("set a = [1, 2]"), "[1, 2]");
  EXPECT_EQ(stage.eval("set a = a.push(3)"), "[1, 2, 3]");
  EXPECT_EQ(stage.eval("a.length()"), "3");
}

TEST(Growth, TheUnderscoreHoldsTheLastValueThatIsNotNil) {
  GrowingStage stage;
  stage.eval("40 + 2");
  stage.eval("nil");
  EXPECT_EQ(stage.eval("_ + 1"), "43");
}

TEST(Growth, AFunctionDefinedAgainIsCalledByThoseThatCalledTheFirst) {
  GrowingStage stage;
  stage.eval("fn f(x) { x + 1 }");
  stage.eval("fn g(x) { f(x) * 10 }");
  EXPECT_EQ(stage.eval("g(1)"), "20");
  EXPECT_EQ(stage.eval("fn f(x, y: optional(number)) { x + 2 }\ng(1)"), "30");
}

TEST(Growth, AFunctionMayCallWhatALaterInputDefines) {
  GrowingStage stage;
  stage.eval("fn is_even(n) { if n == 0 { true } else { is_odd(n - 1) } }");
  EXPECT_EQ(stage.eval("is_even(3)"), "name: undefined function: is_odd");
  stage.eval("fn misspelt(n) { is_evn(n) }");
  EXPECT_EQ(stage.eval("misspelt(3)"), "name: undefined function: is_evn (did you mean `is_even`?)");
  stage.eval("fn is_odd(n) { if n == 0 { false } else { is_even(n - 1) } }");
  EXPECT_EQ(stage.eval("is_even(10)"), "true");
  stage.eval("fn reads() { late }");
  EXPECT_EQ(stage.eval("try { reads() } catch e { e.error }"), R"("undefined variable: late")");
  stage.eval("set late = 7");
  EXPECT_EQ(stage.eval("reads()"), "7");
}

TEST(Growth, AFunctionMayReadAServerThatALaterInputDefines) {
  GrowingStage stage;
  stage.eval("fn ask() { send late get {} }");
  EXPECT_EQ(stage.eval("ask()"), "name: undefined variable: late");
  stage.eval("server late { receive fn get() { 5 } }");
  EXPECT_EQ(stage.eval("ask()"), "5");
}

TEST(Growth, ServersOfEarlierInputsKeepTheirState) {
  GrowingStage stage;
  EXPECT_EQ(stage.eval("server c { state { n: number = 0 } receive fn add() { state.set(\"n\", state.n + 1) } }"), "<server: c>");
  EXPECT_EQ(stage.eval("send c add {}"), "1");
  EXPECT_EQ(stage.eval("fn twice() { send c add {}; send c add {} }\ntwice()"), "3");
}

TEST(Growth, AServerDefinedAgainBeginsAnewAndWhatWaitedAtTheFirstFails) {
  GrowingStage stage("", 2);
  stage.eval("server s { state { n: number = 1 } receive fn slow() { sleep(10); state.n } receive fn get() { state.n } }");
  stage.eval("set handle = s");
  const auto running = stage.send("s", "slow");
  const auto waiting = stage.send("s", "get");
  stage.run();
  EXPECT_EQ(stage.eval("server s { state { n: number = 2 } receive fn get() { state.n } }"), "<server: s>");
  EXPECT_EQ(running->only(), "shutting_down: method 's.slow' was stopped: the server stops");
  EXPECT_EQ(waiting->only(), "shutting_down: method 's.get' did not run: the server stops");
  EXPECT_EQ(stage.eval("[message(s, \"get\"), message(handle, \"get\"), s == handle]"), "[2, 2, true]");
  EXPECT_EQ(stage.system->server_names(), std::vector<std::string>{"s"});
  EXPECT_EQ(stage.system->server_summaries().size(), 1u);
}

TEST(Growth, HandlersSeeVariablesThatNoServerReadBefore) {
  GrowingStage stage;
  stage.eval("set limit = 10");
  stage.eval("server s { receive fn get() { [limit, double(limit)] } }\nfn double(x) { x * 2 }");
  EXPECT_EQ(stage.eval("message(\"s\", \"get\")"), "[10, 20]");
  stage.eval("set limit = 11\nfn double(x) { x * 3 }");
  EXPECT_EQ(stage.eval("message(\"s\", \"get\")"), "[11, 33]");
}

TEST(Growth, AHandlerMayCallAFunctionOfALaterInputThatItIsGiven) {
  GrowingStage stage;
  stage.eval("server s { receive fn apply(f) { f() } receive fn later(f) { sleep(1); f() } }");
  stage.eval("set secret = 3\nset tag = {name: \"x\"}");
  EXPECT_EQ(stage.eval("message(\"s\", \"apply\", fn () { [secret, tag.name, [3, 1].sort(), `${secret}`] })"),
            R"([3, "x", [1, 3], "3"])");
}

TEST(Growth, AStructDefinedInTheSameWordsIsTheSameType) {
  GrowingStage stage;
  const std::string text = "struct Node { value: number, next: optional(Node) }\nstruct Other { a: Node }";
  stage.eval(text);
  stage.eval("set n = Node{value: 1}\nset o = Other{a: n}");
  stage.eval("fn take(node: Node) { node.value }");
  stage.eval(text);
  EXPECT_EQ(stage.eval("[take(Node{value: 2}), take(n), Node{value: 1} == n, o == Other{a: Node{value: 1}}]"),
            "[2, 1, true, true]");
}

TEST(Growth, AStructDefinedInOtherWordsIsAnotherTypeAndSoAreThoseThatNameIt) {
  GrowingStage stage;
  stage.eval("struct In { a: number }\nstruct Out { held: In }");
  stage.eval("set old = Out{held: In{a: 1}}");
  stage.eval("struct In { a: number, b: optional(number) }\nstruct Out { held: In }");
  EXPECT_EQ(stage.eval("Out{held: In{a: 1, b: 2}}"), "Out{held: In{a: 1, b: 2}}");
  EXPECT_EQ(stage.eval("Out{held: old.held}"), "type: field 'held' of struct Out must be In, got In");
}

TEST(Growth, AProtocolOfAnEarlierInputIsChecked) {
  GrowingProgram session;
  auto protocol = session.read(std::make_shared<SourceFile>("<input>", "protocol P { get() -> number }"));
  ASSERT_TRUE(protocol.is_sound());
  EXPECT_TRUE(session.add(std::move(protocol)).empty());
  const auto server = session.read(std::make_shared<SourceFile>("<input>", "server s implements P { receive fn other() { 1 } }"));
  ASSERT_EQ(server.diagnostics.size(), 1u);
  EXPECT_EQ(server.diagnostics[0].message, "server 's' does not implement get of protocol P");
}

TEST(Growth, AnInputThatDoesNotCompileLeavesTheSessionAsItWas) {
  GrowingProgram session;
  auto input = session.read(std::make_shared<SourceFile>(
      "<input>", "server s { receive fn get() { 1 } }\nset fresh = 1\nconfig { app_name: 1 + 1 }"));
  ASSERT_TRUE(input.is_sound());
  EXPECT_TRUE(has_error(session.add(std::move(input))));
  EXPECT_TRUE(session.program().servers.empty());
  EXPECT_FALSE(session.names().variables.contains("fresh"));
  auto next = session.read(std::make_shared<SourceFile>("<input>", "set other = 1"));
  EXPECT_TRUE(session.add(std::move(next)).empty());
}

TEST(Growth, AnErrorEndsItsInputAndNothingElse) {
  GrowingStage stage;
  EXPECT_EQ(stage.eval("set a = 1\nset b = a / 0\nset a = 2"), "arithmetic: division by zero");
  EXPECT_EQ(stage.eval("a"), "1");
  EXPECT_EQ(stage.eval("b"), "name: undefined variable: b (it is not set yet)");
}

TEST(Growth, ManyInputsDoNotFillTheTableOfFunctions) {
  GrowingProgram session;
  const std::size_t functions = session.program().functions.size();
  for (int i = 0; i < 1000; ++i) {
    auto input = session.read(std::make_shared<SourceFile>("<input>", "set a = " + std::to_string(i)));
    ASSERT_TRUE(session.add(std::move(input)).empty());
  }
  EXPECT_EQ(session.program().functions.size(), functions);
}

TEST(Growth, AnInterruptEndsARunawayLoopAndLeavesWhatItHasSet) {
  GrowingStage stage;
  stage.begin("set n = 0\nwhile true { set n = n + 1 }");
  stage.run(50);
  EXPECT_EQ(stage.ended(), "runs");
  stage.system->interrupt_program();
  stage.run(50);
  EXPECT_EQ(stage.ended(), "interrupted");
  EXPECT_EQ(stage.eval("n > 0"), "true");
}

TEST(Growth, AnInterruptStopsTheHandlersThatWorkForTheProgram) {
  GrowingStage stage("", 2);
  stage.eval(R"(
server inner { state { n: number = 0 } receive fn spin() { state.set("n", 5); while true { } } receive fn get() { state.n } }
server outer { receive fn go() { message("inner", "spin") } receive fn ok() { 1 } }
)");
  stage.begin("message(\"outer\", \"go\")");
  stage.run(50);
  EXPECT_EQ(stage.ended(), "runs");
  stage.system->interrupt_program();
  stage.run(200);
  EXPECT_EQ(stage.ended(), "interrupted");
  EXPECT_EQ(stage.eval("[message(\"outer\", \"ok\"), message(\"inner\", \"get\")]"), "[1, 0]");
}

TEST(Growth, AnInterruptDropsMessagesThatHaveNotBegun) {
  GrowingStage stage;
  stage.eval(R"(
server s { state { n: number = 0 }
  receive fn slow() { sleep(5) } receive fn count() { state.set("n", state.n + 1) } receive fn get() { state.n } }
)");
  const auto other = stage.send("s", "slow");
  stage.begin("message(\"s\", \"count\")");
  stage.run();
  stage.system->interrupt_program();
  stage.run();
  EXPECT_EQ(stage.ended(), "interrupted");
  stage.advance(std::chrono::seconds(6));
  EXPECT_EQ(other->only(), "null");
  EXPECT_EQ(stage.eval("message(\"s\", \"get\")"), "0");
}

TEST(Growth, AnInterruptAfterTheEndDoesNotTouchTheNextInput) {
  GrowingStage stage;
  stage.eval("1");
  stage.system->interrupt_program();
  EXPECT_EQ(stage.eval("2"), "2");
}

}  // namespace
}  // namespace relay
