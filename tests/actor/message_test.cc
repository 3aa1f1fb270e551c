#include "script_fixture.h"

namespace relay {
namespace {

TEST(Messages, AreHandledInTheOrderSent) {
  Stage stage(R"(
server log { state { all: array = [] } receive fn add(n) { state.set("all", state.all.push(n)) } receive fn all() { state.all } }
server relay_to_log { receive fn go() { for i in range(5) { notify("log", "add", i) }; message("log", "add", 5); notify("log", "add", 6); message("log", "all") } }
)");
  EXPECT_EQ(stage.ask("relay_to_log.go"), "[0,1,2,3,4,5,6]");
}

TEST(Messages, FailuresReachTheCallerAsErrors) {
  Stage stage(R"(
struct Bad { why: string }
server s {
  receive fn throws() { throw {code: 4} }
  receive fn divides() { 1 / 0 }
  receive fn throws_struct() { throw Bad{why: "x"} }
}
server t {
  receive fn kinds() { [
    try { message("nobody", "x") } catch e { [e.error, e.kind] },
    try { message("s", "nothing") } catch e { [e.error, e.kind] },
    try { message("s", "divides") } catch e { [e.error, e.kind] },
    try { message("s", "throws") } catch e { e },
    try { message("s", "throws_struct") } catch e { e.why },
    try { notify("nobody", "x") } catch e { [e.error, e.kind] },
    try { notify("s", "nothing") } catch e { [e.error, e.kind] },
    try { notify_after(1, "nobody", "x") } catch e { [e.error, e.kind] }
  ] }
}
)");
  EXPECT_EQ(stage.ask("t.kinds"),
            R"([["server 'nobody' not found","server_not_found"],)"
            R"(["method 'nothing' not found on server 's'","method_not_found"],)"
            R"(["division by zero","arithmetic"],)"
            R"({"code":4},)"
            R"("x",)"
            R"(["server 'nobody' not found","server_not_found"],)"
            R"(["method 'nothing' not found on server 's'","method_not_found"],)"
            R"(["server 'nobody' not found","server_not_found"]])");
}

TEST(Messages, AnErrorPassesThroughServersUnchanged) {
  Stage stage(R"(
server a { receive fn f() { message("b", "f") } receive fn missing() { message("nobody", "f") } }
server b { receive fn f() { message("c", "f") } }
server c { receive fn f() { "x" + 1 } }
)");
  EXPECT_EQ(stage.ask("a.f"), "type: cannot add string and number");
  EXPECT_EQ(stage.ask("a.missing"), "server_not_found: server 'nobody' not found");
}

TEST(Messages, TheTraceOfAnErrorLeadsThroughServers) {
  Stage stage(R"(
server a { receive fn f() { message("b", "g") } }
server b { receive fn g() { deep(1) } fn deep(n) { n / 0 } }
message("a", "f")
)");
  stage.run_program();
  EXPECT_EQ(stage.ended, "arithmetic: division by zero");
  EXPECT_EQ(stage.trace, (std::vector<std::string>{"b.deep (test.rl:3:52)", "b.g (test.rl:3:29)", "a.f (test.rl:2:29)"}));
}

TEST(Messages, MessageAllJoinsInOrder) {
  Stage stage(R"(
server s { receive fn twice(n: number) { n * 2 } receive fn fail() { throw "no" } receive fn nap() { sleep(5); "late" } }
print(message_all([
  {server: "s", method: "nap"},
  {server: "s", method: "twice", args: [4]},
  {server: s, method: "fail"},
  {server: "nobody", method: "x"},
  {server: "s", method: "twice", args: {n: 5}}
]))
)");
  EXPECT_EQ(stage.run_program(), "");
  stage.advance(std::chrono::seconds(6));
  EXPECT_EQ(stage.output.take(),
            "[{ok: \"late\"}, {ok: 8}, {error: \"no\"}, "
            "{error: {error: \"server 'nobody' not found\", kind: \"server_not_found\", line: 3}}, {ok: 10}]\n");
}

TEST(Messages, FunctionsTravelWithTheirVariablesByCopy) {
  Stage stage(R"(
server s {
  state { f: any }
  receive fn keep(f) { state.set("f", f); nil }
  receive fn run() { state.f() }
}
server sender {
  receive fn go() {
    set n = 0
    set count = fn () { set n = n + 1; n }
    count()
    message("s", "keep", count)
    count(); count()
    [message("s", "run"), message("s", "run"), count()]
  }
}
)");
  EXPECT_EQ(stage.ask("sender.go"), "[2,3,4]");
}

TEST(Messages, AFunctionBoundToItsServerIsRefused) {
  Stage stage(R"(
server s { receive fn keep(f) { 1 } }
server bound {
  state { n: number = 0 }
  fn helper() { 1 }
  receive fn with_state() { try { message("s", "keep", fn () { state.n }) } catch e { [e.error, e.kind] } }
  receive fn with_helper() { try { notify("s", "keep", fn () { helper() }) } catch e { e.kind } }
  receive fn one_of_many() { message_all([{server: "s", method: "keep", args: [fn () { state.n }]}, {server: "s", method: "keep", args: [1]}]).map(fn (r) { r.has("ok") }) }
}
)");
  EXPECT_EQ(stage.ask("bound.with_state"), R"(["a function that uses the state of its server cannot leave it","argument"])");
  EXPECT_EQ(stage.ask("bound.with_helper"), R"("argument")");
  EXPECT_EQ(stage.ask("bound.one_of_many"), "[false,true]");
}

TEST(Messages, AFullMailboxIsAnErrorAtTheSender) {
  ActorLimits limits;
  limits.mailbox_messages = 3;
  Stage stage(R"(
server s { receive fn f() { sleep(1) } }
server sender { receive fn go() { set sent = 0; try { while true { notify("s", "f"); set sent = sent + 1 } } catch e { [sent, e.error, e.kind] } } }
)", 1, limits);
  EXPECT_EQ(stage.ask("sender.go"), R"([3,"mailbox of server 's' is full","overloaded"])");
  std::vector<std::shared_ptr<Answers>> answers;
  for (int i = 0; i < 2; ++i) answers.push_back(stage.send("s.f"));
  stage.run();
  EXPECT_EQ(answers[1]->only(), "overloaded: mailbox of server 's' is full");
  EXPECT_EQ(answers[1]->ran, Ran::kNo);
}

TEST(Messages, AMailboxIsBoundedInBytesToo) {
  ActorLimits limits;
  limits.mailbox_bytes = 10'000;
  Stage stage(R"(server s { receive fn f(text) { text.length() } })", 1, limits);
  const std::string half = "[\"" + std::string(6000, 'x') + "\"]";
  const auto first = stage.send("s.f", half);
  const auto second = stage.send("s.f", half);
  stage.run();
  EXPECT_EQ(first->only(), "6000");
  EXPECT_EQ(second->only(), "overloaded: mailbox of server 's' is full");
  EXPECT_EQ(stage.ask("s.f", half), "6000");
}

TEST(Messages, NotifyAfterComesWhenItsTimeHasCome) {
  Stage stage(R"(
server s { state { got: array = [] } receive fn put(x) { state.set("got", state.got.push(x)) } receive fn got() { state.got } }
notify_after(2, "s", "put", "late")
notify_after(1, "s", "put", "soon")
notify("s", "put", "now")
)");
  stage.run_program();
  EXPECT_EQ(stage.ask("s.got"), R"(["now"])");
  stage.advance(std::chrono::milliseconds(1500));
  EXPECT_EQ(stage.ask("s.got"), R"(["now","soon"])");
  stage.advance(std::chrono::seconds(1));
  EXPECT_EQ(stage.ask("s.got"), R"(["now","soon","late"])");
}

TEST(Messages, DelayedMessagesAreBounded) {
  ActorLimits limits;
  limits.delayed_messages = 2;
  Stage stage(R"(
server s { receive fn f() { 1 } }
server sender { receive fn go() { set n = 0; try { while true { notify_after(5, "s", "f"); set n = n + 1 } } catch e { [n, e.kind] } } }
)", 1, limits);
  EXPECT_EQ(stage.ask("sender.go"), R"([2,"overloaded"])");
  stage.advance(std::chrono::seconds(6));
  EXPECT_EQ(stage.ask("sender.go"), R"([2,"overloaded"])");
}

TEST(Messages, BytesOfDelayedMessagesAreBounded) {
  ActorLimits limits;
  limits.delayed_bytes = 5'000;
  Stage stage(R"(
server s { receive fn f(x) { 1 } }
server sender { receive fn go() { set n = 0; try { while true { notify_after(5, "s", "f", "x".repeat(2000)); set n = n + 1 } } catch e { [n, e.kind] } } }
)", 1, limits);
  EXPECT_EQ(stage.ask("sender.go"), R"([2,"overloaded"])");
  stage.advance(std::chrono::seconds(6));
  EXPECT_EQ(stage.ask("sender.go"), R"([2,"overloaded"])") << "their bytes are free again";
}

TEST(Messages, ErrorsShowTheBeginningOfALongName) {
  Stage stage(R"(server s { receive fn f() { 1 } })");
  const std::string name(300, 'x');
  const std::string shown = std::string(200, 'x') + "...";
  EXPECT_EQ(stage.ask(name + ".f"), "server_not_found: server '" + shown + "' not found");
  EXPECT_EQ(stage.ask("s." + name), "method_not_found: method '" + shown + "' not found on server 's'");
}

TEST(Messages, PrintWaitsForRoomAndReadLineForALine) {
  Stage stage(R"(
server s { receive fn go() { print("one"); print("two"); read_line() } }
server other { receive fn hi() { "hi" } }
)");
  stage.output.is_full = true;
  const auto answers = stage.send("s.go");
  stage.run();
  EXPECT_EQ(stage.output.take(), "one\n");
  EXPECT_EQ(stage.ask("other.hi"), R"("hi")");
  stage.output.is_full = false;
  ASSERT_EQ(stage.output.waiting.size(), 1u);
  stage.output.waiting[0]();
  stage.run();
  EXPECT_EQ(stage.output.take(), "two\n");
  ASSERT_EQ(stage.input.waiting.size(), 1u);
  stage.input.waiting[0](std::optional<std::string>("typed"));
  stage.run();
  EXPECT_EQ(answers->only(), R"("typed")");
}

TEST(Messages, TheWorldIsTheNodes) {
  Stage stage(R"(
server s { receive fn go() { [node_id(), args(), env("HOME"), try { env("PATH") } catch e { e.kind }, try { read_line() } catch e { e.kind }] } }
)");
  const auto answers = stage.send("s.go");
  stage.run();
  ASSERT_EQ(stage.input.waiting.size(), 1u);
  stage.input.waiting[0](Error{Errc::kTooLarge, "line too long"});
  stage.run();
  EXPECT_EQ(answers->only(), R"(["test_node",["one","two"],"/home/relay","denied","limit"])");
}

}  // namespace
}  // namespace relay
