#include "relay/node.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <future>
#include <string>
#include <thread>

#include "embed_fixture.h"
#include "node/pipe.h"

namespace relay {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCounter = R"(
server counter {
    state { n: number = 0 }
    receive fn add(by: number) -> number { state.set("n", state.n + by) }
    receive fn rest() { sleep(60) }
}
)";

// Answers with what another call says.
CallDone pass_on(Reply reply) {
  return [kept = std::make_shared<Reply>(std::move(reply))](Result<Value> result) {
    if (result) {
      kept->answer(*result);
    } else {
      kept->fail(result.error());
    }
  };
}

TEST(Node, RunsAProgramAndServesItsServers) {
  Node node(loopback());
  EXPECT_EQ(shown(node.load_source("counter.rl", kCounter)), "fine");
  EXPECT_EQ(shown(node.start()), "fine");
  EXPECT_TRUE(node.is_running());
  EXPECT_NE(node.port(), 0);
  EXPECT_EQ(shown(node.wait_for_program(10s)), "fine");
  EXPECT_EQ(rpc(node, "counter.add", "[2]"), result("2"));
  EXPECT_EQ(shown(node.call("counter", "add", Value::object({{"by", 3}}))), "5");
  EXPECT_EQ(shown(node.stop()), "fine");
  EXPECT_FALSE(node.is_running());
  EXPECT_EQ(node.port(), 0);
}

TEST(Node, PrintsAndReadsWhereItIsTold) {
  node::Pipe output;
  node::Pipe input;
  NodeConfig config = loopback();
  config.output = output.writer();
  config.input = input.reader();
  config.arguments = {"an argument"};
  Node node(config);
  ASSERT_TRUE(node.load_source("echo.rl", "print(read_line(), args()[0], node_id())"));
  ASSERT_TRUE(node.start());
  input.put("a line\n");
  EXPECT_EQ(output.take(28), "a line an argument embedded\n");
}

TEST(Node, SaysWhatIsWrongWithAProgram) {
  Node node(loopback());
  const Result<void> wrong = node.load_source("wrong.rl", "set x = ");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::kParse);
  EXPECT_NE(wrong.error().message.find("wrong.rl:1"), std::string::npos) << wrong.error().message;
  EXPECT_EQ(shown(node.load_file("/nowhere/program.rl")), "io: cannot read /nowhere/program.rl");
  EXPECT_EQ(shown(node.load_file("/")), "io: cannot read /");
}

TEST(Node, LoadsOneProgramFromAFile) {
  const std::string path = testing::TempDir() + "embed_node_test.rl";
  std::ofstream(path) << kCounter;
  Node node(loopback());
  EXPECT_EQ(shown(node.load_file(path)), "fine");
  EXPECT_EQ(shown(node.load_file(path)), "denied: this node has a program already");
  ASSERT_TRUE(node.start());
  EXPECT_EQ(shown(node.load_file(path)), "denied: the node runs already");
  EXPECT_EQ(shown(node.call("counter", "add", Value::array({1}))), "1");
  std::remove(path.c_str());
}

TEST(Node, TellsHowItsProgramFailed) {
  Node node(loopback());
  EXPECT_EQ(shown(node.wait_for_program(1s)), "shutting_down: the node does not run");
  ASSERT_TRUE(node.load_source("fails.rl", "1 / 0"));
  ASSERT_TRUE(node.start());
  const Result<void> end = node.wait_for_program(10s);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::kRuntime);
  EXPECT_EQ(end.error().error_kind, "arithmetic");
  EXPECT_NE(end.error().message.find("division by zero"), std::string::npos) << end.error().message;

  Node thrower(loopback());
  ASSERT_TRUE(thrower.load_source("throws.rl", "throw {code: 7}"));
  ASSERT_TRUE(thrower.start());
  const Result<void> thrown = thrower.wait_for_program(10s);
  ASSERT_FALSE(thrown);
  EXPECT_EQ(thrown.error().kind, ErrorKind::kApplication);
  EXPECT_EQ(thrown.error().data["code"], Value(7));
}

TEST(Node, DoesNotWaitForAProgramThatGoesOn) {
  Node node(loopback());
  ASSERT_TRUE(node.load_source("sleeps.rl", "sleep(3600)"));
  ASSERT_TRUE(node.start());
  EXPECT_EQ(shown(node.wait_for_program(1ms)), "timeout: the program has not ended yet");
  EXPECT_NE(get(node, "/health").find("starting"), std::string::npos);
  ASSERT_TRUE(node.stop(0ms));
  EXPECT_EQ(shown(node.wait_for_program(1ms)), "shutting_down: the node stopped before its program had ended");
}

