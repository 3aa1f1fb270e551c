#include "net/tcp_connector.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <optional>
#include <string>

#include "net/acceptor.h"
#include "net/address.h"
#include "net/system_clock.h"

namespace relay::net {
namespace {

struct ListeningPort {
  // What has become of a connection to `address`; the core runs until that is known.
  Result<Socket> connect(const std::string& address) {
    IoCore& on = core.emplace(0, kClock);
    std::optional<Result<Socket>> outcome;
    TcpConnector connector(on);
    const auto attempt = connector.connect(address, [&](Result<Socket> result) {
      outcome.emplace(std::move(result));
      on.stop();
    });
    EXPECT_FALSE(outcome.has_value());
    on.run();
    return std::move(*outcome);
  }
  std::string error_of(const std::string& address) {
    const auto result = connect(address);
    if (result) return "connected";
    EXPECT_EQ(result.error().code, Errc::kUnreachable);
    return result.error().detail;
  }

  IoCore listening_core{0, kClock};
  std::unique_ptr<Acceptor> acceptor = std::move(Acceptor::listen(listening_core, "127.0.0.1", 0).value());
  std::string port = std::to_string(acceptor->port());
  std::optional<IoCore> core;
};

int option(const Socket& socket, int name) {
  int value = 0;
  socklen_t length = sizeof(value);
  EXPECT_EQ(::getsockopt(socket.get(), IPPROTO_TCP, name, &value, &length), 0);
  return value;
}

TEST(TcpConnector, ConnectsToANumberAndToAName) {
  ListeningPort fixture;
  for (const char* host : {"127.0.0.1:", "localhost:"}) {
    const auto socket = fixture.connect(host + fixture.port);
    ASSERT_TRUE(socket.has_value()) << host << socket.error().detail;
    sockaddr_storage peer{};
    socklen_t length = sizeof(peer);
    ASSERT_EQ(::getpeername(socket->get(), reinterpret_cast<sockaddr*>(&peer), &length), 0);
    EXPECT_EQ(address_text(peer), "127.0.0.1:" + fixture.port);
    EXPECT_EQ(option(*socket, TCP_NODELAY), 1);
    EXPECT_EQ(option(*socket, TCP_USER_TIMEOUT), 30'000);
  }
}

TEST(TcpConnector, SaysThatNobodyListens) {
  ListeningPort fixture;
  fixture.acceptor.reset();
  EXPECT_EQ(fixture.error_of("127.0.0.1:" + fixture.port), "connection refused");
  EXPECT_EQ(fixture.error_of("localhost:" + fixture.port), "connection refused");
}

TEST(TcpConnector, SaysThatAHostIsUnknown) {
  ListeningPort fixture;
  EXPECT_TRUE(fixture.error_of("no host has blanks:80").starts_with("host 'no host has blanks' "));
}

TEST(TcpConnector, RefusesWhatIsNoAddress) {
  ListeningPort fixture;
  for (const char* address : {"", "localhost", "localhost:", ":80", "[]:80", "::1:80", "localhost:http"}) {
    EXPECT_EQ(fixture.error_of(address), "'" + std::string(address) + "' is not host:port");
  }
}

TEST(TcpConnector, CallsNobodyOnceItIsGivenUp) {
  ListeningPort fixture;
  IoCore core(0, kClock);
  TcpConnector connector(core);
  for (const std::string& address :
       {"127.0.0.1:" + fixture.port, "localhost:" + fixture.port, std::string("bad")}) {
    static_cast<void>(connector.connect(address, [](const Result<Socket>&) { ADD_FAILURE(); }));
  }
  // One that is not given up comes after them.
  const auto last = connector.connect("localhost:" + fixture.port, [&](const Result<Socket>& socket) {
    EXPECT_TRUE(socket.has_value());
    core.stop();
  });
  core.run();
}

TEST(TcpConnector, MayBeGivenUpByItsOwnAnswer) {
  ListeningPort fixture;
  IoCore core(0, kClock);
  TcpConnector connector(core);
  std::unique_ptr<TcpConnector::Attempt> attempt =
      connector.connect("localhost:" + fixture.port, [&](const Result<Socket>& socket) {
        attempt.reset();
        EXPECT_TRUE(socket.has_value());
        core.stop();
      });
  core.run();
}

}  // namespace
}  // namespace relay::net
