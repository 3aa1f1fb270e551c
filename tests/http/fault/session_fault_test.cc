// The n-th read or write fails, for every n, in histories that visit every phase of a connection. Whatever n is: the
// session ends once, holds nothing afterwards, and what is answered later finds nobody.
#include <gtest/gtest.h>

#include <functional>

#include "../http_fixture.h"

namespace relay::http {
namespace {

using History = std::function<void(HttpFixture&, Client&)>;

void pipelined(HttpFixture& fixture, Client& client) {
  client.send(get("/hello") + get("/later") + post("/echo", "abc") + get("/later"));
  if (fixture.later.size() == 2) {
    fixture.answer_later(1, "second");
    client.settle();
    fixture.answer_later(0, "first");
    client.settle();
  }
  client.send(get("/hello")).end();
}

void in_pieces(HttpFixture&, Client& client) {
  client.send_bytewise(post("/take", "body", "Expect: 100-continue\r\n"));
  client.send_bytewise(post_chunked("/echo", "2;x\r\nab\r\n0\r\nT: v\r\n\r\n"));
  client.send_bytewise(post("/nowhere", "abc")).end();
}

void slow_reader(HttpFixture&, Client& client) {
  client.wire().write_room = 0;
  client.send(post("/echo", std::string(5000, 'x')) + get("/hello"));
  for (int i = 0; i < 20; ++i) {
    client.wire().write_room = 300;
    client.settle();
  }
  client.end();
}

void refused(HttpFixture&, Client& client) {
  client.send(get("/hello") + "BAD\r\n\r\n" + std::string(1000, 'x'));
  client.send(std::string(1000, 'y'));
  client.end();
}

void timed_out(HttpFixture& fixture, Client& client) {
  client.send(get("/later") + all_but_the_end(post("/echo", "abc")));
  fixture.loop.advance(std::chrono::seconds(5));
  if (!fixture.later.empty()) fixture.answer_later(0, "first");
  client.settle();
  fixture.loop.advance(std::chrono::seconds(2));
}

void drained(HttpFixture& fixture, Client& client) {
  client.send(get("/later"));
  fixture.table.drain([] {});
  if (!fixture.later.empty()) fixture.answer_later(0, "last");
  client.settle().end();
}

void upgraded(HttpFixture&, Client& client) { client.send(get("/hello") + get("/upgrade") + "frame").end(); }

// Runs the history with failing operation `n` and returns how many operations there were.
int run(const History& history, int n) {
  HttpFixture fixture;
  Client client = fixture.connect();
  client.wire().failing_operation = n;
  history(fixture, client);
  const int operations = client.wire().operations;
  // The rest of its answers may still be on their way, or the client silent.
  for (Responder& responder : fixture.later) {
    if (responder.is_open()) responder.reply({});
  }
  client.settle();
  fixture.loop.advance(std::chrono::hours(1));
  EXPECT_EQ(fixture.table.size(), 0u) << "operation " << n;
  EXPECT_EQ(fixture.closed_connections, 1) << "operation " << n;
  EXPECT_EQ(fixture.loop.timers(), 0u) << "operation " << n;
  Client next = fixture.connect();
  if (!next.closed()) {
    EXPECT_EQ(next.send(get("/hello")).statuses(), "200") << "operation " << n;
  }
  return operations;
}

void fails_at_every_operation(const History& history) {
  const int operations = run(history, -1);
  ASSERT_GE(operations, 2);
  for (int n = 0; n <= operations; ++n) run(history, n);
}

TEST(SessionFault, OfAPipeline) { fails_at_every_operation(pipelined); }
TEST(SessionFault, OfRequestsInPieces) { fails_at_every_operation(in_pieces); }
TEST(SessionFault, OfASlowReader) { fails_at_every_operation(slow_reader); }
TEST(SessionFault, OfARefusal) { fails_at_every_operation(refused); }
TEST(SessionFault, OfATimeout) { fails_at_every_operation(timed_out); }
TEST(SessionFault, OfAGracefulStop) { fails_at_every_operation(drained); }
TEST(SessionFault, OfAnUpgrade) { fails_at_every_operation(upgraded); }

}  // namespace
}  // namespace relay::http
