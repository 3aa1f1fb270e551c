#include "relay/server.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "embed_fixture.h"

namespace relay {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCaller = R"(
server caller {
    receive fn add(a, b) { send "cpp" add {a: a, b: b} }
    receive fn fails() { try { message("cpp", "fails") } catch e { e } }
    receive fn tells(n) { notify("cpp", "add", n); "told" }
}
)";

// A node that serves one server written in C++, "cpp", beside a program that calls it.
struct ServerTest : testing::Test {
  void serve(Server server, NodeConfig config = loopback()) {
    node.emplace(std::move(config));
    ASSERT_TRUE(node->load_source("caller.rl", kCaller));
    ASSERT_EQ(shown(node->get_exposable_registry().register_server("cpp", std::move(server))), "fine");
    ASSERT_EQ(shown(node->start()), "fine");
    ASSERT_EQ(shown(node->wait_for_program(10s)), "fine");
  }

  // What handlers hold must outlive the node.
  std::vector<Reply> kept;
  std::promise<void> is_kept;
  std::optional<Node> node;
};

TEST_F(ServerTest, IsCalledOverHttpByProgramsAndByCpp) {
  serve(adder());
  EXPECT_EQ(rpc(*node, "cpp.add", "[1,2]"), result("3"));
  EXPECT_EQ(rpc(*node, "cpp.add", R"({"b":2,"a":5})"), result("7"));
  EXPECT_EQ(rpc(*node, "embedded.cpp.add", "[1]"), result("1"));
  EXPECT_EQ(rpc(*node, "caller.add", "[20,22]"), result("42"));
  EXPECT_EQ(shown(node->call("cpp", "add", Value::array({1, 2}))), "3");
  EXPECT_EQ(shown(node->call("cpp", "add", Value::object({{"a", 4}}))), "4");
}

TEST_F(ServerTest, AnswersBatchesInTheirOrder) {
  serve(adder());
  const std::string body = node::HttpClient(node->port())
                               .post("/rpc", R"([{"jsonrpc":"2.0","id":1,"method":"cpp.add","params":[1]},)"
                                             R"({"jsonrpc":"2.0","method":"cpp.add","params":[9]},)"
                                             R"({"jsonrpc":"2.0","id":2,"method":"cpp.add","params":[2]}])")
                               .body;
  EXPECT_EQ(body, R"([{"jsonrpc":"2.0","result":1,"id":1},{"jsonrpc":"2.0","result":2,"id":2}])");
}

TEST_F(ServerTest, RefusesWhatItDoesNotDeclare) {
  serve(adder());
  EXPECT_EQ(rpc(*node, "cpp.add", "[\"x\"]"),
            R"({"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":"method 'cpp.add': parameter 'a' must )"
            R"(be number, got string"},"id":1})");
  EXPECT_EQ(rpc(*node, "cpp.sub"),
            R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found","data":"Method 'sub' not found on server 'cpp')"
            R"("},"id":1})");
  EXPECT_EQ(shown(node->call("cpp", "add")), "invalid_params: method 'cpp.add': missing argument for parameter 'a'");
  EXPECT_EQ(shown(node->call("caller", "add", Value::array({nullptr, 1}))),
            "runtime: method 'cpp.add': parameter 'a' must be number, got nil");
}

TEST_F(ServerTest, IsToldOfLikeAnyOther) {
  Server server = adder();
  server.state("total: number, log: [string]");
  server.method("get()", [](const Request&) { return 1; });
  serve(std::move(server));
  EXPECT_NE(get(*node, "/info").find(R"("servers":["caller","cpp"])"), std::string::npos) << get(*node, "/info");
  EXPECT_NE(get(*node, "/health").find(R"("servers":2)"), std::string::npos) << get(*node, "/health");
  const Value entry = Value::from_json(get(*node, "/registry/servers")).value()["cpp"];
  EXPECT_EQ(entry["methods"].to_json(), R"(["add","get"])");
  EXPECT_EQ(entry["state"].to_json(), R"({"total":"number","log":"[string]"})");
  EXPECT_EQ(entry["is_local"], Value(true));
}

TEST_F(ServerTest, SeesEachArgumentAsItIsDeclared) {
  Server server;
  server.method("show(at: datetime, tags: [string], any)", [](const Request& request) {
    EXPECT_EQ(request.server(), "cpp");
    EXPECT_EQ(request.method(), "show");
    EXPECT_TRUE(request.has_caller());
    EXPECT_GT(request.deadline(), std::chrono::steady_clock::now());
    EXPECT_THROW((void)request["other"], std::out_of_range);
    EXPECT_THROW((void)request[3], std::out_of_range);
    return Array(request.args());
  });
  serve(std::move(server));
  EXPECT_EQ(rpc(*node, "cpp.show", R"(["2024-01-01",["a"],{"b":[null,true]}])"),
            result(R"(["2024-01-01T00:00:00Z",["a"],{"b":[null,true]}])"));
}

