#include "mesh/dialler.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/fake_loop.h"
#include "http/fake_stream.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;
using http::Wire;

// All ones: each pause is as long as it can be.
struct LongestPauses final : RandomSource {
  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = value;
  }
  std::uint64_t value = ~std::uint64_t{0};
};

// A network in which nothing happens by itself.
class FakeNetwork final : public Connector {
 public:
  struct Open final : Attempt {
    Open(FakeNetwork& of, std::string to, Done when_done)
        : network(of), address(std::move(to)), done(std::move(when_done)) {
      network.open = this;
    }
    ~Open() override {
      if (network.open == this) network.open = nullptr;
      ++network.ended;
    }
    FakeNetwork& network;
    std::string address;
    Done done;
  };

  std::unique_ptr<Attempt> connect(const std::string& address, Done done) override {
    dialled.emplace_back(address);
    return std::make_unique<Open>(*this, address, std::move(done));
  }
  void accept() {
    wire = std::make_shared<Wire>();
    std::exchange(open, nullptr)
        ->done(std::unique_ptr<net::Stream>(std::make_unique<http::FakeStream>(wire)));
  }
  void refuse() { std::exchange(open, nullptr)->done(Error{Errc::kUnreachable, "connection refused"}); }

  std::vector<std::string> dialled;
  Open* open = nullptr;  // the newest attempt, while it goes on
  int ended = 0;
  std::shared_ptr<Wire> wire;
};

std::string ms(Duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time + 1us).count()) + " ms";
}

struct HeardOfDial final : DialListener {
  bool on_dialled(const std::string& name, Dialled dialled) override {
    events.push_back("dialled " + name + ": " + dialled.answer.node_id + " unread '" + dialled.unread + "'");
    stream = std::move(dialled.stream);
    if (then) then();
    return is_wanted;
  }
  void on_dial_failed(const std::string& name, const Error& error, Duration pause) override {
    events.push_back(name + ": " + error.detail + ", again in " + ms(pause));
    if (then) then();
  }
  std::vector<std::string> events;
  std::unique_ptr<net::Stream> stream;
  bool is_wanted = true;
  std::function<void()> then;
};

struct Dialling {
  // Lets the handshake go on.
  void settle() {
    loop.run();
    if (network.wire) network.wire->pump();
    loop.run();
  }
  void accept() {
    network.accept();
    settle();
  }
  // What the far end has received as Sec-WebSocket-Key.
  [[nodiscard]] std::string key() const {
    constexpr std::string_view kName = "Sec-WebSocket-Key: ";
    return network.wire->from_server.substr(network.wire->from_server.find(kName) + kName.size(), 24);
  }
  void answer(std::string_view bytes) {
    network.wire->to_server += bytes;
    settle();
  }
  // Connects and answers the handshake.
  void link_up() {
    accept();
    answer(upgrade_answer(key(), true, "node1", 17));
  }
  // Makes the pause before the next attempt end, and returns how long it was.
  Duration wait_for_dial() {
    const std::size_t before = network.dialled.size();
    Duration waited{};
    for (; network.dialled.size() == before && waited < 1min; waited += 10ms) loop.advance(10ms);
    return waited;
  }
  std::vector<std::string> take_events() { return std::exchange(heard.events, {}); }

  http::FakeLoop loop;
  FakeNetwork network;
  LongestPauses random;
  HeardOfDial heard;
  Dialler dialler{loop, network, heard, {"node2", 8081, 42}, random};
};

using Events = std::vector<std::string>;

TEST(Dialler, IntroducesItselfAndHandsOverTheConnection) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  EXPECT_EQ(fixture.network.dialled, Events{"localhost:8080"});
  fixture.accept();
  EXPECT_TRUE(fixture.network.wire->from_server.starts_with(
      "GET /ws/p2p?node_id=node2&port=8081&inc=42 HTTP/1.1\r\nHost: localhost:8080\r\n"));
  fixture.answer(upgrade_answer(fixture.key(), true, "node1", 17) + "frames");
  EXPECT_EQ(fixture.take_events(), Events{"dialled first: node1 unread 'frames'"});
  EXPECT_FALSE(fixture.network.wire->closed);
  EXPECT_EQ(fixture.network.wire->listener, nullptr);
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(Dialler, SpeaksThroughASmallSocketAndReadsBytewise) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  fixture.network.accept();
  for (int i = 0; i < 100; ++i) {
    fixture.network.wire->write_room = 7;
    fixture.settle();
  }
  fixture.network.wire->read_bytes = 1;
  fixture.answer(upgrade_answer(fixture.key(), true, "node1", 17));
  EXPECT_EQ(fixture.take_events(), Events{"dialled first: node1 unread ''"});
}