TEST(Node, StartsOnceAtATimeAndAgainAfterItsEnd) {
  Node node(loopback());
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.get_exposable_registry().register_server("cpp", adder()));
  EXPECT_EQ(shown(node.stop()), "fine");
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(shown(node.start()), "fine");
    EXPECT_EQ(shown(node.start()), "denied: the node runs already");
    EXPECT_EQ(shown(node.call("counter", "add", Value::array({1}))), "1");
    EXPECT_EQ(shown(node.call("cpp", "add", Value::array({1}))), "1");
    EXPECT_EQ(shown(node.stop()), "fine");
    EXPECT_EQ(shown(node.stop()), "fine");
  }
}

TEST(Node, SaysThatItsPortIsInUseAndMayBeStartedLater) {
  Node first(loopback("first"));
  ASSERT_TRUE(first.start());
  NodeConfig config = loopback("second");
  config.port = first.port();
  Node second(config);
  ASSERT_TRUE(second.get_exposable_registry().register_server("cpp", adder()));
  const Result<void> refused = second.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kIo);
  EXPECT_EQ(refused.error().message, "port " + std::to_string(config.port) + " is in use");
  ASSERT_TRUE(first.stop());
  EXPECT_EQ(shown(second.start()), "fine");
  EXPECT_EQ(rpc(second, "cpp.add", "[1,1]"), result("2"));
}

TEST(Node, DrawsAnIdUnlessItIsGivenOne) {
  NodeConfig config = loopback("");
  Node node(config);
  EXPECT_EQ(node.get_node_id().size(), 16U);
  EXPECT_EQ(Node(loopback("mine")).get_node_id(), "mine");
}

TEST(Node, NamesTheSettingThatIsWrong) {
  const auto refused = [](auto change) {
    NodeConfig config = loopback();
    change(config);
    return shown(Node(config).start());
  };
  EXPECT_EQ(refused([](NodeConfig& config) { config.host = ""; }), "parse: NodeConfig::host: expected an address or a host name");
  EXPECT_TRUE(refused([](NodeConfig& config) { config.node_id = "rpc"; }).starts_with("parse: NodeConfig::node_id: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.peers = {"nonsense"}; }).starts_with("parse: NodeConfig::peers: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.advertise = "x"; }).starts_with("parse: NodeConfig::advertise: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.headers = {{"Content-Length", "1"}}; })
                  .starts_with("parse: NodeConfig::headers: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.cors_origins = {"no origin"}; })
                  .starts_with("parse: NodeConfig::cors_origins: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.peer_admins = {"10.0.0.0"}; })
                  .starts_with("parse: NodeConfig::peer_admins: "));
  EXPECT_EQ(refused([](NodeConfig& config) { config.ping_interval = 1ms; }),
            "parse: NodeConfig::ping_interval: expected 100 ms to a year, got 1 ms");
  EXPECT_TRUE(refused([](NodeConfig& config) { config.read_timeout = 0ms; }).starts_with("parse: NodeConfig::read_timeout: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.write_timeout = 0ms; }).starts_with("parse: NodeConfig::write_timeout: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.discovery_interval = 1ms; })
                  .starts_with("parse: NodeConfig::discovery_interval: "));
  EXPECT_TRUE(refused([](NodeConfig& config) { config.drain = -1ms; }).starts_with("parse: NodeConfig::drain: "));
}

TEST(Node, WaitsForAHeadAsLongAsItIsConfigured) {
  NodeConfig config = loopback();
  config.read_timeout = 20ms;
  Node node(config);
  ASSERT_TRUE(node.start());
  node::HttpClient client(node.port());
  client.send("GET /info HTTP/1.1\r\n");
  EXPECT_EQ(client.receive().status, 408);
}

TEST(Node, AnswersHttpAsItIsConfigured) {
  NodeConfig config = loopback();
  config.headers = {{"X-Made-By", "cpp"}};
  config.enable_cors = false;
  config.app_name = "the app";
  config.enable_registry = false;
  Node node(config);
  ASSERT_TRUE(node.start());
  node::HttpClient client(node.port());
  EXPECT_NE(client.get("/info").body.find(R"("app_name":"the app")"), std::string::npos);
  EXPECT_EQ(client.get("/registry").status, 404);
}

TEST(Node, SaysThatItDoesNotRun) {
  Node node(loopback());
  EXPECT_EQ(shown(node.call("cpp", "add")), "shutting_down: the node does not run");
  EXPECT_EQ(shown(node.notify("cpp", "add")), "shutting_down: the node does not run");
  EXPECT_EQ(shown(node.call_remote_server("other", "cpp", "add")), "shutting_down: the node does not run");
  ASSERT_TRUE(node.start());
  ASSERT_TRUE(node.stop());
  EXPECT_EQ(shown(node.call("cpp", "add")), "shutting_down: the node does not run");
}

TEST(Node, SaysWhyACallFailed) {
  Node node(loopback());
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.start());
  EXPECT_EQ(shown(node.call("nobody", "m")), "server_not_found: server 'nobody' not found");
  EXPECT_EQ(shown(node.call("counter", "m")), "method_not_found: method 'm' not found on server 'counter'");
  EXPECT_EQ(shown(node.call("counter", "add", 1)),
            "invalid_params: the arguments of a call are an array, an object or nil, got number");
  EXPECT_EQ(shown(node.call("counter", "add", Value::array({"x"}))),
            "invalid_params: method 'counter.add': parameter 'by' must be number, got string");
  EXPECT_EQ(shown(node.call("counter", "rest", {}, 20ms)), "timeout: method 'counter.rest' was stopped: its deadline passed");
  EXPECT_EQ(shown(node.call("counter", "add", {}, -1ms)),
            "invalid_params: the timeout of a call must be at most 3600000 ms, got -1 ms");
  EXPECT_EQ(shown(node.call_remote_server("other", "counter", "add")), "unknown_node: node 'other' is unknown to node 'embedded'");
  EXPECT_EQ(shown(node.call("other.counter", "add")), "unknown_node: node 'other' is unknown to node 'embedded'");
  EXPECT_EQ(shown(node.call_remote_server("embedded", "counter", "add", Value::array({1}))), "1");
}