TEST_F(ServerTest, AnswersNilWhenItsHandlerReturnsNothing) {
  Server server;
  server.method("nothing()", [](const Request&) {});
  serve(std::move(server));
  EXPECT_EQ(rpc(*node, "cpp.nothing"), result("null"));
}

TEST_F(ServerTest, MustReturnWhatItDeclares) {
  Server server;
  server.method("wrong() -> number", [](const Request&) { return "text"; });
  server.method("nil() -> number", [](const Request&) { return nullptr; });
  server.method("when() -> datetime", [](const Request&) { return "2024-01-01"; });
  serve(std::move(server));
  const Result<Value> wrong = node->call("cpp", "wrong");
  EXPECT_EQ(shown(wrong), "runtime: function 'wrong' must return number, got string");
  EXPECT_EQ(wrong.error().error_kind, "type");
  EXPECT_EQ(shown(node->call("cpp", "nil")), "null");
  EXPECT_EQ(rpc(*node, "cpp.when"), result(R"("2024-01-01T00:00:00Z")"));
}

TEST_F(ServerTest, ThrowsValuesAsAProgramDoes) {
  Server server;
  server.method("fails()", [](const Request&) -> Value { throw Thrown(Value::object({{"error", "no post"}, {"id", 9}})); });
  serve(std::move(server));
  EXPECT_EQ(rpc(*node, "cpp.fails"),
            R"({"jsonrpc":"2.0","error":{"code":-32000,"message":"Application error","data":{"error":"no post","id":9}},"id":1})");
  EXPECT_EQ(rpc(*node, "caller.fails"), result(R"({"error":"no post","id":9})"));
  const Result<Value> failed = node->call("cpp", "fails");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::kApplication);
  EXPECT_EQ(failed.error().data["id"], Value(9));
  EXPECT_EQ(failed.error().ran, Ran::kYes);
}

TEST_F(ServerTest, FailsWithWhatItsHandlerThrows) {
  Server server;
  server.method("std_exception()", [](const Request&) -> Value { throw std::runtime_error("the disk is full"); });
  server.method("wrong_type()", [](const Request&) { return Value("x").as_number(); });
  server.method("anything()", [](const Request&) -> Value { throw 1; });
  server.method("passed_on()", [](const Request&) -> Value {
    Error error;
    error.kind = ErrorKind::kTimeout;
    error.message = "the store is slow";
    throw ErrorException(error);
  });
  serve(std::move(server));
  const auto failure = [&](const char* method) {
    const Result<Value> failed = node->call("cpp", method);
    return failed ? "no failure" : failed.error().error_kind + ", " + shown(failed);
  };
  EXPECT_EQ(failure("std_exception"), "exception, runtime: the disk is full");
  EXPECT_EQ(failure("wrong_type"), "exception, runtime: expected number, got string");
  EXPECT_EQ(failure("anything"), "exception, runtime: something that is no std::exception was thrown");
  EXPECT_EQ(failure("passed_on"), "timeout, runtime: the store is slow");
}

TEST_F(ServerTest, AnswersFromAThreadOfItsOwn) {
  Server server;
  std::vector<std::thread> threads;
  server.method("later(n: number)", [&](const Request& request, Reply reply) {
    threads.emplace_back([request, reply = std::move(reply)]() mutable { EXPECT_TRUE(reply.answer(request["n"])); });
  });
  serve(std::move(server));
  EXPECT_EQ(rpc(*node, "cpp.later", "[7]"), result("7"));
  EXPECT_EQ(shown(node->call("cpp", "later", Value::array({8}))), "8");
  for (std::thread& thread : threads) thread.join();
}

TEST_F(ServerTest, AnswersOnce) {
  Server server;
  std::string answers;
  server.method("twice()", [&](const Request&, Reply reply) {
    answers += reply.answer(1) ? "yes" : "no";
    answers += reply.answer(2) ? " yes" : " no";
    answers += reply.fail("late") ? " yes" : " no";
    answers += reply.throw_value(3) ? " yes" : " no";
    throw std::runtime_error("after the answer");
  });
  serve(std::move(server));
  EXPECT_EQ(rpc(*node, "cpp.twice"), result("1"));
  EXPECT_EQ(answers, "yes no no no");
}

