// Does one kind of work some times, for bench/guard to count the instructions of; prints how often.
//
// usage: relay_instructions rpc_request | fib_20 | mesh_call
//
// All that is counted happens inside of counted_work(); what comes before it warms up caches and buffers.
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "bench/node_in_memory.h"
#include "http/fake_stream.h"
#include "http/session_table.h"
#include "mesh/call_message.h"
#include "mesh/envelope.h"
#include "node/http_routes.h"
#include "rpc/dispatcher.h"

namespace relay::bench {
namespace {

using Work = std::function<void()>;

struct Case {
  int times;
  Work work;
};

constexpr const char* kCounter = R"(
server counter {
  state { count: number = 0 }
  receive fn increment(by: optional(number)) -> number {
    state.set("count", state.get("count") + (by ?? 1))
    state.get("count")
  }
}
)";

constexpr const char* kFib = R"(
fn fib(n) { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
server numbers { receive fn fib_20() { fib(20) } }
)";

// The whole stack of a node behind a connection in memory.
class Connection {
 public:
  explicit Connection(const char* program)
      : node_(program),
        dispatcher_(node_.actors(), node_.loop().clock(), rpc::Limits{}, rpc::ErrorDetail::kHidden, nullptr),
        routes_(node::make_routes({dispatcher_, [] { return std::vector<std::string>(); }, node_.loop().clock(), name_, name_, has_started_})),
        budget_(config_.limits.node_bytes),
        table_(node_.loop(), config_, routes_, budget_, [](http::SessionTable::Kind) {}) {
    table_.add(std::make_unique<http::FakeStream>(wire_), http::SessionTable::Kind::kServed);
  }

  void request(std::string_view text, std::string_view expected) {
    wire_->from_server.clear();
    wire_->to_server = text;
    wire_->pump();
    node_.run();
    RELAY_CHECK(wire_->from_server.find(expected) != std::string::npos, "the answer is another one");
  }

 private:
  NodeInMemory node_;
  const std::string name_ = "bench";
  const std::atomic<bool> has_started_ = true;
  rpc::Dispatcher dispatcher_;
  const http::ServerConfig config_;
  http::Routes routes_;
  http::SharedBudget budget_;
  std::shared_ptr<http::Wire> wire_ = std::make_shared<http::Wire>();
  http::SessionTable table_;
};

std::string post(const std::string& body) {
  return "POST /rpc HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

Work call(const char* program, const char* method, std::string expected) {
  const auto connection = std::make_shared<Connection>(program);
  const std::string request = post(R"({"jsonrpc":"2.0","method":")" + std::string(method) + R"(","params":[],"id":1})");
  return [connection, request, expected = std::move(expected)] { connection->request(request, expected); };
}

// A call to another node and its answer: each written as the one node does and read as the other does.
Work mesh_call() {
  struct Messages {
    std::string call;
    std::string answer;
  };
  const auto messages = std::make_shared<Messages>();
  return [messages] {
    using namespace mesh;
    EnvelopeHead head{.type = "server_call", .id = "1f0c3a9b-42", .from = "node1", .to = "node2", .timestamp = "2026-11-21T06:43:50.123Z"};
    CallMessage call;
    call.response_id = "1f0c3a9b-42";
    call.server = "counter";
    call.method = "increment";
    call.args = "[5]";
    call.left = std::chrono::milliseconds(29'998);
    call.origin_inc = 1'795'243'430'123;
    call.n = 42;
    messages->call.clear();
    begin_envelope(messages->call, head);
    append_call(messages->call, call);
    end_envelope(messages->call);
    const Result<Envelope> envelope = parse_envelope(messages->call);
    RELAY_CHECK(parse_call(envelope->data)->n == 42, "the call reads as something else");

    head.type = "server_response";
    messages->answer.clear();
    begin_envelope(messages->answer, head);
    append_response(messages->answer, "1f0c3a9b-42", "node2", "6");
    end_envelope(messages->answer);
    const Result<Envelope> answer = parse_envelope(messages->answer);
    RELAY_CHECK(parse_response(answer->data)->success, "the answer reads as something else");
  };
}

Case make_case(std::string_view name) {
  if (name == "rpc_request") return {1000, call(kCounter, "counter.increment", R"("result":)")};
  if (name == "fib_20") return {10, call(kFib, "numbers.fib_20", R"("result":6765)")};
  if (name == "mesh_call") return {1000, mesh_call()};
  return {0, nullptr};
}

}  // namespace
}  // namespace relay::bench

// Named so that callgrind finds it.
extern "C" [[gnu::noinline]] void counted_work(const std::function<void()>& work, int times) {
  for (int i = 0; i < times; ++i) work();
}

int main(int count, char** arguments) {
  const auto chosen = relay::bench::make_case(count == 2 ? arguments[1] : "");
  if (!chosen.work) {
    std::fputs("usage: relay_instructions rpc_request | fib_20 | mesh_call\n", stderr);
    return 2;
  }
  for (int i = 0; i < chosen.times / 10; ++i) chosen.work();
  counted_work(chosen.work, chosen.times);
  std::printf("%d\n", chosen.times);
}
