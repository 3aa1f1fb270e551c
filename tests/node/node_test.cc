#include "node/node.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "lang/compiler.h"
#include "node/http_client.h"
#include "node/pipe.h"
#include "value/display.h"

namespace relay::node {
namespace {

// How a program ended, as text.
class End final : public ProgramObserver {
 public:
  void on_program_end(const Value& value) override { end_.set_value(display(value, Quotes::kQuoted)); }
  void on_program_error(const ScriptError& error) override { end_.set_value("error: " + error.text()); }
  std::string wait() { return end_.get_future().get(); }

 private:
  std::promise<std::string> end_;
};

std::unique_ptr<bytecode::Program> compiled(std::string text) {
  CompileResult result = load_program(std::make_shared<SourceFile>("test.rl", std::move(text)));
  for (const Diagnostic& diagnostic : result.diagnostics) ADD_FAILURE() << render(diagnostic, Colours::kOff);
  EXPECT_NE(result.program, nullptr);
  return std::move(result.program);
}

NodeConfig loopback() {
  NodeConfig config;
  config.host = "127.0.0.1";
  config.port = 0;
  config.node_id = "test_node";
  config.workers = 2;
  return config;
}

// A node with a program, its streams in the test's hands.
struct TestNode {
  explicit TestNode(std::string text, NodeConfig config = loopback())
      : program(compiled(std::move(text))), node(std::move(config), *program, {output.writer(), input.reader()}) {}

  void serve() {
    const auto listening = node.listen();
    ASSERT_TRUE(listening) << listening.error().detail;
    start();
  }
  void start() {
    node.start();
    node.run_program(end);
  }
  std::string call(std::string_view method) {
    HttpClient client(node.port());
    return client.post("/rpc", request(method)).body;
  }
  static std::string request(std::string_view method) {
    return R"({"jsonrpc":"2.0","method":")" + std::string(method) + R"(","id":1})";
  }
  std::future<void> stop() {
    node.stop([this] { stopped.set_value(); });
    return stopped.get_future();
  }

  std::unique_ptr<bytecode::Program> program;
  Pipe output;
  Pipe input;
  End end;
  std::promise<void> stopped;
  Node node;
};

constexpr const char* kCounter = R"(
server counter {
    state { n: number = 0 }
    receive fn add() -> number { state.set("n", state.n + 1) }
}
)";

TEST(Node, RunsAProgramAndTellsItsValue) {
  TestNode test("set a = 1\na + 41");
  test.start();
  EXPECT_EQ(test.end.wait(), "42");
}

TEST(Node, TellsTheErrorOfAProgram) {
  TestNode test("1 / 0");
  test.start();
  EXPECT_EQ(test.end.wait(), "error: division by zero");
}

TEST(Node, PrintsToItsStream) {
  TestNode test("print(\"to\", \"the stream\")\nprint(node_id())");
  test.start();
  test.end.wait();
  EXPECT_EQ(test.output.take(24), "to the stream\ntest_node\n");
}

TEST(Node, ReadsLinesOfItsInput) {
  TestNode test("set lines = [read_line(), read_line(), read_line()]");
  test.start();
  test.input.put("one\ntwo\n");
  test.input.close_writer();
  EXPECT_EQ(test.end.wait(), R"(["one", "two", nil])");
}

TEST(Node, GivesArgumentsToTheProgram) {
  NodeConfig config = loopback();
  config.arguments = {"a", "b"};
  TestNode test("args()", config);
  test.start();
  EXPECT_EQ(test.end.wait(), R"(["a", "b"])");
}

TEST(Node, AnswersCallsOverHttp) {
  TestNode test(kCounter);
  test.serve();
  EXPECT_EQ(test.call("counter.add"), R"({"jsonrpc":"2.0","result":1,"id":1})");
  EXPECT_EQ(test.call("test_node.counter.add"), R"({"jsonrpc":"2.0","result":2,"id":1})");
  EXPECT_NE(test.call("nobody.add").find("Server 'nobody' not found"), std::string::npos);
  EXPECT_NE(test.call("elsewhere.counter.add").find("unknown_node"), std::string::npos);
}

TEST(Node, AnswersOnOneCoreAsWell) {
  NodeConfig config = loopback();
  config.workers = 1;
  TestNode test(kCounter, config);
  test.serve();
  EXPECT_EQ(test.call("counter.add"), R"({"jsonrpc":"2.0","result":1,"id":1})");
}

TEST(Node, DescribesItselfAtInfo) {
  NodeConfig config = loopback();
  config.app_name = "the app";
  TestNode test("server b { }\nserver a { }", config);
  test.serve();
  HttpClient client(test.node.port());
  const std::string info = client.get("/info").body;
  EXPECT_NE(info.find(R"("servers":["a","b"])"), std::string::npos) << info;
  EXPECT_NE(info.find(R"("node_id":"test_node")"), std::string::npos) << info;
  EXPECT_NE(info.find(R"("app_name":"the app")"), std::string::npos) << info;
  EXPECT_NE(info.find(R"("endpoints":{"rpc":"/rpc","health":"/health","info":"/info","registry":"/registry","websocket":"/ws/p2p"})"),
            std::string::npos)
      << info;
}

TEST(Node, SaysThatItIsStartingUntilTheProgramHasRun) {
  TestNode test("read_line()\nserver s { }");
  test.serve();
  HttpClient client(test.node.port());
  const HttpClient::Answer starting = client.get("/health");
  EXPECT_EQ(starting.status, 503);
  EXPECT_NE(starting.body.find(R"("status":"starting")"), std::string::npos) << starting.body;
  test.input.put("go\n");
  test.end.wait();
  const HttpClient::Answer healthy = client.get("/health");
  EXPECT_EQ(healthy.status, 200);
  EXPECT_NE(healthy.body.find(R"("status":"healthy")"), std::string::npos) << healthy.body;
  EXPECT_NE(healthy.body.find(R"("servers":1)"), std::string::npos) << healthy.body;
}

TEST(Node, SaysThatAPortIsInUse) {
  TestNode first("");
  first.serve();
  NodeConfig config = loopback();
  config.port = first.node.port();
  TestNode second("", config);
  const auto listening = second.node.listen();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().code, Errc::kIo);
  EXPECT_NE(listening.error().detail.find(std::to_string(config.port)), std::string::npos);
}

