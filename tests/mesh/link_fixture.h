#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/fake_loop.h"
#include "http/fake_stream.h"
#include "mesh/websocket_link.h"
#include "mesh/websocket_writer.h"

namespace relay::mesh {

// The words 1, 2, 3, ...: masks that a test can foresee.
class CountingRandom final : public RandomSource {
 public:
  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = ++last_;
  }

 private:
  std::uint64_t last_ = 0;
};

// Writes down what a link tells: "text hello", "unwritten 7", "closed silent for 6 s".
class HeardOfLink final : public LinkListener {
 public:
  void on_link_text(Link& link, std::string_view text) override { add(link, "text ", text); }
  void on_link_closing(Link&) override { ++closings; }
  void on_unwritten(Link& link, std::uint64_t tag) override { add(link, "unwritten ", std::to_string(tag)); }
  void on_link_closed(Link& link, std::string_view reason) override { add(link, "closed ", reason); }

  std::vector<std::string> events;
  int closings = 0;
  std::function<void(Link&)> then = [](Link&) {};

 private:
  void add(Link& link, std::string_view what, std::string_view of) {
    events.push_back(std::string(what).append(of));
    then(link);
  }
};

// The other side of a link, which reads frames and writes them by hand.
class FarEnd final : WebSocketReader::Listener {
 public:
  FarEnd(WebSocketReader::Side side, std::shared_ptr<http::Wire> wire)
      : side_(side), reader_(side, *this), wire_(std::move(wire)) {}

  FarEnd& send(WebSocketOpcode opcode, std::string_view payload) {
    append_frame(wire_->to_server, opcode, payload, side_ == WebSocketReader::Side::kClient ? 0x5A17C0DE : 0);
    return *this;
  }
  FarEnd& send_text(std::string_view text) { return send(WebSocketOpcode::kText, text); }
  FarEnd& send_close(CloseCode code, std::string_view reason) {
    return send(WebSocketOpcode::kClose, close_payload(code, reason));
  }

  // The frames that came since the last call: "text ..", "ping", "pong ..", "close 1000 ..". Pings are
  // answered when `answers_pings`.
  std::vector<std::string> received() {
    std::string bytes = std::exchange(wire_->from_server, {});
    if (!bytes.empty()) static_cast<void>(reader_.feed(bytes));
    return std::exchange(frames_, {});
  }
  // The same without pings.
  std::vector<std::string> received_messages() {
    auto frames = received();
    std::erase(frames, "ping");
    return frames;
  }
  [[nodiscard]] bool has_fault() const { return reader_.fault() != nullptr; }
  [[nodiscard]] WebSocketReader::Side side() const { return side_; }

  bool answers_pings = true;

 private:
  void on_text(std::string_view message) override { frames_.push_back("text " + std::string(message)); }
  void on_ping(std::string_view payload) override {
    frames_.emplace_back("ping");
    if (answers_pings) send(WebSocketOpcode::kPong, payload);
  }
  void on_pong(std::string_view payload) override { frames_.push_back("pong " + std::string(payload)); }
  void on_close(std::uint16_t code, std::string_view reason) override {
    frames_.push_back("close " + std::to_string(code) + " " + std::string(reason));
  }

  WebSocketReader::Side side_;
  WebSocketReader reader_;
  std::shared_ptr<http::Wire> wire_;
  std::vector<std::string> frames_;
};

// A link over a stream and a loop in memory, and its far end.
struct LinkFixture {
  enum class Kind { kAccepted, kDialled, kForeign };

  explicit LinkFixture(Kind kind = Kind::kAccepted, std::string unread = "")
      : far(kind == Kind::kDialled ? WebSocketReader::Side::kServer : WebSocketReader::Side::kClient, wire) {
    LinkPeer peer;
    peer.node_id = "far";
    peer.is_relay = kind != Kind::kForeign;
    peer.we_dialled = kind == Kind::kDialled;
    link = std::make_unique<WebSocketLink>(7, peer, std::make_unique<http::FakeStream>(wire),
                                           std::move(unread), loop, heard, random, WebSocketLink::Settings{});
    link->start();
  }

  // Lets everything happen that can happen now.
  LinkFixture& settle() {
    loop.run();
    wire->pump();
    loop.run();
    wire->pump();
    return *this;
  }
  void let_pass(Duration time) {
    loop.advance(time);
    settle();
  }
  // Lets time pass in steps, in each of which the far end reads and answers.
  void let_pass_answered(Duration time, Duration step = std::chrono::milliseconds(500)) {
    for (Duration passed{}; passed < time; passed += step) {
      let_pass(step);
      static_cast<void>(far.received());
      settle();
    }
  }

  void send(std::string text, std::uint64_t tag = 0, Lane lane = Lane::kReply) {
    last_sent = link->send(std::move(text), lane, tag);
  }

  http::FakeLoop loop;
  CountingRandom random;
  HeardOfLink heard;
  std::shared_ptr<http::Wire> wire = std::make_shared<http::Wire>();
  FarEnd far;
  std::unique_ptr<WebSocketLink> link;
  Link::Sent last_sent = Link::Sent::kQueued;
};

using Events = std::vector<std::string>;

}  // namespace relay::mesh
