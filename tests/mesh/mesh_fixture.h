#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"
#include "mesh/envelope.h"
#include "mesh/http_text.h"
#include "mesh/link_fixture.h"
#include "mesh/mesh.h"

namespace relay::mesh {

// The far end of a connection of a mesh under test, driven by hand: does the handshake, then sends and
// receives messages. Answers WebSocket pings unless told not to.
class FarPeer {
 public:
  FarPeer(WebSocketReader::Side side, std::shared_ptr<http::Wire> wire)
      : wire_(std::move(wire)), end_(side, wire_) {}

  // The head of the HTTP answer, or of the request when the mesh dials; empty: none yet.
  [[nodiscard]] std::string head() {
    take_head();
    return head_;
  }
  [[nodiscard]] bool is_linked() { return head().starts_with("HTTP/1.1 101"); }
  // What came behind a head that is a refusal.
  [[nodiscard]] std::string body() const { return wire_->from_server; }
  [[nodiscard]] bool is_closed() const { return wire_->closed; }

  void send(std::string_view text) { end_.send_text(text); }
  void send_close(CloseCode code) { end_.send_close(code, ""); }
  void hang_up() { wire_->client_ended = true; }
  void be_silent() { end_.answers_pings = false; }

  // Reads what has come, and answers pings.
  void read() {
    const bool is_open = side() == WebSocketReader::Side::kServer ? !head().empty() : is_linked();
    if (!is_open) return;
    for (const std::string& frame : end_.received_messages()) {
      if (!frame.starts_with("text ")) {
        closes.push_back(frame);
        continue;
      }
      const auto parts = split_frame(std::string_view(frame).substr(5), FrameForm::kObjectOrArray);
      for (const std::string_view part : parts->messages) inbox_.emplace_back(part);
    }
  }
  // All messages that came since the last call, unpacked from their frames.
  std::vector<std::string> received() {
    read();
    return std::exchange(inbox_, {});
  }
  // The messages of a type, those in wrappers too; the rest of what came is thrown away.
  std::vector<std::string> received(MessageType type) {
    std::vector<std::string> found;
    for (const std::string& message : received()) {
      const Envelope envelope = parse_envelope(message).value();
      if (envelope.type == type) found.push_back(message);
      if (envelope.type != MessageType::kRouteMessage) continue;
      const std::string inside(original_message(envelope).value());
      if (parse_envelope(inside).value().type == type) found.push_back(inside);
    }
    return found;
  }

  [[nodiscard]] std::shared_ptr<http::Wire> wire() const { return wire_; }
  std::vector<std::string> closes;  // "close 4001 why", and pongs

 private:
  [[nodiscard]] WebSocketReader::Side side() const { return end_.side(); }
  void take_head() {
    const std::size_t end = wire_->from_server.find("\r\n\r\n");
    if (!head_.empty() || end == std::string::npos) return;
    head_ = wire_->from_server.substr(0, end + 4);
    wire_->from_server.erase(0, end + 4);
  }

