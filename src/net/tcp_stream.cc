#include "net/tcp_stream.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "net/address.h"
#include "net/net_limits.h"

namespace relay::net {
namespace {

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

TcpStream::TcpStream(IoCore& core, Socket socket) : socket_(core, std::move(socket), nullptr) {}

IoResult TcpStream::read(std::span<char> into) {
  ssize_t count = 0;
  do {
    count = ::recv(socket_.descriptor(), into.data(), into.size(), 0);
  } while (count < 0 && errno == EINTR);
  if (count == 0) return {IoResult::Status::kEnd, 0};
  if (count < 0 && !would_block()) return {IoResult::Status::kFailed, 0};
  if (count < 0) {
    socket_.read_would_block();
    return {IoResult::Status::kWouldBlock, 0};
  }
  const auto bytes = static_cast<std::size_t>(count);
  if (bytes < into.size()) socket_.read_came_short();
  return {IoResult::Status::kDone, bytes};
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
  ssize_t sent = 0;
  do {
    sent = ::sendmsg(socket_.descriptor(), &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent >= 0) return {IoResult::Status::kDone, static_cast<std::size_t>(sent)};
  if (!would_block()) return {IoResult::Status::kFailed, 0};
  socket_.write_would_block();
  return {IoResult::Status::kWouldBlock, 0};
}

void TcpStream::shut_down_writing() { ::shutdown(socket_.descriptor(), SHUT_WR); }

std::string TcpStream::peer_address() const {
  sockaddr_storage address{};
  socklen_t length = sizeof(address);
  const int failed = ::getpeername(socket_.descriptor(), reinterpret_cast<sockaddr*>(&address), &length);
  return failed != 0 ? std::string() : address_text(address);
}

}  // namespace relay::net
