#include "net/tcp_stream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>

#include "net/address.h"
#include "net/net_limits.h"

namespace relay::net {

// Outlives the stream while Asio still holds a wait; `listener` is then nullptr and nobody is called.
struct TcpStream::State {
  State(boost::asio::io_context& io, int socket) : descriptor(io, socket) {}

  boost::asio::posix::stream_descriptor descriptor;
  StreamListener* listener = nullptr;
  bool waits_for_reading = false;
  bool waits_for_writing = false;
};

TcpStream::TcpStream(IoCore& core, Socket socket) : state_(std::make_shared<State>(core.io(), socket.release())) {}

TcpStream::~TcpStream() { close(); }

void TcpStream::set_listener(StreamListener* listener) { state_->listener = listener; }

namespace {

IoResult failure() {
  const bool would_block = errno == EAGAIN || errno == EWOULDBLOCK;
  return {would_block ? IoResult::Status::kWouldBlock : IoResult::Status::kFailed, 0};
}

}  // namespace

IoResult TcpStream::read(std::span<char> into) {
  for (;;) {
    const ssize_t count = ::recv(state_->descriptor.native_handle(), into.data(), into.size(), 0);
    if (count > 0) return {IoResult::Status::kDone, static_cast<std::size_t>(count)};
    if (count == 0) return {IoResult::Status::kEnd, 0};
    if (errno != EINTR) return failure();
  }
}

IoResult TcpStream::write(std::span<const std::string_view> pieces) {
  std::array<iovec, kWritePieces> vector;
  const std::size_t count = std::min(pieces.size(), vector.size());
  for (std::size_t i = 0; i < count; ++i) {
    vector[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
  }
  msghdr message{};
  message.msg_iov = vector.data();
  message.msg_iovlen = count;
  for (;;) {
    const ssize_t sent = ::sendmsg(state_->descriptor.native_handle(), &message, MSG_NOSIGNAL);
    if (sent >= 0) return {IoResult::Status::kDone, static_cast<std::size_t>(sent)};
    if (errno != EINTR) return failure();
  }
}

void TcpStream::wait_readable() {
  if (std::exchange(state_->waits_for_reading, true)) return;
  state_->descriptor.async_wait(boost::asio::posix::descriptor_base::wait_read,
                                [state = state_](const boost::system::error_code&) {
                                  state->waits_for_reading = false;
                                  if (state->listener != nullptr) state->listener->on_readable();
                                });
}

void TcpStream::wait_writable() {
  if (std::exchange(state_->waits_for_writing, true)) return;
  state_->descriptor.async_wait(boost::asio::posix::descriptor_base::wait_write,
                                [state = state_](const boost::system::error_code&) {
                                  state->waits_for_writing = false;
                                  if (state->listener != nullptr) state->listener->on_writable();
                                });
}

void TcpStream::shut_down_writing() { ::shutdown(state_->descriptor.native_handle(), SHUT_WR); }

void TcpStream::close() {
  state_->listener = nullptr;
  boost::system::error_code ignored;
  state_->descriptor.close(ignored);
}

std::string TcpStream::peer_address() const {
  sockaddr_storage address{};
  socklen_t length = sizeof(address);
  const int failed =
      ::getpeername(state_->descriptor.native_handle(), reinterpret_cast<sockaddr*>(&address), &length);
  return failed != 0 ? std::string() : address_text(address);
}

int TcpStream::release_socket() {
  state_->listener = nullptr;
  return state_->descriptor.is_open() ? state_->descriptor.release() : -1;
}

}  // namespace relay::net