  std::shared_ptr<http::Wire> wire_;
  FarEnd end_;
  std::string head_;
  std::vector<std::string> inbox_;
};

// Calls for the servers of the node under test, as they arrive.
class HeardCalls final : public CallPort {
 public:
  void call(Call call) override { calls.push_back(std::move(call)); }
  // Answers the oldest one.
  void answer(std::string json) {
    calls.front().sink->answer(Reply(std::move(json)));
    calls.erase(calls.begin());
  }
  std::vector<Call> calls;
};

// What became of a call of the node under test.
struct Ending {
  std::optional<std::string> value;
  std::optional<Failure> failure;
  [[nodiscard]] bool is_open() const { return !value && !failure; }
};

inline bool says(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// One whole mesh, of node "m", on a loop in memory; its peers are driven by hand.
class MeshFixture {
 public:
  explicit MeshFixture(MeshConfig with = {})
      : mesh(config_of(std::move(with)), loop, network, local, random) {
    configure_log(LogLevel::kOff, LogFormat::kText);
    loop.advance(std::chrono::seconds(100));
    mesh.set_address("m:1", 1);
    mesh.start();
  }
  ~MeshFixture() {
    mesh.stop([] {});
    for (const auto& peer : peers_) peer->hang_up();
    settle();
    loop.advance(std::chrono::seconds(10));
  }

  struct Hello {
    std::string node_id;
    std::uint64_t inc = 0;
    bool is_relay = true;
    std::string key = "AAAAAAAAAAAAAAAAAAAAAA==";
  };
  // Somebody dials in.
  FarPeer& dial_in(const Hello& hello) {
    auto wire = std::make_shared<http::Wire>();
    peers_.push_back(std::make_unique<FarPeer>(WebSocketReader::Side::kClient, wire));
    mesh.accept({std::make_unique<http::FakeStream>(wire),
                 "",
                 hello.key,
                 {hello.node_id, 8080, hello.inc, hello.is_relay}});
    settle();
    return *peers_.back();
  }
  FarPeer& link(const std::string& node_id) { return dial_in({.node_id = node_id, .inc = 7}); }

  // The node's own attempts to dial, oldest first; each can be answered once.
  struct Attempt {
    std::string address;
    Connector::Done done;
  };
  // Answers the newest attempt as this node does.
  FarPeer& answer_dial(const std::string& node_id, std::uint64_t inc = 7) {
    auto wire = std::make_shared<http::Wire>();
    peers_.push_back(std::make_unique<FarPeer>(WebSocketReader::Side::kServer, wire));
    FarPeer& peer = *peers_.back();
    const Connector::Done done = std::move(network.open.back().done);
    network.open.pop_back();
    done(std::unique_ptr<net::Stream>(std::make_unique<http::FakeStream>(wire)));
    settle();
    dialled_key = field_of(peer.head(), "Sec-WebSocket-Key");
    wire->to_server += upgrade_answer(dialled_key, true, node_id, inc);
    settle();
    return peer;
  }

  // Lets everything happen that can happen now; the far ends read and answer pings.
  void settle() {
    for (int turns = 0; turns < 4; ++turns) {
      loop.run();
      for (const auto& peer : peers_) {
        peer->wire()->pump();
        peer->read();
      }
    }
    loop.run();
  }
  void pass(Duration time, Duration step = std::chrono::milliseconds(50)) {
    for (Duration passed{}; passed < time; passed += step) {
      loop.advance(std::min(step, time - passed));
      settle();
    }
  }

  // A call of this node.
  std::shared_ptr<Ending> call(const std::string& node, const std::string& args = "[]",
                               Duration timeout = std::chrono::seconds(30)) {
    auto ending = std::make_shared<Ending>();
    Call call;
    call.node = node;
    call.server = "counter";
    call.method = "add";
    call.deadline = loop.clock().now() + timeout;
    call.sink = std::make_unique<Sink>(ending);
    mesh.call(std::move(call), args);
    settle();
    return ending;
  }
  void notify(const std::string& node) {
    Call call;
    call.node = node;
    call.server = "counter";
    call.method = "add";
    mesh.call(std::move(call), "[]");
    settle();
  }

  // The text of a message of `from` for this node.
  static std::string message(std::string_view type, std::string_view from, std::string_view data,
                             std::string_view to = "m", std::string_view more = "") {
    return R"({"type":")" + std::string(type) + R"(","from":")" + std::string(from) + R"(","to":")" +
           std::string(to) + R"(","data":)" + std::string(data) + std::string(more) + "}";
  }
  static std::string wrapped(std::string_view by, std::string_view original) {
    return message("route_message", by, R"({"original_message":)" + std::string(original) + "}");
  }
  // What `node` says of itself: linked to these.
  static std::string news(std::string_view by, std::string_view node, std::string_view version,
                          std::string_view neighbors, std::string_view more = "") {
    return message("registry_sync", by,
                   R"({"nodes":[{"node":")" + std::string(node) + R"(",)" + std::string(version) +
                       R"(,"neighbors":{)" + std::string(neighbors) + "}" + std::string(more) + "}]}");
  }

  class Network final : public Connector {
   public:
    std::unique_ptr<Connector::Attempt> connect(const std::string& address, Done done) override {
      open.push_back({address, std::move(done)});
      return std::make_unique<Connector::Attempt>();
    }
    std::vector<MeshFixture::Attempt> open;
  };

  http::FakeLoop loop;
  Network network;
  HeardCalls local;
  CountingRandom random;
  std::string dialled_key;
  Mesh mesh;

 private:
  class Sink final : public ReplySink {
   public:
    explicit Sink(std::shared_ptr<Ending> ending) : ending_(std::move(ending)) {}
    [[nodiscard]] Form form() const override { return Form::kJson; }
    void answer(Reply reply) override {
      if (auto* failure = std::get_if<Failure>(&reply)) {
        ending_->failure = std::move(*failure);
      } else {
        ending_->value = std::get<std::string>(reply);
      }
    }

   private:
    std::shared_ptr<Ending> ending_;
  };

  static MeshConfig config_of(MeshConfig config) {
    config.node_id = "m";
    config.inc = 5;
    return config;
  }

  std::vector<std::unique_ptr<FarPeer>> peers_;
};

// Node m with peer b, behind which x is reached.
struct Behind : MeshFixture {
  Behind() {
    b.send(news("b", "b", R"("inc":7,"seq":1)", R"("m":1024,"x":1024)"));
    b.send(news("b", "x", R"("inc":9,"seq":1)", R"("b":1024)"));
    settle();
    b.received();
  }
  FarPeer& b = link("b");
};

}  // namespace relay::mesh