TEST(Node, LetsCallsInWorkEndWhenItStops) {
  TestNode test(R"(server s { receive fn slow() { print("begun")
      sleep(0.05)
      "slow" } })");
  test.serve();
  test.end.wait();
  std::future<void> stopped;
  {
    HttpClient client(test.node.port());
    client.send_post("/rpc", TestNode::request("s.slow"));
    EXPECT_EQ(test.output.take(6), "begun\n");
    stopped = test.stop();
    EXPECT_EQ(client.receive().body, R"({"jsonrpc":"2.0","result":"slow","id":1})");
  }
  stopped.wait();
}

TEST(Node, TellsTheClientsWhatItStopsAfterTheDrainTime) {
  NodeConfig config = loopback();
  config.drain = std::chrono::milliseconds(20);
  TestNode test(R"(server s { receive fn forever() { print("begun")
      while true { nil } } })",
                config);
  test.serve();
  test.end.wait();
  HttpClient client(test.node.port());
  client.send_post("/rpc", TestNode::request("s.forever"));
  EXPECT_EQ(test.output.take(6), "begun\n");
  std::future<void> stopped = test.stop();
  EXPECT_NE(client.receive().body.find(R"("kind":"shutting_down")"), std::string::npos);
  stopped.wait();
}

TEST(Node, HaltsInTheMiddleOfEverything) {
  TestNode test(R"(server s { receive fn spin() { while true { nil } } }
notify("s", "spin")
print("begun")
read_line())");
  test.serve();
  EXPECT_EQ(test.output.take(6), "begun\n");
  HttpClient client(test.node.port());
  client.send_post("/rpc", TestNode::request("s.spin"));
  test.node.halt();
}

TEST(Node, TellsWhenNobodyReadsItsOutput) {
  TestNode test("print(1)");
  test.output.close_reader();
  std::promise<int> broken;
  test.node.when_output_breaks([&](int error) { broken.set_value(error); });
  test.start();
  EXPECT_EQ(broken.get_future().get(), EPIPE);
}

}  // namespace
}  // namespace relay::node
