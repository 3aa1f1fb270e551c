#include "net/acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/log.h"
#include "net/address.h"
#include "net/net_limits.h"

namespace relay::net {
namespace {

Error listen_error(const std::string& host, std::uint16_t port, int code) {
  const std::string number = std::to_string(port);
  if (code == EADDRINUSE) return {Errc::kIo, "port " + number + " is in use"};
  if (code == EACCES) return {Errc::kIo, "port " + number + " needs more rights (ports below 1024 are reserved)"};
  if (code == EADDRNOTAVAIL) return {Errc::kIo, "address '" + host + "' is not one of this machine"};
  return {Errc::kIo, "cannot listen on " + host + " port " + number + ": " + std::strerror(code)};
}

// The listening socket, or an empty one with errno set.
Socket open_listener(const Address& address) {
  Socket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return {};
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0) return {};
  if (::listen(socket.get(), kListenBacklog) != 0) return {};
  return socket;
}

// Whether accept() failed for this one connection only, so that the next may go well.
bool concerns_one_connection(int code) {
  return code == ECONNABORTED || code == EINTR || code == EPROTO || code == ENETDOWN || code == ENETUNREACH ||
         code == EHOSTDOWN || code == EHOSTUNREACH || code == ENONET || code == EPERM;
}

std::uint16_t bound_port(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof(address);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  return address_port(address);
}

}  // namespace

Result<std::unique_ptr<Acceptor>> Acceptor::listen(IoCore& core, const std::string& host, std::uint16_t port) {
  auto addresses = resolve_for_listening(host, port);
  if (!addresses) return addresses.error();
  int code = EADDRNOTAVAIL;
  for (const Address& address : *addresses) {
    Socket listener = open_listener(address);
    if (!listener) {
      code = errno;
      continue;
    }
    std::unique_ptr<Acceptor> acceptor(new Acceptor(core, std::move(listener)));
    code = acceptor->listener_.fault();
    if (code == 0) return acceptor;
  }
  return listen_error(host, port, code);
}

Acceptor::Acceptor(IoCore& core, Socket listener)
    : core_(core),
      listener_(core, std::move(listener), this),
      port_(bound_port(listener_.descriptor())),
      next_pause_(kAcceptPauseMin) {}

void Acceptor::start(OnSocket on_socket) {
  on_socket_ = std::move(on_socket);
  listener_.wait_readable();
}

void Acceptor::close() {
  core_.cancel(pause_timer_);
  listener_.close();
}

void Acceptor::accept_some() {
  for (std::size_t accepted = 0; accepted < kAcceptsPerRound; ++accepted) {
    Socket socket(::accept4(listener_.descriptor(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket && concerns_one_connection(errno)) continue;
    if (!socket && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      listener_.read_would_block();
      break;
    }
    if (!socket) return pause();
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    next_pause_ = kAcceptPauseMin;
    on_socket_(std::move(socket));
    if (listener_.descriptor() < 0) return;
  }
  listener_.wait_readable();
}

void Acceptor::pause() {
  if (next_pause_ == kAcceptPauseMin) {
    log(LogLevel::kWarn, "cannot accept connections for now", {{"reason", std::strerror(errno)}});
  }
  pause_timer_ = core_.run_at(core_.clock().now() + next_pause_, [this] { accept_some(); });
  next_pause_ = std::min(next_pause_ * 2, kAcceptPauseMax);
}

}  // namespace relay::net
