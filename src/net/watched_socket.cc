#include "net/watched_socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "net/io_core.h"

namespace relay::net {

WatchedSocket::WatchedSocket(IoCore& core, Socket socket, StreamListener* listener)
    : poller_(core.poller()), socket_(std::move(socket)), listener_(listener) {
  if (!socket_ || poller_.add(*this, socket_.get())) return;
  fault_ = errno;
  ::shutdown(socket_.get(), SHUT_RDWR);
  note(EPOLLHUP);
}

WatchedSocket::~WatchedSocket() { close(); }

void WatchedSocket::wait_readable() {
  waits_for_reading_ = true;
  if (is_readable_) poller_.tell_soon(*this);
}

void WatchedSocket::wait_writable() {
  waits_for_writing_ = true;
  if (is_writable_) poller_.tell_soon(*this);
}

void WatchedSocket::close() { const Socket closed = release(); }

Socket WatchedSocket::release() {
  if (!socket_) return {};
  poller_.remove(*this, socket_.get());
  waits_for_reading_ = waits_for_writing_ = false;
  // Who waits nevertheless is not told of what was.
  is_readable_ = is_writable_ = more_may_follow_ = false;
  is_due_ = false;
  return std::move(socket_);
}

void WatchedSocket::note(std::uint32_t events) {
  constexpr std::uint32_t kEnds = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
  if ((events & (EPOLLIN | EPOLLPRI | kEnds)) != 0) is_readable_ = true;
  if ((events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) is_writable_ = true;
  if ((events & (EPOLLPRI | kEnds)) != 0) more_may_follow_ = true;
}

void WatchedSocket::tell_readable() {
  if (is_readable_ && std::exchange(waits_for_reading_, false)) listener_->on_readable();
}

void WatchedSocket::tell_writable() {
  if (is_writable_ && std::exchange(waits_for_writing_, false)) listener_->on_writable();
}

}  // namespace relay::net
