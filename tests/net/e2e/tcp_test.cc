#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <optional>

#include "net/acceptor.h"
#include "net/io_core.h"
#include "net/system_clock.h"
#include "net/tcp_stream.h"

namespace relay::net {
namespace {

// A blocking connection to a port of this machine.
Socket connect_to(std::uint16_t port) {
  Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  return socket;
}

struct Listener final : StreamListener {
  void on_readable() override { readable(); }
  void on_writable() override { writable(); }
  std::function<void()> readable = [] {};
  std::function<void()> writable = [] {};
};

// A core with an acceptor and one accepted stream; `then` is called on the core once the stream is there.
struct AcceptedStream {
  IoCore core{0, kClock};
  std::unique_ptr<Acceptor> acceptor = std::move(Acceptor::listen(core, "127.0.0.1", 0).value());
  std::unique_ptr<TcpStream> stream;
  Listener listener;

  void start(std::function<void()> then) {
    acceptor->start([this, then = std::move(then)](Socket socket) {
      stream = std::make_unique<TcpStream>(core, std::move(socket));
      stream->set_listener(&listener);
      then();
    });
  }
};

TEST(Acceptor, NamesThePortThatItPicked) {
  IoCore core(0, kClock);
  auto acceptor = Acceptor::listen(core, "localhost", 0);
  ASSERT_TRUE(acceptor.has_value());
  EXPECT_GT((*acceptor)->port(), 0);
}

TEST(Acceptor, SaysThatAPortIsInUse) {
  IoCore core(0, kClock);
  auto first = Acceptor::listen(core, "127.0.0.1", 0);
  ASSERT_TRUE(first.has_value());
  const auto second = Acceptor::listen(core, "127.0.0.1", (*first)->port());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Errc::kIo);
  EXPECT_EQ(second.error().detail, "port " + std::to_string((*first)->port()) + " is in use");
}

TEST(Acceptor, SaysThatAHostIsUnknownOrForeign) {
  IoCore core(0, kClock);
  const auto unknown = Acceptor::listen(core, "no host has blanks", 0);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_NE(unknown.error().detail.find("cannot listen on host 'no host has blanks'"), std::string::npos);
  const auto foreign = Acceptor::listen(core, "192.0.2.1", 0);
  ASSERT_FALSE(foreign.has_value());
  EXPECT_EQ(foreign.error().detail, "address '192.0.2.1' is not one of this machine");
}

// Lets this process open no further descriptor as long as it lives.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit none = before_;
    none.rlim_cur = 3;
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(Acceptor, GoesOnAfterItRanOutOfDescriptors) {
  AcceptedStream fixture;
  fixture.start([&] { fixture.core.stop(); });
  const Socket client = connect_to(fixture.acceptor->port());
  testing::internal::CaptureStderr();
  std::optional<NoMoreDescriptors> scarcity(std::in_place);
  // By then the first accept() has failed and the pause runs.
  fixture.core.run_at(kClock.now() + std::chrono::milliseconds(5), [&] {
    EXPECT_EQ(fixture.stream, nullptr);
    scarcity.reset();
  });
  fixture.core.run();
  EXPECT_NE(testing::internal::GetCapturedStderr().find("cannot accept connections for now"), std::string::npos);
  EXPECT_NE(fixture.stream, nullptr);
}

// Clients would be let in by the system, and nobody would ever hear of them.
TEST(Acceptor, SaysThatItsSocketCannotBeWatched) {
  std::optional<NoMoreDescriptors> exhausted(std::in_place);
  IoCore core(0, kClock);
  exhausted.reset();
  const auto acceptor = Acceptor::listen(core, "127.0.0.1", 0);
  ASSERT_FALSE(acceptor.has_value());
  EXPECT_EQ(acceptor.error().detail, "cannot listen on 127.0.0.1 port 0: Bad file descriptor");
}

TEST(IoCore, TakesItsFirstSocketWhenDescriptorsHaveRunOut) {
  IoCore core(0, kClock);
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
  const Socket client(pair[0]);
  const NoMoreDescriptors scarcity;
  TcpStream stream(core, Socket(pair[1]));
  Listener listener;
  listener.readable = [&] { core.stop(); };
  stream.set_listener(&listener);
  stream.wait_readable();
  ASSERT_EQ(::send(client.get(), "x", 1, 0), 1);
  core.run();
}

TEST(IoCore, SaysThatItCannotWaitForSockets) {
  std::optional<NoMoreDescriptors> scarcity(std::in_place);
  IoCore core(0, kClock);
  const auto prepared = core.prepare();
  ASSERT_FALSE(prepared);
  EXPECT_EQ(prepared.error().detail, "cannot wait for sockets: Too many open files");
  scarcity.reset();
  EXPECT_TRUE(core.prepare());
}

TEST(TcpStream, ReadsWritesAndSeesTheEnd) {
  AcceptedStream fixture;
  std::string got;
  bool ended = false;
  fixture.listener.readable = [&] {
    char buffer[16];
    const IoResult result = fixture.stream->read(buffer);
    if (result.status == IoResult::Status::kDone) {
      got.append(buffer, result.bytes);
      const std::string_view pieces[] = {"po", "ng"};
      EXPECT_EQ(fixture.stream->write(pieces).bytes, 4u);
      fixture.stream->wait_readable();
    } else {
      ended = result.status == IoResult::Status::kEnd;
      fixture.core.stop();
    }
  };
  fixture.start([&] {
    char nothing[1];
    EXPECT_EQ(fixture.stream->read(nothing).status, IoResult::Status::kWouldBlock);
    EXPECT_EQ(fixture.stream->peer_address().rfind("127.0.0.1:", 0), 0u);
    fixture.stream->wait_readable();
    fixture.stream->wait_readable();
  });
  std::optional<Socket> client = connect_to(fixture.acceptor->port());
  fixture.core.post([&] { EXPECT_EQ(::send(client->get(), "ping", 4, 0), 4); });
  std::function<void()> hang_up = [&] {
    char reply[4];
    if (::recv(client->get(), reply, 4, MSG_DONTWAIT) == 4) {
      EXPECT_EQ(std::string(reply, 4), "pong");
      client.reset();
    } else {
      fixture.core.post([&] { hang_up(); });
    }
  };
  fixture.core.post([&] { hang_up(); });
  fixture.core.run();
  EXPECT_EQ(got, "ping");
  EXPECT_TRUE(ended);
}

TEST(TcpStream, SaysWhenAFullBufferDrains) {
  AcceptedStream fixture;
  std::optional<Socket> client;
  std::size_t sent = 0;
  std::size_t received = 0;
  const std::string block(1 << 16, 'x');
  const auto fill = [&] {
    for (;;) {
      const std::string_view piece = block;
      const IoResult result = fixture.stream->write({&piece, 1});
      if (result.status != IoResult::Status::kDone) return;
      sent += result.bytes;
    }
  };
  fixture.listener.writable = [&] {
    fixture.stream->close();
    fixture.core.stop();
  };
  std::function<void()> drain = [&] {
    std::vector<char> buffer(1 << 20);
    const ssize_t count = ::recv(client->get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) received += static_cast<std::size_t>(count);
    fixture.core.post([&] { drain(); });
  };
  fixture.start([&] {
    fill();
    fixture.stream->wait_writable();
    drain();
  });
  client = connect_to(fixture.acceptor->port());
  fixture.core.run();
  EXPECT_GT(received, 0u);
  EXPECT_LE(received, sent);
}

TEST(TcpStream, CallsNobodyOnceItIsGone) {
  AcceptedStream fixture;
  fixture.listener.readable = [] { FAIL() << "called after the stream was destroyed"; };
  fixture.start([&] {
    fixture.stream->wait_readable();
    fixture.core.post([&] {
      fixture.stream.reset();
      fixture.core.post([&] { fixture.core.post([&] { fixture.core.stop(); }); });
    });
  });
  const Socket client = connect_to(fixture.acceptor->port());
  fixture.core.run();
  EXPECT_EQ(fixture.stream, nullptr);
}

TEST(TcpStream, GivesUpItsSocketOpen) {
  AcceptedStream fixture;
  fixture.start([&] { fixture.core.stop(); });
  const Socket client = connect_to(fixture.acceptor->port());
  fixture.core.run();
  const Socket taken(fixture.stream->release_socket());
  ASSERT_TRUE(taken);
  EXPECT_EQ(fixture.stream->release_socket(), -1);
  EXPECT_EQ(::send(taken.get(), "x", 1, 0), 1);
  char got = 0;
  EXPECT_EQ(::recv(client.get(), &got, 1, 0), 1);
  EXPECT_EQ(got, 'x');
}

}  // namespace
}  // namespace relay::net
