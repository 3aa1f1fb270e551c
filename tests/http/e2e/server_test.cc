// The server on real cores, over loopback sockets.
#include "http/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <atomic>
#include <thread>

#include "net/socket.h"

namespace relay::http {
namespace {

const SystemClock kClock;

Response text(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

// A blocking client; a test that hangs fails by its read timeout.
class TcpClient {
 public:
  explicit TcpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{20, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }

  [[nodiscard]] bool connected() const { return connected_; }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  // One answer with Content-Length: its status and body, "200 hello"; "closed" at the end of the connection.
  std::string answer() {
    std::size_t head_end = 0;
    while ((head_end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return received_.empty() ? "closed" : "cut";
    }
    const std::size_t length = std::stoul(received_.substr(received_.find("Content-Length: ") + 16));
    while (received_.size() < head_end + 4 + length) {
      if (!receive()) return "cut";
    }
    std::string result = received_.substr(9, 3) + " " + received_.substr(head_end + 4, length);
    received_.erase(0, head_end + 4 + length);
    return result;
  }

 private:
  bool receive() {
    char buffer[65536];
    const ssize_t count = ::recv(socket_.get(), buffer, sizeof(buffer), 0);
    if (count > 0) received_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  net::Socket socket_;
  bool connected_ = false;
  std::string received_;
};

// A running server with two cores.
//   GET /core  the index of the core       GET /other  answered from the other core
//   POST /echo the body                    GET /hold   answered by release()
class Running {
 public:
  explicit Running(ServerConfig config = {}, std::size_t core_count = 2)
      : cores_(core_count, kClock), server_(cores_, std::move(config), routes()) {
    const auto listening = server_.listen("127.0.0.1", 0);
    EXPECT_TRUE(listening.has_value());
    cores_.start();
  }
  ~Running() {
    cores_.stop();
    cores_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] Server& server() { return server_; }

  // Answers what /hold holds, on all cores.
  void release() {
    for (auto& held : held_.with([](auto& all) { return std::exchange(all, {}); })) held.reply(text("released"));
  }
  // Waits until so many requests are held.
  void wait_for_held(std::size_t count) {
    while (held_.with([](auto& all) { return all.size(); }) < count) std::this_thread::yield();
  }

  // Stops gracefully and waits for the end.
  void stop(Duration drain) {
    std::atomic<bool> done{false};
    server_.stop(drain, [&] {
      done = true;
      done.notify_one();
    });
    done.wait(false);
  }

 private:
  Routes routes() {
    Routes routes;
    routes.add({"GET", "/core", [](Request&, Responder responder) {
                  responder.reply(text(std::to_string(net::IoCore::current()->index())));
                }});
    routes.add({"GET", "/other", [this](Request&, Responder responder) {
                  net::IoCore& other = cores_.core(1 - net::IoCore::current()->index());
                  other.post([responder = std::move(responder)]() mutable { responder.reply(text("other")); });
                }});
    routes.add({"POST", "/echo", [](Request& request, Responder responder) {
                  responder.reply(text(request.take_body()));
                }});
    routes.add({"GET", "/hold", [this](Request&, Responder responder) {
                  held_.with([&](auto& all) { all.push_back(std::move(responder)); });
                }});
    return routes;
  }

  net::IoCores cores_;
  Server server_;
  Guarded<std::vector<Responder>> held_;
};

std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n"; }

std::string post(std::string_view path, std::string_view body) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

TEST(Server, SpreadsConnectionsOverTheCores) {
  Running running;
  TcpClient first(running.port());
  first.send(get("/core"));
  const std::string core_of_first = first.answer();
  TcpClient second(running.port());
  second.send(get("/core"));
  const std::string core_of_second = second.answer();
  EXPECT_NE(core_of_first, core_of_second);
  EXPECT_EQ(running.server().connections(), 2u);
  second.send(get("/core"));
  EXPECT_EQ(second.answer(), core_of_second);
}

TEST(Server, TakesAnswersFromAnotherCore) {
  Running running;
  TcpClient client(running.port());
  for (int i = 0; i < 500; ++i) {
    client.send(get("/other") + get("/core"));
    ASSERT_EQ(client.answer(), "200 other");
    ASSERT_EQ(client.answer().substr(0, 3), "200");
  }
}

TEST(Server, EchoesLargeBodiesForManyClientsAtOnce) {
  Running running;
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int number = 0; number < 8; ++number) {
    clients.emplace_back([&, number] {
      TcpClient client(running.port());
      for (int i = 0; i < 5; ++i) {
        const std::string body(static_cast<std::size_t>(1 + number * 300'000 + i), static_cast<char>('a' + number));
        client.send(post("/echo", body));
        if (client.answer() == "200 " + body) ++good;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 40);
}

TEST(Server, RefusesAConnectionTooMany) {
  ServerConfig config;
  config.limits.connections = 2;
  config.limits.refusals = 1;
  Running running(config);
  TcpClient first(running.port());
  TcpClient second(running.port());
  first.send(get("/core"));
  second.send(get("/core"));
  EXPECT_EQ(first.answer().substr(0, 3), "200");
  EXPECT_EQ(second.answer().substr(0, 3), "200");
  {
    TcpClient third(running.port());
    EXPECT_EQ(third.answer(), R"(503 {"error":"the node has too many connections; -max-connections raises the limit"})");
    EXPECT_EQ(third.answer(), "closed");
    TcpClient fourth(running.port());
    EXPECT_EQ(fourth.answer(), "closed");
  }
  first.send(get("/core"));
  EXPECT_EQ(first.answer().substr(0, 3), "200");
}

TEST(Server, LetsTheClientReadTheAnswerToABadRequest) {
  Running running;
  for (int i = 0; i < 20; ++i) {
    TcpClient client(running.port());
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\n\r\n");
    client.send(std::string(1'000'000, 'x'));
    EXPECT_EQ(client.answer().substr(0, 3), "413");
  }
}

TEST(Server, StopsWhenItsRequestsAreAnswered) {
  Running running;
  TcpClient idle(running.port());
  TcpClient busy(running.port());
  busy.send(get("/hold"));
  running.wait_for_held(1);
  std::thread stopper([&] { running.stop(std::chrono::seconds(60)); });
  EXPECT_EQ(idle.answer(), "closed");
  running.release();
  EXPECT_EQ(busy.answer(), "200 released");
  EXPECT_EQ(busy.answer(), "closed");
  stopper.join();
  EXPECT_FALSE(TcpClient(running.port()).connected());
  EXPECT_EQ(running.server().connections(), 0u);
}

TEST(Server, CutsWhatIsNotAnsweredInTime) {
  Running running;
  TcpClient busy(running.port());
  busy.send(get("/hold"));
  running.wait_for_held(1);
  running.stop(std::chrono::milliseconds(1));
  EXPECT_EQ(busy.answer(), "closed");
  running.release();
}

TEST(Server, StopsWithoutAnyConnection) {
  Running running({}, 1);
  running.stop(std::chrono::seconds(60));
  EXPECT_EQ(running.server().connections(), 0u);
}

TEST(Server, SaysThatItsPortIsTaken) {
  Running running;
  net::IoCores cores(1, kClock);
  Server second(cores, {}, {});
  const auto listening = second.listen("127.0.0.1", running.port());
  ASSERT_FALSE(listening.has_value());
  EXPECT_EQ(listening.error().detail, "port " + std::to_string(running.port()) + " is in use");
  EXPECT_EQ(second.port(), 0);
}

TEST(Server, SurvivesResponsesThatAreHeldWhenTheCoresStop) {
  auto running = std::make_unique<Running>();
  TcpClient client(running->port());
  client.send(get("/hold"));
  running->wait_for_held(1);
  running.reset();
  EXPECT_EQ(client.answer(), "closed");
}

}  // namespace
}  // namespace relay::http
