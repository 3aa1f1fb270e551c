#include "net/tcp_connector.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "net/address.h"
#include "net/net_limits.h"
#include "net/watched_socket.h"

namespace relay::net {
namespace {

Error unreachable(std::string sentence) {
  return {Errc::kUnreachable, std::move(sentence)};
}

Error connect_error(int code) {
  switch (code) {
    case ECONNREFUSED:
      return unreachable("connection refused");
    case ETIMEDOUT:
      return unreachable("the connection timed out");
    case EHOSTUNREACH:
      return unreachable("no route to the host");
    case ENETUNREACH:
      return unreachable("the network is unreachable");
    case EMFILE:
    case ENFILE:
      return unreachable("too many open files");
    default:
      return unreachable(std::string("cannot connect: ") + std::strerror(code));
  }
}

struct HostAndPort {
  std::string host;
  std::string port;
};

std::optional<HostAndPort> split(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == address.size()) return std::nullopt;
  std::string_view host = address.substr(0, colon);
  const std::string_view port = address.substr(colon + 1);
  if (port.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const bool has_brackets = host.starts_with('[') && host.ends_with(']');
  if (has_brackets) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!has_brackets && host.find(':') != std::string_view::npos)) return std::nullopt;
  return HostAndPort{std::string(host), std::string(port)};
}

void set_options(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  const auto patience =
      static_cast<unsigned>(std::chrono::duration_cast<std::chrono::milliseconds>(kUnackedPatience).count());
  ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof(patience));
}

int take_socket_error(int socket) {
  int code = 0;
  socklen_t length = sizeof(code);
  if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length) != 0) return errno;
  return code;
}

// Where nobody listens on a port that the system gives to clients, it may connect a socket to itself.
bool is_connected_to_itself(int socket) {
  sockaddr_storage own{};
  sockaddr_storage peer{};
  socklen_t own_length = sizeof(own);
  socklen_t peer_length = sizeof(peer);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &own_length);
  ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &peer_length);
  return address_text(own) == address_text(peer);
}

}  // namespace

// Lives as long as the attempt, a look-up or a task of the core; without `done` it has ended or was given up.
struct TcpConnector::State final : std::enable_shared_from_this<State>, StreamListener {
  State(IoCore& of_core, Done when_done) : core(of_core), done(std::move(when_done)) {}

  void on_readable() override {}
  // The connection that is tried stands, or has failed.
  void on_writable() override;

  void begin(const std::string& address);
  void look_up(const HostAndPort& target);
  void try_next();
  [[nodiscard]] bool try_one(const Address& address);
  void wait_for_connection();
  void drop_socket();
  void finish(Result<Socket> result);
  void give_up();

  IoCore& core;
  Done done;
  Resolver::Id looked_up = 0;
  std::vector<Address> addresses;
  std::size_t next = 0;
  std::optional<WatchedSocket> socket;  // of the address that is tried
  Executor::TimerId timer = 0;
  int last_error = EADDRNOTAVAIL;
};

void TcpConnector::State::begin(const std::string& address) {
  const auto target = split(address);
  const auto later = [this](const auto& action) {
    core.post([self = shared_from_this(), action] {
      if (self->done) action(*self);
    });
  };
  if (!target) {
    return later([address](State& self) { self.finish(unreachable("'" + address + "' is not host:port")); });
  }
  const auto number = numeric_address(target->host, target->port);
  if (!number) return look_up(*target);
  addresses = {*number};
  later([](State& self) { self.try_next(); });
}

void TcpConnector::State::look_up(const HostAndPort& target) {
  looked_up = core.resolver().look_up(target.host, target.port,
                                      [self = shared_from_this()](Result<std::vector<Address>> found) {
                                        if (!found) return self->finish(std::move(found.error()));
                                        self->addresses = std::move(*found);
                                        self->try_next();
                                      });
}

void TcpConnector::State::try_next() {
  drop_socket();
  while (next < addresses.size()) {
    if (try_one(addresses[next++])) return wait_for_connection();
    last_error = errno;
  }
  finish(connect_error(last_error));
}

// Whether a connection is on its way; if not, errno says why.
bool TcpConnector::State::try_one(const Address& address) {
  Socket opened(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!opened) return false;
  set_options(opened.get());
  const int status =
      ::connect(opened.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length);
  if (status != 0 && errno != EINPROGRESS) return false;
  socket.emplace(core, std::move(opened), this);
  return true;
}

void TcpConnector::State::wait_for_connection() {
  socket->wait_writable();
  if (next == addresses.size()) return;
  // An address that swallows packets must not use up the time of the next one.
  timer = core.run_at(core.clock().now() + kConnectPatience, [self = shared_from_this()] {
    self->last_error = ETIMEDOUT;
    self->try_next();
  });
}

void TcpConnector::State::on_writable() {
  const auto self = shared_from_this();
  last_error = take_socket_error(socket->descriptor());
  if (last_error == 0 && is_connected_to_itself(socket->descriptor())) last_error = ECONNREFUSED;
  if (last_error != 0) return try_next();
  finish(socket->release());
}

void TcpConnector::State::drop_socket() {
  core.cancel(std::exchange(timer, 0));
  socket.reset();
}

void TcpConnector::State::finish(Result<Socket> result) {
  const Done tell = std::exchange(done, nullptr);
  drop_socket();
  tell(std::move(result));
}

void TcpConnector::State::give_up() {
  if (!std::exchange(done, nullptr)) return;
  core.resolver().give_up(looked_up);
  drop_socket();
}

TcpConnector::Attempt::~Attempt() {
  state_->give_up();
}

std::unique_ptr<TcpConnector::Attempt> TcpConnector::connect(const std::string& address, Done done) {
  auto state = std::make_shared<State>(core_, std::move(done));
  state->begin(address);
  return std::make_unique<Attempt>(std::move(state));
}

}  // namespace relay::net