TEST(Dialler, DoublesItsPausesUpToHalfAMinute) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  Events expected;
  for (const auto pause : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms}) {
    fixture.network.refuse();
    expected.push_back("first: connection refused, again in " + ms(pause));
    EXPECT_EQ(fixture.wait_for_dial(), pause);
  }
  EXPECT_EQ(fixture.take_events(), expected);
}

TEST(Dialler, DrawsItsPausesAtRandom) {
  Dialling fixture;
  fixture.random.value = std::uint64_t{1} << 62;
  fixture.dialler.want("first", "localhost:8080");
  fixture.network.refuse();
  EXPECT_EQ(fixture.take_events(), Events{"first: connection refused, again in 125 ms"});
  fixture.random.value = 0;
  fixture.wait_for_dial();
  fixture.network.refuse();
  EXPECT_EQ(fixture.take_events(), Events{"first: connection refused, again in 0 ms"});
}

TEST(Dialler, GivesUpAfterFiveSecondsWithoutConnection) {
  Dialling fixture;
  fixture.dialler.want("first", "192.0.2.1:8080");
  fixture.loop.advance(4999ms);
  EXPECT_EQ(fixture.network.ended, 0);
  fixture.loop.advance(1ms);
  EXPECT_EQ(fixture.take_events(), Events{"first: no connection within 5 s, again in 500 ms"});
  EXPECT_EQ(fixture.network.ended, 1);
}

TEST(Dialler, GivesUpOnAPeerThatDoesNotAnswer) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  fixture.loop.advance(3s);
  fixture.accept();
  fixture.loop.advance(2s);
  EXPECT_EQ(fixture.take_events(), Events{"first: no answer to the handshake within 5 s, again in 500 ms"});
  EXPECT_TRUE(fixture.network.wire->closed);
}

TEST(Dialler, SaysWhyItWasRefused) {
  const auto error_of = [](std::string_view answer, bool ends) {
    Dialling fixture;
    fixture.dialler.want("first", "localhost:8080");
    fixture.accept();
    fixture.network.wire->client_ended = ends;
    fixture.answer(answer);
    EXPECT_TRUE(fixture.network.wire->closed);
    const auto events = fixture.take_events();
    return events.empty() ? std::string("nothing") : events[0].substr(0, events[0].rfind(','));
  };
  EXPECT_EQ(
      error_of("HTTP/1.1 409 Conflict\r\nContent-Length: 25\r\n\r\n{\"error\":\"already linked\"}", false),
      "first: refused: already linked");
  EXPECT_EQ(error_of("HTTP/1.1 403 Forbidden\r\nContent-Length: 25\r\n\r\n{\"error\"", true),
            "first: refused: 403 Forbidden");
  EXPECT_EQ(error_of("HTTP/1.1 404 Not Found\r\n\r\n", false), "first: it answered 404 Not Found");
  EXPECT_EQ(error_of("220 mail.example\r\n\r\n", false), "first: it does not speak HTTP");
  EXPECT_EQ(error_of("\r\n\r\n", false), "first: it does not speak HTTP");
  EXPECT_EQ(error_of("HTTP/1.1 101 Sw", true), "first: it ended the connection without an answer");
  EXPECT_EQ(error_of(std::string(20'000, 'x'), false), "first: its answer is too long");
}

TEST(Dialler, RedialsALostPeerSoonWhenItHasLasted) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  for (int i = 0; i < 5; ++i) {
    fixture.network.refuse();
    fixture.wait_for_dial();
  }
  fixture.link_up();
  fixture.loop.advance(20s);
  fixture.dialler.lost("first");
  EXPECT_EQ(fixture.wait_for_dial(), 500ms);
}

TEST(Dialler, DoesNotDialInALoopWhatHangsUpAtOnce) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  for (const auto pause : {500ms, 1000ms, 2000ms}) {
    fixture.link_up();
    fixture.loop.advance(10ms);
    fixture.dialler.lost("first");
    EXPECT_EQ(fixture.wait_for_dial(), pause);
  }
}

TEST(Dialler, GoesOnDiallingWhatIsNotWantedNow) {
  Dialling fixture;
  fixture.heard.is_wanted = false;
  fixture.dialler.want("first", "localhost:8080");
  fixture.link_up();
  EXPECT_EQ(fixture.wait_for_dial(), 500ms);
}

TEST(Dialler, DialsAtOnceWhatIsWantedAgain) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  fixture.dialler.want("first", "localhost:8080");
  EXPECT_EQ(fixture.network.dialled.size(), 1u);
  fixture.network.refuse();
  fixture.dialler.want("first", "localhost:8080");
  EXPECT_EQ(fixture.network.dialled.size(), 2u);
  fixture.link_up();
  fixture.dialler.want("first", "localhost:8080");
  EXPECT_EQ(fixture.network.dialled.size(), 2u);
  fixture.loop.advance(1min);
  EXPECT_EQ(fixture.network.dialled.size(), 2u);
}