TEST(Node, CallsWithoutWaiting) {
  Node node(loopback());
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.start());
  std::promise<std::string> answer;
  node.call("counter", "add", Value::array({1}), {}, [&](Result<Value> result) { answer.set_value(shown(result)); });
  EXPECT_EQ(answer.get_future().get(), "1");
  std::string at_once;
  node.call("counter", "add", "no arguments", {}, [&](Result<Value> result) { at_once = shown(result); });
  EXPECT_EQ(at_once, "invalid_params: the arguments of a call are an array, an object or nil, got string");
}

TEST(Node, EndsCallsInWorkWhenItStops) {
  Node node(loopback());
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.start());
  std::promise<std::string> answer;
  node.call("counter", "rest", {}, {}, [&](Result<Value> result) { answer.set_value(shown(result)); });
  ASSERT_TRUE(node.stop(0ms));
  const std::string told = answer.get_future().get();
  EXPECT_TRUE(told.starts_with("shutting_down: ")) << told;
}

TEST(Node, RefusesToWaitOnItsOwnCores) {
  Node node(loopback());
  Server server;
  server.method("waits()", [&](const Request&) {
    return Value::array({shown(node.call("cpp", "waits")), shown(node.stop()), shown(node.wait_for_program(1s))});
  });
  ASSERT_TRUE(node.get_exposable_registry().register_server("cpp", std::move(server)));
  ASSERT_TRUE(node.start());
  const std::string refusal = R"("deadlock: a handler or callback on a core must not wait: use the function that takes a callback")";
  EXPECT_EQ(shown(node.call("cpp", "waits")), "[" + refusal + "," + refusal + "," + refusal + "]");
}

TEST(Node, LetsHandlersCallOnWithoutWaiting) {
  Node node(loopback());
  Server server;
  server.method("forward(n)", [&](const Request& request, Reply reply) {
    node.call("counter", "add", Value::array({request["n"]}), {}, pass_on(std::move(reply)));
  });
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.get_exposable_registry().register_server("cpp", std::move(server)));
  ASSERT_TRUE(node.start());
  EXPECT_EQ(rpc(node, "cpp.forward", "[4]"), result("4"));
  const Result<Value> failed = node.call("cpp", "forward", Value::array({"x"}));
  EXPECT_EQ(shown(failed), "runtime: method 'counter.add': parameter 'by' must be number, got string");
  EXPECT_EQ(failed.error().error_kind, "invalid_params");
}

