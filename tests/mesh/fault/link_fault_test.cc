// The n-th read or write fails, for every n, in histories that visit every phase of a link. Whatever n is:
// the link ends once, each tagged message was either written whole or is told as unwritten, never both, and
// nothing is left.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "../link_fixture.h"

namespace relay::mesh {
namespace {

using namespace std::chrono_literals;
using Kind = LinkFixture::Kind;

// A link whose tagged messages are counted where they arrive.
struct Story {
  explicit Story(Kind kind) : fixture(kind) {}

  void send(std::size_t bytes) {
    const std::uint64_t tag = ++last_tag;
    // The tag can be found in any frame that has the message.
    fixture.send("<" + std::to_string(tag) + ">" + std::string(bytes, 'x'), tag, Lane::kCall);
    if (fixture.last_sent != Link::Sent::kQueued) --last_tag;
  }
  void settle() {
    fixture.settle();
    for (const std::string& frame : fixture.far.received()) arrived += frame;
    fixture.settle();
  }
  [[nodiscard]] bool has_arrived(std::uint64_t tag) const {
    return arrived.find("<" + std::to_string(tag) + ">") != std::string::npos;
  }

  LinkFixture fixture;
  std::uint64_t last_tag = 0;
  std::string arrived;
};

using History = std::function<void(Story&)>;

void talk(Story& story) {
  for (int i = 0; i < 4; ++i) {
    story.send(10);
    story.send(20'000);
    story.send(10);
    story.fixture.far.send_text("question").send(WebSocketOpcode::kPing, "p");
    story.settle();
  }
  story.fixture.wire->client_ended = true;
  story.settle();
}

void slow_reader(Story& story) {
  for (int i = 0; i < 20; ++i) {
    story.fixture.wire->write_room = 3000;
    story.send(10);
    story.send(17'000);
    story.fixture.link->ping();
    story.settle();
  }
  story.fixture.wire->write_room = 0;
  story.fixture.let_pass(10s);
}

void closes(Story& story) {
  story.send(10);
  story.fixture.wire->write_room = 5;
  story.settle();
  story.send(10);
  story.fixture.link->close(CloseCode::kReplaced, "another link");
  for (int i = 0; i < 40; ++i) {
    story.fixture.wire->write_room = 2;
    story.settle();
  }
  story.fixture.far.send_text("late").send_close(CloseCode::kReplaced, "");
  story.settle();
}

void is_closed(Story& story) {
  story.settle();
  story.fixture.wire->write_room = 30;
  story.send(10);
  story.send(20'000);
  story.fixture.far.send_text("question").send_close(CloseCode::kGoingAway, "stopping");
  story.settle();
  story.fixture.wire->write_room = SIZE_MAX;
  story.settle();
}

void breaks_the_rules(Story& story) {
  story.send(10);
  story.settle();
  story.send(10);
  story.fixture.far.send(WebSocketOpcode::kBinary, "b");
  story.settle();
  story.fixture.wire->to_server = "more";
  story.settle();
  story.fixture.let_pass(1s);
}

void falls_silent(Story& story) {
  story.settle();
  story.send(10);
  story.fixture.let_pass(10s);
}

// Runs the history with failing operation `n` and returns how many operations there were.
int run(const History& history, Kind kind, int n) {
  Story story(kind);
  LinkFixture& fixture = story.fixture;
  fixture.wire->failing_operation = n;
  history(story);
  const int operations = fixture.wire->operations;
  fixture.let_pass(1h);
  story.settle();

  std::map<std::string, int> times;
  for (const std::string& event : fixture.heard.events) ++times[event];
  const auto closed = std::count_if(fixture.heard.events.begin(), fixture.heard.events.end(),
                                    [](const std::string& event) { return event.starts_with("closed "); });
  EXPECT_EQ(closed, 1) << "operation " << n;
  EXPECT_TRUE(!fixture.heard.events.empty() && fixture.heard.events.back().starts_with("closed "))
      << "operation " << n;
  for (std::uint64_t tag = 1; tag <= story.last_tag; ++tag) {
    const int unwritten = times["unwritten " + std::to_string(tag)];
    EXPECT_EQ(unwritten + (story.has_arrived(tag) ? 1 : 0), 1) << "operation " << n << " message " << tag;
  }
  EXPECT_TRUE(fixture.wire->closed) << "operation " << n;
  EXPECT_EQ(fixture.loop.timers(), 0u) << "operation " << n;
  EXPECT_FALSE(fixture.far.has_fault()) << "operation " << n;
  return operations;
}

void fails_at_every_operation(const History& history) {
  for (const Kind kind : {Kind::kAccepted, Kind::kDialled, Kind::kForeign}) {
    const int operations = run(history, kind, -1);
    ASSERT_GE(operations, 2);
    for (int n = 0; n <= operations; ++n) run(history, kind, n);
  }
}

TEST(LinkFault, OfATalk) {
  fails_at_every_operation(talk);
}
TEST(LinkFault, OfASlowReader) {
  fails_at_every_operation(slow_reader);
}
TEST(LinkFault, OfItsOwnClose) {
  fails_at_every_operation(closes);
}
TEST(LinkFault, OfThePeersClose) {
  fails_at_every_operation(is_closed);
}
TEST(LinkFault, OfAPeerThatBreaksTheRules) {
  fails_at_every_operation(breaks_the_rules);
}
TEST(LinkFault, OfASilentPeer) {
  fails_at_every_operation(falls_silent);
}

}  // namespace
}  // namespace relay::mesh
