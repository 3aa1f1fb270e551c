#include "relay/mesh.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "embed_fixture.h"

namespace relay {
namespace {

using namespace std::chrono_literals;

// Waits for what other threads bring about.
void wait_until(const std::function<bool()>& is_so) {
  while (!is_so()) std::this_thread::sleep_for(1ms);
}

// Messages as handlers have got them.
class Inbox {
 public:
  MessageHandler handler() {
    return [this](const Message& message) {
      const std::lock_guard lock(mutex_);
      texts_.push_back(message.type + " from " + message.from + ": " + message.data.to_json());
      changed_.notify_all();
    };
  }
  std::string take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !texts_.empty(); });
    std::string text = std::move(texts_.front());
    texts_.erase(texts_.begin());
    return text;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> texts_;
};

NodeConfig quick(std::string node_id) {
  NodeConfig config = loopback(std::move(node_id));
  config.discovery_interval = 500ms;
  return config;
}

std::string address_of(const Node& node) { return "127.0.0.1:" + std::to_string(node.port()); }

// Nodes in one process, linked as a test wants them.
struct MeshTest : testing::Test {
  void start(Node& node) { ASSERT_EQ(shown(node.start()), "fine"); }
  void link(Node& from, Node& to) {
    ASSERT_EQ(shown(from.connect_to_peer("", address_of(to))), "fine");
    wait_until([&] { return is_linked(to, from.get_node_id()); });
  }
  static bool is_linked(Node& node, const std::string& peer) {
    const auto peers = node.get_exposable_registry().get_peers().value();
    return peers.contains(peer) && peers.at(peer).is_healthy;
  }
  static bool knows(Node& node, const std::string& server) {
    return node.get_exposable_registry().get_all_servers().value().contains(server);
  }

  Node a{quick("a")};
  Node b{quick("b")};
  Node c{quick("c")};
};

TEST_F(MeshTest, CallsServersOfOtherNodes) {
  ASSERT_TRUE(b.get_exposable_registry().register_server("cpp", adder()));
  ASSERT_TRUE(a.load_source("a.rl", R"(server caller { receive fn add(a, b) { send "cpp" add {a: a, b: b} } })"));
  start(a);
  start(b);
  link(a, b);
  wait_until([&] { return knows(a, "b.cpp"); });
  EXPECT_EQ(shown(a.call_remote_server("b", "cpp", "add", Value::array({1, 2}))), "3");
  EXPECT_EQ(shown(a.get_websocket_p2p().call_remote_server("b", "cpp", "add", Value::object({{"a", 1}, {"b", 3}}))), "4");
  EXPECT_EQ(shown(a.call("b.cpp", "add", Value::array({1, 4}))), "5");
  EXPECT_EQ(shown(a.call("cpp", "add", Value::array({1, 5}))), "6");
  EXPECT_EQ(shown(a.call("caller", "add", Value::array({1, 6}))), "7");
  EXPECT_EQ(rpc(a, "remote_call", R"({"node_id":"b","server_name":"cpp","method":"add","args":[1,7]})"), result("8"));
  std::promise<std::string> answer;
  a.call_remote_server("b", "cpp", "add", Value::array({1, 8}), {}, [&](Result<Value> sum) { answer.set_value(shown(sum)); });
  EXPECT_EQ(answer.get_future().get(), "9");
}

