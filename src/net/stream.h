#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace relay::net {

// The outcome of one read or write that does not wait.
struct IoResult {
  enum class Status : std::uint8_t {
    kDone,        // `bytes` (> 0) were moved
    kWouldBlock,  // nothing now: ask for readiness
    kEnd,         // reading only: the other side sends no more
    kFailed,      // the connection is broken; only close() makes sense
  };
  Status status = Status::kFailed;
  std::size_t bytes = 0;
};

// Told when a stream can be tried again.
class StreamListener {
 public:
  virtual void on_readable() = 0;
  virtual void on_writable() = 0;

 protected:
  ~StreamListener() = default;
};

// A connection as its session sees it: it reads and writes what goes without waiting, and asks to be told when more
// would go. Readiness and not completion, since that is what TLS wraps without copies, and since a waiting
// connection then owns no buffer.
//
// Owner:  the session; a destroyed stream is closed and calls nobody again.
// Thread: only the core that it was made for.
class Stream {
 public:
  virtual ~Stream() = default;

  // Who is told; set once, before the first wait. Calls never come from inside a member function of the stream.
  virtual void set_listener(StreamListener* listener) = 0;

  [[nodiscard]] virtual IoResult read(std::span<char> into) = 0;
  // Writes the pieces one after the other, as far as goes.
  [[nodiscard]] virtual IoResult write(std::span<const std::string_view> pieces) = 0;

  // One on_readable() / on_writable() follows each, when a read or write may no longer block. Asking twice is asking once.
  virtual void wait_readable() = 0;
  virtual void wait_writable() = 0;

  // Sends the end of the outgoing direction; reading goes on.
  virtual void shut_down_writing() = 0;
  // Ends the connection. Unread input makes the system reset it, so read up to the end first where that matters.
  virtual void close() = 0;

  // "192.0.2.1:4711", for logs and for the program; empty for a stream without an address.
  [[nodiscard]] virtual std::string peer_address() const = 0;

  // Gives up the plain socket under this stream (then closed for us), for a library that wants to own it, such as a
  // WebSocket; -1 where there is none (TLS, a stream in memory).
  [[nodiscard]] virtual int release_socket() = 0;
};

}  // namespace relay::net
