#include "net/watched_socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/acceptor.h"
#include "net/io_core.h"
#include "net/system_clock.h"
#include "net/tcp_stream.h"

namespace relay::net {
namespace {

// One side of a connection, read by small pieces until its end. After each piece it asks to be told of more.
struct Reader final : StreamListener {
  Reader(IoCore& of_core, Socket socket, std::size_t piece)
      : core(of_core), stream(std::make_unique<TcpStream>(of_core, std::move(socket))), buffer(piece, ' ') {
    stream->set_listener(this);
    stream->wait_readable();
  }
  void on_readable() override {
    const IoResult result = stream->read(buffer);
    if (result.status == IoResult::Status::kDone) got.append(buffer.data(), result.bytes);
    const bool goes_on = result.status == IoResult::Status::kDone || result.status == IoResult::Status::kWouldBlock;
    if (!goes_on || got.ends_with('.')) return core.stop();
    stream->wait_readable();
  }
  void on_writable() override {}

  IoCore& core;
  std::unique_ptr<TcpStream> stream;
  std::string buffer;
  std::string got;
};

struct Pair {
  Pair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    here = Socket(ends[0]);
    there = Socket(ends[1]);
  }
  Socket here;
  Socket there;
};

void send_text(const Socket& to, std::string_view text, int flags = 0) {
  EXPECT_EQ(::send(to.get(), text.data(), text.size(), flags), static_cast<ssize_t>(text.size()));
}

TEST(WatchedSocket, TellsOfTheEndThatCameWithTheLastBytes) {
  IoCore core(0, kClock);
  Pair pair;
  send_text(pair.there, "all");
  ::shutdown(pair.there.get(), SHUT_WR);
  Reader reader(core, std::move(pair.here), 1024);
  core.run();
  EXPECT_EQ(reader.got, "all");
}

TEST(WatchedSocket, TellsAgainWhileThereIsMoreThanWasRead) {
  IoCore core(0, kClock);
  Pair pair;
  send_text(pair.there, "twelve bytes.");
  Reader reader(core, std::move(pair.here), 2);
  core.run();
  EXPECT_EQ(reader.got, "twelve bytes.");
}

// A read ends at the mark of urgent data, and what stands behind it came with the same edge.
TEST(WatchedSocket, TellsOfWhatStandsBehindUrgentData) {
  IoCore core(0, kClock);
  auto acceptor = std::move(Acceptor::listen(core, "127.0.0.1", 0).value());
  const Socket client(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(acceptor->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  send_text(client, "before");
  send_text(client, "!", MSG_OOB);
  send_text(client, "behind.");
  std::unique_ptr<Reader> reader;
  acceptor->start([&](Socket socket) { reader = std::make_unique<Reader>(core, std::move(socket), 1024); });
  core.run();
  EXPECT_EQ(reader->got, "beforebehind.");
}

TEST(WatchedSocket, TellsNobodyWhomAnotherHasEndedInTheSameRound) {
  struct Ender final : StreamListener {
    void on_readable() override { end(); }
    void on_writable() override {}
    std::function<void()> end;
  };
  IoCore core(0, kClock);
  Pair pairs[2];
  Ender enders[2];
  std::unique_ptr<WatchedSocket> sockets[2];
  int told = 0;
  for (int i : {0, 1}) {
    sockets[i] = std::make_unique<WatchedSocket>(core, std::move(pairs[i].here), &enders[i]);
    sockets[i]->wait_readable();
    enders[i].end = [&, i] {
      ++told;
      sockets[1 - i].reset();
      core.stop();
    };
    send_text(pairs[i].there, "x");
  }
  core.run();
  EXPECT_EQ(told, 1);
}

// As a child does that the process has just forked.
TEST(WatchedSocket, IsForgottenThoughAnotherDescriptorHoldsItsConnectionOpen) {
  struct Nobody final : StreamListener {
    void on_readable() override { ADD_FAILURE(); }
    void on_writable() override { ADD_FAILURE(); }
  };
  IoCore core(0, kClock);
  Nobody nobody;
  Pair pair;
  const Socket held(::dup(pair.here.get()));
  std::optional<WatchedSocket> socket(std::in_place, core, std::move(pair.here), &nobody);
  core.poller().poll(Duration::zero());
  socket.reset();
  send_text(pair.there, "x");
  EXPECT_EQ(core.poller().poll(Duration::zero()), 0u);
}

TEST(WatchedSocket, TellsNobodyWhoWaitsAfterTheEnd) {
  struct Counter final : StreamListener {
    void on_readable() override { ++told; }
    void on_writable() override { ++told; }
    int told = 0;
  };
  IoCore core(0, kClock);
  Counter counter;
  for (const bool is_released : {false, true}) {
    Pair pair;
    send_text(pair.there, "x");
    WatchedSocket socket(core, std::move(pair.here), &counter);
    EXPECT_EQ(core.poller().poll(Duration::zero()), 1u);
    const Socket released = is_released ? socket.release() : Socket();
    socket.close();
    socket.wait_readable();
    socket.wait_writable();
    EXPECT_EQ(core.poller().poll(Duration::zero()), 0u);
  }
  EXPECT_EQ(counter.told, 0);
}

TEST(WatchedSocket, ReadsTheEndOfWhatTheSystemCannotWatch) {
  IoCore core(0, kClock);
  Socket file(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(file);
  Reader reader(core, std::move(file), 16);
  core.run();
  EXPECT_EQ(reader.got, "");
}

}  // namespace
}  // namespace relay::net