TEST_F(MeshTest, SaysWhereACallFailed) {
  Server server;
  server.method("fails()", [](const Request&) -> Value { throw Thrown(Value::object({{"code", 7}})); });
  server.method("breaks()", [](const Request&) -> Value { throw std::runtime_error("broken"); });
  server.method("add(n: number)", [](const Request&) {});
  ASSERT_TRUE(b.get_exposable_registry().register_server("cpp", std::move(server)));
  start(a);
  start(b);
  link(a, b);
  const auto failure = [&](const char* method) { return a.call_remote_server("b", "cpp", method).error(); };
  const Error thrown = failure("fails");
  EXPECT_EQ(thrown.kind, ErrorKind::kApplication);
  EXPECT_EQ(thrown.data["code"], Value(7));
  EXPECT_EQ(thrown.node, "b");
  const Error broken = failure("breaks");
  EXPECT_EQ(broken.kind, ErrorKind::kRuntime);
  EXPECT_EQ(broken.error_kind, "exception");
  EXPECT_EQ(broken.message, "broken");
  EXPECT_EQ(broken.ran, Ran::kYes);
  EXPECT_EQ(broken.path, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(failure("add").kind, ErrorKind::kInvalidParams);
  EXPECT_EQ(failure("add").ran, Ran::kNo);
  EXPECT_EQ(failure("other").kind, ErrorKind::kMethodNotFound);
  EXPECT_EQ(a.call_remote_server("b", "nobody", "m").error().kind, ErrorKind::kServerNotFound);
}

TEST_F(MeshTest, TellsOthersOfServersThatComeAndGo) {
  start(a);
  start(b);
  link(a, b);
  EXPECT_FALSE(knows(a, "b.late"));
  ASSERT_TRUE(b.get_exposable_registry().register_server("late", adder().state("total: number")));
  wait_until([&] { return knows(a, "b.late"); });
  const Result<ServerInfo> info = a.get_exposable_registry().get_server_info("b.late");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->name, "late");
  EXPECT_EQ(info->node_id, "b");
  EXPECT_EQ(info->node_address, address_of(b));
  EXPECT_EQ(info->methods, std::vector<std::string>{"add"});
  EXPECT_EQ(info->state, (std::vector<std::pair<std::string, std::string>>{{"total", "number"}}));
  EXPECT_FALSE(info->is_local);
  EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - info->last_seen), 1h);
  // What can be called follows what is shown, by some tens of milliseconds at most.
  wait_until([&] { return a.get_exposable_registry().get_server("late").has_value(); });
  EXPECT_EQ(shown(a.get_exposable_registry().get_server("b.late")->call("add", Value::array({1}))), "1");
  EXPECT_FALSE(a.get_exposable_registry().is_local_server("late"));
  ASSERT_TRUE(b.get_exposable_registry().unregister_server("late"));
  wait_until([&] { return !knows(a, "b.late"); });
  EXPECT_EQ(a.get_exposable_registry().get_server_info("b.late").error().kind, ErrorKind::kServerNotFound);
}

TEST_F(MeshTest, ShowsWhatTheRegistryShows) {
  ASSERT_TRUE(a.get_exposable_registry().register_server("cpp", adder()));
  start(a);
  start(b);
  link(a, b);
  const RegistryInfo registry = a.get_exposable_registry().get_registry_info().value();
  EXPECT_EQ(registry.node_id, "a");
  EXPECT_EQ(registry.node_address, address_of(a));
  EXPECT_TRUE(registry.servers.at("cpp").is_local);
  EXPECT_EQ(registry.peers.at("b").address, address_of(b));
  EXPECT_TRUE(registry.peers.at("b").is_healthy);
  EXPECT_TRUE(registry.peers.at("b").is_configured);
  EXPECT_TRUE(registry.peers.at("b").last_seen.has_value());
  const NodeInfo info = a.get_exposable_registry().get_node_info().value();
  EXPECT_EQ(info.status, "healthy");
  EXPECT_EQ(info.node_id, "a");
  EXPECT_EQ(info.node_address, address_of(a));
  EXPECT_EQ(info.server_count, 1U);
  EXPECT_EQ(info.peer_count, 1U);
  EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - info.timestamp), 1h);
  EXPECT_FALSE(b.get_exposable_registry().get_peers().value().at("a").is_configured);
}