TEST_F(ServerTest, FailsTheCallWhenItsReplyIsDropped) {
  Server server;
  server.method("at_once()", [](const Request&, Reply) {});
  server.method("later()", [](const Request&, Reply reply) { std::thread([dropped = std::move(reply)] {}).join(); });
  server.method("overwritten()", [this](const Request&, Reply reply) {
    kept.push_back(std::move(reply));
    is_kept.set_value();
  });
  serve(std::move(server));
  for (const char* method : {"at_once", "later"}) {
    const Result<Value> failed = node->call("cpp", method);
    EXPECT_EQ(shown(failed), "runtime: method 'cpp." + std::string(method) + "' dropped its reply without an answer");
    EXPECT_EQ(failed.error().error_kind, "no_reply");
  }
  std::promise<Result<Value>> failed;
  node->call("cpp", "overwritten", {}, {}, [&](Result<Value> result) { failed.set_value(std::move(result)); });
  is_kept.get_future().wait();
  kept[0] = Reply(nullptr);
  EXPECT_EQ(shown(failed.get_future().get()), "runtime: method 'cpp.overwritten' dropped its reply without an answer");
}

TEST_F(ServerTest, HearsThatACallIsOver) {
  Server server;
  server.method("keep()", [this](const Request&, Reply reply) {
    kept.push_back(std::move(reply));
    is_kept.set_value();
  });
  serve(std::move(server));
  // One that comes too late for its turn on a busy machine is not kept.
  std::string told;
  do told = shown(node->call("cpp", "keep", {}, 50ms));
  while (kept.empty());
  EXPECT_EQ(told, "timeout: method 'cpp.keep' gave no answer before its deadline");
  EXPECT_FALSE(kept[0].is_open());
  EXPECT_FALSE(kept[0].answer(1));
}

TEST_F(ServerTest, OutlivesItsNodeInAReply) {
  Server server;
  server.method("keep()", [this](const Request&, Reply reply) {
    kept.push_back(std::move(reply));
    is_kept.set_value();
  });
  serve(std::move(server));
  std::promise<Result<Value>> told;
  node->call("cpp", "keep", {}, {}, [&](Result<Value> result) { told.set_value(std::move(result)); });
  is_kept.get_future().wait();
  EXPECT_EQ(shown(node->stop(0ms)), "fine");
  EXPECT_EQ(shown(told.get_future().get()), "unknown_outcome: method 'cpp.keep' gave no answer: the server stops");
  node.reset();
  EXPECT_FALSE(kept[0].is_open());
  EXPECT_FALSE(kept[0].answer(1));
}

TEST_F(ServerTest, IsWaitedForWhenTheNodeStops) {
  Server server;
  server.method("keep()", [this](const Request&, Reply reply) {
    kept.push_back(std::move(reply));
    is_kept.set_value();
  });
  serve(std::move(server));
  std::promise<Result<Value>> told;
  node->call("cpp", "keep", {}, {}, [&](Result<Value> result) { told.set_value(std::move(result)); });
  is_kept.get_future().wait();
  std::thread stopping([&] { EXPECT_EQ(shown(node->stop(30s)), "fine"); });
  // Calls from outside are refused as soon as the node drains.
  while (node->call("cpp", "keep", Value::array({1})).error().kind != ErrorKind::kShuttingDown) std::this_thread::yield();
  EXPECT_TRUE(kept[0].answer("done"));
  stopping.join();
  EXPECT_EQ(shown(told.get_future().get()), R"("done")");
}

TEST_F(ServerTest, TakesNotifications) {
  Server server = adder();
  std::promise<double> told;
  Server listener;
  listener.method("add(n)", [&](const Request& request) {
    EXPECT_FALSE(request.has_caller());
    told.set_value(request["n"].as_number());
  });
  serve(std::move(listener));
  EXPECT_EQ(rpc(*node, "caller.tells", "[5]"), result(R"("told")"));
  EXPECT_EQ(told.get_future().get(), 5);
  told = {};
  EXPECT_EQ(shown(node->notify("cpp", "add", Value::array({6}))), "fine");
  EXPECT_EQ(told.get_future().get(), 6);
  EXPECT_EQ(shown(node->notify("cpp", "add", 6)), "invalid_params: the arguments of a call are an array, an object or nil, got number");
}

TEST_F(ServerTest, RunsOneHandlerAtATime) {
  Server server;
  int running = 0;
  int handled = 0;
  server.method("m()", [&](const Request&) {
    EXPECT_EQ(++running, 1);
    ++handled;
    --running;
  });
  serve(std::move(server));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 100; ++call) EXPECT_EQ(shown(node->call("cpp", "m")), "null");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(handled, 400);
}

TEST_F(ServerTest, RefusesAReplyThatIsTooLarge) {
  Server server;
  server.method("large()", [](const Request&) { return std::string(std::size_t{9} << 20, 'x'); });
  serve(std::move(server));
  EXPECT_NE(rpc(*node, "cpp.large").find("the result of 'cpp.large' is larger than 8388608 bytes"), std::string::npos);
}

}  // namespace
}  // namespace relay