TEST(Dialler, DialsAnotherAddressInsteadOfTheFormer) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  fixture.dialler.want("first", "localhost:9090");
  EXPECT_EQ(fixture.network.dialled, (Events{"localhost:8080", "localhost:9090"}));
  EXPECT_EQ(fixture.network.ended, 1);
  fixture.link_up();
  EXPECT_EQ(fixture.take_events(), Events{"dialled first: node1 unread ''"});
}

TEST(Dialler, ForgetsInEveryPhase) {
  Dialling fixture;
  fixture.dialler.forget("never wanted");
  fixture.dialler.want("first", "localhost:8080");
  fixture.dialler.forget("first");  // while it connects
  fixture.dialler.want("first", "localhost:8080");
  fixture.accept();
  fixture.dialler.forget("first");  // in the handshake
  EXPECT_TRUE(fixture.network.wire->closed);
  fixture.dialler.want("first", "localhost:8080");
  fixture.network.refuse();
  fixture.dialler.forget("first");  // in its pause
  fixture.take_events();
  fixture.loop.advance(1min);
  EXPECT_EQ(fixture.network.dialled.size(), 3u);
  EXPECT_TRUE(fixture.take_events().empty());
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(Dialler, MayBeToldToForgetWhileItTells) {
  Dialling fixture;
  fixture.heard.then = [&] { fixture.dialler.forget("first"); };
  fixture.dialler.want("first", "localhost:8080");
  fixture.network.refuse();
  fixture.dialler.want("first", "localhost:8080");
  fixture.heard.is_wanted = false;
  fixture.link_up();
  fixture.loop.advance(1min);
  EXPECT_EQ(fixture.network.dialled.size(), 2u);
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(Dialler, DialsNothingMoreOnceItIsStopped) {
  Dialling fixture;
  fixture.dialler.want("first", "localhost:8080");
  fixture.dialler.want("second", "localhost:8081");
  fixture.dialler.stop();
  fixture.dialler.want("third", "localhost:8082");
  fixture.loop.advance(1min);
  EXPECT_EQ(fixture.network.dialled.size(), 2u);
  EXPECT_EQ(fixture.network.ended, 2);
  EXPECT_EQ(fixture.loop.timers(), 0u);
}

TEST(Dialler, AnnouncesThePortThatItIsTold) {
  Dialling fixture;
  fixture.dialler.set_port(9999);
  fixture.dialler.want("first", "localhost:8080");
  fixture.accept();
  EXPECT_NE(fixture.network.wire->from_server.find("&port=9999&"), std::string::npos);
}

// The n-th read or write of a handshake fails: it is said once, and tried again.
TEST(Dialler, SurvivesAFailureOfEveryReadAndWrite) {
  for (int n = 0; n < 4; ++n) {
    Dialling fixture;
    fixture.dialler.want("first", "localhost:8080");
    fixture.network.accept();
    fixture.network.wire->failing_operation = n;
    fixture.network.wire->write_room = 100;
    fixture.settle();
    fixture.network.wire->write_room = SIZE_MAX;
    fixture.settle();
    if (fixture.heard.events.empty()) {
      const std::string head = upgrade_answer(fixture.key(), true, "node1", 17);
      fixture.answer(head.substr(0, 50));
      fixture.answer(head.substr(50));
    }
    EXPECT_EQ(fixture.take_events(),
              Events{"first: the connection broke during the handshake, again in 500 ms"})
        << n;
    fixture.wait_for_dial();
    fixture.link_up();
    EXPECT_EQ(fixture.take_events(), Events{"dialled first: node1 unread ''"}) << n;
  }
}

}  // namespace
}  // namespace relay::mesh