TEST_F(MeshTest, AddsAndRemovesPeers) {
  start(a);
  start(b);
  Registry& registry = a.get_exposable_registry();
  EXPECT_EQ(a.add_peer("friend", address_of(b)).value(), "friend");
  wait_until([&] { return is_linked(a, "friend"); });
  EXPECT_EQ(registry.get_peers().value().at("friend").node_id, "b");
  EXPECT_EQ(shown(a.call("friend.nobody", "m")).substr(0, 16), "server_not_found");
  EXPECT_EQ(shown(a.remove_peer("friend")), "fine");
  EXPECT_FALSE(registry.get_peers().value().contains("friend"));
  EXPECT_EQ(shown(a.remove_peer("friend")).substr(0, 12), "unknown_node");
  EXPECT_EQ(registry.add_peer_from_url("http://" + address_of(b)).value(), address_of(b));
  wait_until([&] { return is_linked(a, "b"); });
  EXPECT_EQ(registry.add_peer("x", "no address").error().kind, ErrorKind::kParse);
  EXPECT_EQ(registry.add_peer("bad name", address_of(b)).error().kind, ErrorKind::kParse);
  EXPECT_EQ(registry.add_peer_from_url("ftp://x").error().kind, ErrorKind::kParse);
  EXPECT_EQ(registry.add_peer("a", address_of(a)).error().kind, ErrorKind::kDenied);
}

TEST_F(MeshTest, WaitsForALinkOrSaysWhyThereIsNone) {
  start(a);
  start(b);
  EXPECT_EQ(shown(a.connect_to_peer("b", address_of(b))), "fine");
  EXPECT_EQ(shown(a.connect_to_peer("b", address_of(b))), "fine");
  EXPECT_EQ(a.connect_to_peer("x", "nonsense").error().kind, ErrorKind::kParse);
  // Nobody listens where c has listened.
  start(c);
  const std::string gone = address_of(c);
  ASSERT_TRUE(c.stop());
  const Result<void> refused = a.connect_to_peer("c", gone);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnreachable);
  EXPECT_NE(refused.error().message.find("refused"), std::string::npos) << refused.error().message;
}

TEST_F(MeshTest, CarriesMessagesOfAnyType) {
  Inbox inbox;
  start(a);
  ASSERT_TRUE(b.get_websocket_p2p().register_handler("greeting", inbox.handler()));
  start(b);
  start(c);
  link(a, b);
  link(b, c);
  EXPECT_EQ(shown(a.send_p2p_message("b", "greeting", Value::object({{"text", "hello"}}))), "fine");
  EXPECT_EQ(inbox.take(), R"(greeting from a: {"text":"hello"})");
  // Over b to c, with a handler that came later.
  ASSERT_TRUE(c.get_websocket_p2p().register_handler("greeting", inbox.handler()));
  wait_until([&] { return bool(a.send_p2p_message("c", "greeting", Value::object())); });
  EXPECT_EQ(inbox.take(), "greeting from a: {}");
  ASSERT_TRUE(a.get_websocket_p2p().register_handler("greeting", inbox.handler()));
  EXPECT_EQ(shown(a.send_p2p_message("a", "greeting", Value::object())), "fine");
  EXPECT_EQ(inbox.take(), "greeting from a: {}");
}

TEST_F(MeshTest, CarriesMessagesToAllThatAreLinked) {
  Inbox inbox;
  for (Node* node : {&b, &c}) ASSERT_TRUE(node->get_websocket_p2p().register_handler("news", inbox.handler()));
  start(a);
  start(b);
  start(c);
  link(a, b);
  link(a, c);
  EXPECT_EQ(a.get_websocket_p2p().broadcast_message("news", Value::object({{"n", 1}})).value(), 2U);
  EXPECT_EQ(inbox.take(), R"(news from a: {"n":1})");
  EXPECT_EQ(inbox.take(), R"(news from a: {"n":1})");
}

TEST_F(MeshTest, BringsBackWhatOthersSayOfAMessage) {
  Inbox inbox;
  for (const char* type : {"pong", "error"}) ASSERT_TRUE(a.get_websocket_p2p().register_handler(type, inbox.handler()));
  start(a);
  start(b);
  link(a, b);
  ASSERT_TRUE(a.send_p2p_message("b", "ping", Value::object({{"timestamp", 5}})));
  const std::string pong = inbox.take();
  EXPECT_TRUE(pong.starts_with(R"(pong from b: {"timestamp":5,"pong_time":)")) << pong;
  ASSERT_TRUE(a.send_p2p_message("b", "unheard_of", Value::object()));
  const std::string error = inbox.take();
  EXPECT_NE(error.find("unknown type 'unheard_of'"), std::string::npos) << error;
}