TEST(Node, FindsACycleOfCallsThatLeadsThroughCpp) {
  Node node(loopback());
  Server server;
  server.method("forward(server: string)", [&](const Request& request, Reply reply) {
    node.call(request, request["server"].as_string(), "work", {}, pass_on(std::move(reply)));
  });
  ASSERT_TRUE(node.load_source("cycle.rl", R"(
server first {
    receive fn begin() { message("cpp", "forward", "first") }
    receive fn round() { message("second", "begin") }
    receive fn work() { 1 }
}
server second {
    receive fn begin() { message("cpp", "forward", "first") }
    receive fn fine() { message("cpp", "forward", "third") }
}
server third { receive fn work() { "done" } }
)"));
  ASSERT_TRUE(node.get_exposable_registry().register_server("cpp", std::move(server)));
  ASSERT_TRUE(node.start());
  EXPECT_EQ(shown(node.call("second", "fine")), R"("done")");
  EXPECT_EQ(shown(node.call("first", "begin")), "runtime: deadlock: first.begin -> cpp.forward -> first.work");
  EXPECT_EQ(node.call("first", "round").error().error_kind, "deadlock");
  EXPECT_EQ(shown(node.call("second", "fine")), R"("done")");
}

TEST(Node, LeavesTheDeadlineToWhatAHandlerCalls) {
  Node node(loopback());
  std::promise<std::string> told;
  Server server;
  server.method("forward()", [&](const Request& request, Reply reply) {
    auto kept = std::make_shared<Reply>(std::move(reply));
    node.call(request, "counter", "rest", {}, [&, kept](Result<Value> result) { told.set_value(shown(result)); });
  });
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.get_exposable_registry().register_server("cpp", std::move(server)));
  ASSERT_TRUE(node.start());
  EXPECT_EQ(node.call("cpp", "forward", {}, 500ms).error().kind, ErrorKind::kTimeout);
  EXPECT_EQ(told.get_future().get(), "timeout: method 'counter.rest' was stopped: its deadline passed");
}

TEST(Registry, TakesAndRemovesServersWhileTheNodeRuns) {
  Node node(loopback());
  Registry& registry = node.get_exposable_registry();
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  ASSERT_TRUE(node.start());
  EXPECT_FALSE(registry.is_local_server("late"));
  EXPECT_FALSE(registry.get_server("late"));
  EXPECT_EQ(shown(registry.register_server("late", adder())), "fine");
  EXPECT_TRUE(registry.is_local_server("late"));
  EXPECT_TRUE(registry.is_local_server("counter"));
  EXPECT_EQ(rpc(node, "late.add", "[1]"), result("1"));
  ASSERT_TRUE(registry.get_server("late"));
  EXPECT_EQ(registry.get_server("late")->name(), "late");
  EXPECT_EQ(shown(registry.get_server("late")->call("add", Value::array({2}))), "2");
  EXPECT_TRUE(registry.get_server("embedded.counter"));
  EXPECT_FALSE(registry.get_server("elsewhere.counter"));
  EXPECT_EQ(shown(registry.unregister_server("late")), "fine");
  EXPECT_FALSE(registry.is_local_server("late"));
  EXPECT_EQ(shown(node.call("late", "add", Value::array({1}))), "server_not_found: server 'late' not found");
  EXPECT_EQ(shown(registry.unregister_server("late")), "server_not_found: this node has no server 'late' written in C++");
  EXPECT_EQ(shown(registry.unregister_server("counter")), "server_not_found: this node has no server 'counter' written in C++");
}

TEST(Registry, RefusesNamesThatAreTakenOrNone) {
  Node node(loopback());
  Registry& registry = node.get_exposable_registry();
  ASSERT_TRUE(registry.register_server("cpp", adder()));
  EXPECT_EQ(shown(registry.register_server("cpp", adder())), "denied: this node has a server 'cpp' already");
  ASSERT_TRUE(registry.register_server("counter", adder()));
  EXPECT_EQ(shown(node.load_source("counter.rl", kCounter)), "denied: this node has a server 'counter' already");
  ASSERT_TRUE(registry.unregister_server("counter"));
  ASSERT_TRUE(node.load_source("counter.rl", kCounter));
  EXPECT_EQ(shown(registry.register_server("counter", adder())), "denied: this node has a server 'counter' already");
  EXPECT_TRUE(shown(registry.register_server("two words", adder())).starts_with("parse: server 'two words': "));
  Server wrong;
  wrong.method("m(a: nubmer)", [](const Request&) {});
  EXPECT_EQ(shown(registry.register_server("wrong", wrong)),
            "parse: server 'wrong': unknown type: nubmer at `nubmer` (did you mean `number`?)");
}

TEST(Node, StandsBesideAnotherInOneProcess) {
  Node first(loopback("first"));
  Node second(loopback("second"));
  Server forward;
  forward.method("add(n)", [&](const Request& request, Reply reply) {
    auto kept = std::make_shared<Reply>(std::move(reply));
    second.call("cpp", "add", Value::array({request["n"], 1}), {}, [kept](Result<Value> result) { kept->answer(result.value()); });
  });
  ASSERT_TRUE(first.get_exposable_registry().register_server("forward", std::move(forward)));
  ASSERT_TRUE(second.get_exposable_registry().register_server("cpp", adder()));
  ASSERT_TRUE(first.start());
  ASSERT_TRUE(second.start());
  EXPECT_EQ(shown(first.call("forward", "add", Value::array({1}))), "2");
}

}  // namespace
}  // namespace relay
