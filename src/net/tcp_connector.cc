#include "net/tcp_connector.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "net/address.h"
#include "net/net_limits.h"

namespace relay::net {
namespace {

namespace asio = boost::asio;

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

Error lookup_error(const std::string& host, const boost::system::error_code& code) {
  if (code == asio::error::host_not_found || code == asio::error::no_data) {
    return unreachable("host '" + host + "' is not known");
  }
  return unreachable("host '" + host + "' cannot be looked up: " + code.message());
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

Address to_address(const asio::ip::tcp::endpoint& endpoint) {
  Address address;
  std::memcpy(&address.storage, endpoint.data(), endpoint.size());
  address.length = static_cast<socklen_t>(endpoint.size());
  return address;
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

// Lives as long as the attempt or a wait that Asio holds; without `done` it has ended or was given up.
struct TcpConnector::State : std::enable_shared_from_this<State> {
  State(IoCore& of_core, Done when_done)
      : core(of_core), resolver(of_core.io()), done(std::move(when_done)) {}

  void begin(const std::string& address);
  void look_up(const HostAndPort& target);
  void try_next();
  [[nodiscard]] bool try_one(const Address& address);
  void wait_for_connection();
  void on_connected();
  void drop_socket();
  void finish(Result<Socket> result);
  void give_up();

  IoCore& core;
  asio::ip::tcp::resolver resolver;
  Done done;
  std::vector<Address> addresses;
  std::size_t next = 0;
  std::optional<asio::posix::stream_descriptor> descriptor;  // of the address that is tried
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
  boost::system::error_code is_a_name;
  const auto number = asio::ip::make_address(target->host, is_a_name);
  if (is_a_name) return look_up(*target);
  const auto port = static_cast<std::uint16_t>(std::strtoul(target->port.c_str(), nullptr, 10));
  addresses = {to_address({number, port})};
  later([](State& self) { self.try_next(); });
}

void TcpConnector::State::look_up(const HostAndPort& target) {
  resolver.async_resolve(
      target.host, target.port,
      [self = shared_from_this(), host = target.host](const boost::system::error_code& error,
                                                      const asio::ip::tcp::resolver::results_type& found) {
        if (!self->done) return;
        if (error) return self->finish(lookup_error(host, error));
        for (const auto& entry : found) self->addresses.push_back(to_address(entry.endpoint()));
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
  Socket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return false;
  set_options(socket.get());
  const int status =
      ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length);
  if (status != 0 && errno != EINPROGRESS) return false;
  descriptor.emplace(core.io(), socket.release());
  return true;
}

void TcpConnector::State::wait_for_connection() {
  descriptor->async_wait(asio::posix::descriptor_base::wait_write,
                         [self = shared_from_this()](const boost::system::error_code& error) {
                           if (!error && self->done) self->on_connected();
                         });
  if (next == addresses.size()) return;
  // An address that swallows packets must not use up the time of the next one.
  timer = core.run_at(core.clock().now() + kConnectPatience, [self = shared_from_this()] {
    self->last_error = ETIMEDOUT;
    self->try_next();
  });
}

void TcpConnector::State::on_connected() {
  const int socket = descriptor->native_handle();
  last_error = take_socket_error(socket);
  if (last_error == 0 && is_connected_to_itself(socket)) last_error = ECONNREFUSED;
  if (last_error != 0) return try_next();
  Socket connected(descriptor->release());
  finish(std::move(connected));
}

void TcpConnector::State::drop_socket() {
  core.cancel(std::exchange(timer, 0));
  descriptor.reset();
}

void TcpConnector::State::finish(Result<Socket> result) {
  const Done tell = std::exchange(done, nullptr);
  drop_socket();
  tell(std::move(result));
}

void TcpConnector::State::give_up() {
  if (!std::exchange(done, nullptr)) return;
  drop_socket();
  resolver.cancel();
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