TEST_F(MeshTest, KeepsPongsThatSpeakOfAConnectionToItself) {
  Inbox inbox;
  ASSERT_TRUE(a.get_websocket_p2p().register_handler("pong", inbox.handler()));
  start(a);
  start(b);
  link(a, b);
  ASSERT_TRUE(a.send_p2p_message("b", "ping", Value::object({{"timestamp", 1}, {"link", "some key"}})));
  ASSERT_TRUE(a.send_p2p_message("b", "ping", Value::object({{"timestamp", 2}})));
  const std::string first = inbox.take();
  EXPECT_TRUE(first.starts_with(R"(pong from b: {"timestamp":2,"pong_time":)")) << first;
}

TEST_F(MeshTest, SurvivesAHandlerThatThrows) {
  Inbox inbox;
  MessageHandler note = inbox.handler();
  ASSERT_TRUE(b.get_websocket_p2p().register_handler("m", [&](const Message& message) {
    note(message);
    throw std::runtime_error("a mistake of the handler");
  }));
  start(a);
  start(b);
  link(a, b);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(a.send_p2p_message("b", "m", Value::object()));
    EXPECT_EQ(inbox.take(), "m from a: {}");
  }
}

TEST_F(MeshTest, RefusesMessagesThatCannotBe) {
  start(a);
  Mesh& mesh = a.get_websocket_p2p();
  const Value empty = Value::object();
  EXPECT_EQ(shown(mesh.send_message("nobody", "m", empty)).substr(0, 12), "unknown_node");
  EXPECT_EQ(shown(mesh.send_message("a", "m", empty)), "invalid_params: this node has no handler for messages of type 'm'");
  EXPECT_EQ(shown(mesh.send_message("a", "server_call", empty)), "invalid_params: the type 'server_call' belongs to the mesh itself");
  EXPECT_EQ(shown(mesh.send_message("a", "", empty)), "invalid_params: a type is a name of 1 to 256 bytes");
  EXPECT_EQ(shown(mesh.send_message("a", "m", Value::array({1}))), "invalid_params: the data is no JSON object");
  EXPECT_EQ(mesh.send_message("a", "m", Value::object({{"x", std::string(std::size_t{9} << 20, 'x')}})).error().kind,
            ErrorKind::kTooLarge);
  EXPECT_EQ(mesh.broadcast_message("pong", empty).error().kind, ErrorKind::kInvalidParams);
  EXPECT_EQ(mesh.broadcast_message("m", empty).value(), 0U);
  EXPECT_EQ(shown(mesh.register_handler("ping", {})), "invalid_params: the type 'ping' belongs to the mesh itself");
}

TEST_F(MeshTest, StopsAndStartsAgainAlone) {
  ASSERT_TRUE(a.get_exposable_registry().register_server("cpp", adder()));
  start(a);
  start(b);
  ASSERT_TRUE(b.get_exposable_registry().register_server("far", adder()));
  link(a, b);
  Mesh& mesh = a.get_websocket_p2p();
  EXPECT_EQ(shown(mesh.start()), "fine");
  EXPECT_EQ(shown(mesh.stop()), "fine");
  EXPECT_EQ(shown(mesh.stop()), "fine");
  EXPECT_FALSE(is_linked(a, "b"));
  EXPECT_EQ(shown(a.call("cpp", "add", Value::array({1}))), "1");
  EXPECT_EQ(rpc(a, "cpp.add", "[2]"), result("2"));
  EXPECT_FALSE(a.call_remote_server("b", "far", "add", Value::array({1})));
  EXPECT_EQ(shown(mesh.start()), "fine");
  wait_until([&] { return is_linked(a, "b"); });
  EXPECT_EQ(shown(a.call_remote_server("b", "far", "add", Value::array({1}))), "1");
  EXPECT_EQ(shown(mesh.stop()), "fine");
  EXPECT_EQ(shown(a.stop()), "fine");
}

// Forwards a call to the server that it is told, within its own request.
Server forwarder(Node& node) {
  Server server;
  server.method("forward(server: string)", [&node](const Request& request, Reply reply) {
    auto kept = std::make_shared<Reply>(std::move(reply));
    node.call(request, request["server"].as_string(), "work", {}, [kept](Result<Value> result) {
      result ? kept->answer(*result) : kept->fail(result.error());
    });
  });
  return server;
}

TEST_F(MeshTest, FindsACycleThatLeadsThroughCppOnAnotherNode) {
  ASSERT_TRUE(a.load_source("a.rl", R"(
server first {
    receive fn begin(to: string) { message("b.cpp", "forward", to) }
    receive fn work() { 1 }
}
server other { receive fn work() { 2 } }
)"));
  ASSERT_TRUE(b.get_exposable_registry().register_server("cpp", forwarder(b)));
  start(a);
  start(b);
  link(a, b);
  wait_until([&] { return knows(a, "b.cpp") && knows(b, "a.first"); });
  EXPECT_EQ(shown(a.call("first", "begin", Value::array({"a.other"}))), "2");
  EXPECT_EQ(shown(a.call("first", "begin", Value::array({"a.first"}))),
            "runtime: deadlock: first.begin@a -> cpp.forward@b -> first.work@a");
  EXPECT_EQ(shown(a.call("first", "begin", Value::array({"a.other"}))), "2");
}

TEST_F(MeshTest, FindsACycleThatLeavesItsNodeInCpp) {
  ASSERT_TRUE(a.load_source("a.rl", R"(
server first {
    receive fn begin() { message("cpp", "forward", "b.second") }
    receive fn work() { 1 }
}
)"));
  ASSERT_TRUE(b.load_source("b.rl", R"(server second { receive fn work() { message("a.first", "work") } })"));
  ASSERT_TRUE(a.get_exposable_registry().register_server("cpp", forwarder(a)));
  start(a);
  start(b);
  link(a, b);
  wait_until([&] { return knows(a, "b.second") && knows(b, "a.first"); });
  EXPECT_EQ(shown(b.call("second", "work")), "1");
  EXPECT_EQ(shown(a.call("first", "begin")),
            "runtime: deadlock: first.begin@a -> cpp.forward@a -> second.work@b -> first.work@a");
}

TEST_F(MeshTest, HoldsNobodyForWhatCppDoesAfterItsAnswer) {
  ASSERT_TRUE(a.load_source("a.rl", R"(
server first {
    receive fn begin() { message("b.cpp", "answer_first") }
    receive fn work() { "done" }
}
)"));
  Server server;
  std::promise<std::string> told;
  server.method("answer_first()", [&](const Request& request, Reply reply) {
    reply.answer("answered");
    b.call(request, "a.first", "work", {}, [&](Result<Value> result) { told.set_value(shown(result)); });
  });
  ASSERT_TRUE(b.get_exposable_registry().register_server("cpp", std::move(server)));
  start(a);
  start(b);
  link(a, b);
  wait_until([&] { return knows(a, "b.cpp") && knows(b, "a.first"); });
  EXPECT_EQ(shown(a.call("first", "begin")), R"("answered")");
  EXPECT_EQ(told.get_future().get(), R"("done")");
}

TEST_F(MeshTest, DiscoversWhenItIsTold) {
  start(a);
  start(b);
  link(a, b);
  EXPECT_EQ(shown(a.get_exposable_registry().discover_peers()), "fine");
  EXPECT_EQ(shown(a.get_exposable_registry().start_periodic_discovery(200ms)), "fine");
  EXPECT_EQ(shown(a.get_exposable_registry().start_periodic_discovery(1ms)),
            "parse: the interval of discovery must be at least 100 ms, got 1 ms");
  ASSERT_TRUE(a.get_exposable_registry().register_server("late", adder()));
  wait_until([&] { return knows(b, "a.late"); });
}

TEST_F(MeshTest, StopsAllServersButNotTheNode) {
  ASSERT_TRUE(a.load_source("a.rl", "server counter { receive fn get() { 1 } }"));
  ASSERT_TRUE(a.get_exposable_registry().register_server("cpp", adder()));
  start(a);
  start(b);
  link(b, a);
  wait_until([&] { return knows(b, "a.counter") && knows(b, "a.cpp"); });
  EXPECT_EQ(shown(a.get_exposable_registry().stop_all_servers()), "fine");
  EXPECT_EQ(shown(a.get_exposable_registry().stop_all_servers()), "fine");
  EXPECT_EQ(shown(a.call("counter", "get")), "shutting_down: server 'counter' has stopped");
  EXPECT_EQ(shown(a.call("cpp", "add")), "shutting_down: server 'cpp' has stopped");
  EXPECT_EQ(shown(a.get_exposable_registry().register_server("late", adder())),
            "shutting_down: the servers of this node have stopped");
  EXPECT_TRUE(a.get_exposable_registry().get_all_servers().value().empty());
  wait_until([&] { return !knows(b, "a.counter") && !knows(b, "a.cpp"); });
  EXPECT_NE(get(a, "/health").find(R"("servers":0)"), std::string::npos);
  EXPECT_EQ(shown(a.stop()), "fine");
  EXPECT_EQ(shown(a.start()), "fine");
  EXPECT_EQ(shown(a.call("counter", "get")), "1");
  EXPECT_EQ(shown(a.call("cpp", "add", Value::array({1}))), "1");
}

TEST_F(MeshTest, NeedsANodeThatRunsWithARegistry) {
  const auto all = [](Node& node, const std::string& expected) {
    Registry& registry = node.get_exposable_registry();
    Mesh& mesh = node.get_websocket_p2p();
    EXPECT_EQ(shown(Result<void>(registry.add_peer("x", "localhost:1").error())), expected);
    EXPECT_EQ(shown(Result<void>(registry.get_peers().error())), expected);
    EXPECT_EQ(shown(Result<void>(registry.get_all_servers().error())), expected);
    EXPECT_EQ(shown(Result<void>(registry.get_server_info("x").error())), expected);
    EXPECT_EQ(shown(Result<void>(registry.get_registry_info().error())), expected);
    EXPECT_EQ(shown(Result<void>(registry.get_node_info().error())), expected);
    EXPECT_EQ(shown(registry.remove_peer("x")), expected);
    EXPECT_EQ(shown(registry.discover_peers()), expected);
    EXPECT_EQ(shown(registry.start_periodic_discovery(1s)), expected);
    EXPECT_EQ(shown(mesh.start()), expected);
    EXPECT_EQ(shown(mesh.stop()), expected);
    EXPECT_EQ(shown(mesh.send_message("x", "m", Value::object())), expected);
    EXPECT_EQ(shown(Result<void>(mesh.broadcast_message("m", Value::object()).error())), expected);
    EXPECT_EQ(shown(mesh.connect_to_peer("x", "localhost:1")), expected);
  };
  all(a, "shutting_down: the node does not run");
  EXPECT_EQ(shown(a.get_exposable_registry().stop_all_servers()), "shutting_down: the node does not run");
  NodeConfig config = quick("alone");
  config.enable_registry = false;
  Node alone(config);
  start(alone);
  all(alone, "denied: the registry of this node is disabled");
}

TEST_F(MeshTest, DialsThePeersOfItsConfiguration) {
  start(a);
  NodeConfig config = quick("d");
  config.peers = {"http://" + address_of(a)};
  Node d(config);
  start(d);
  wait_until([&] { return is_linked(a, "d") && is_linked(d, "a"); });
}

TEST_F(MeshTest, IsAskedFromHandlersOnTheMeshsCoreOnly) {
  NodeConfig config = quick("many");
  config.workers = 2;
  Node node(config);
  std::promise<std::string> told;
  ASSERT_TRUE(node.get_websocket_p2p().register_handler("m", [&](const Message&) {
    told.set_value(node.get_exposable_registry().get_node_info().value().node_id + ", " +
                   shown(node.get_websocket_p2p().connect_to_peer("x", "localhost:1")));
  }));
  start(node);
  ASSERT_TRUE(node.send_p2p_message("many", "m", Value::object()));
  EXPECT_EQ(told.get_future().get(),
            "many, deadlock: a handler or callback on a core must not wait: use the function that takes a callback");
}

}  // namespace
}  // namespace relay
