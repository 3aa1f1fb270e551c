#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "net/stream.h"

namespace relay::http {

// Both ends of a connection in memory: what the client sees and decides.
struct Wire {
  std::string to_server;      // sent by the client, not yet read
  bool client_ended = false;  // the client sends no more
  std::string from_server;
  std::size_t write_room = SIZE_MAX;  // bytes that the client still takes
  std::size_t read_bytes = SIZE_MAX;  // at most so many in one read
  bool shut_down = false;
  bool closed = false;
  int writes = 0;

  int operations = 0;
  int failing_operation = -1;  // this read or write fails

  net::StreamListener* listener = nullptr;
  bool waits_readable = false;
  bool waits_writable = false;

  [[nodiscard]] bool is_readable() const { return !to_server.empty() || client_ended; }

  // Tells the session what it waits for, until it waits in vain.
  void pump() {
    for (;;) {
      if (listener != nullptr && waits_readable && is_readable()) {
        waits_readable = false;
        listener->on_readable();
      } else if (listener != nullptr && waits_writable && write_room > 0) {
        waits_writable = false;
        listener->on_writable();
      } else {
        return;
      }
    }
  }
};

class FakeStream final : public net::Stream {
 public:
  explicit FakeStream(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}
  ~FakeStream() override { end(); }

  void set_listener(net::StreamListener* listener) override { wire_->listener = listener; }

  net::IoResult read(std::span<char> into) override {
    if (wire_->closed || wire_->operations++ == wire_->failing_operation) return {net::IoResult::Status::kFailed, 0};
    if (wire_->to_server.empty()) {
      return {wire_->client_ended ? net::IoResult::Status::kEnd : net::IoResult::Status::kWouldBlock, 0};
    }
    const std::size_t count = std::min({into.size(), wire_->to_server.size(), wire_->read_bytes});
    std::copy_n(wire_->to_server.begin(), count, into.begin());
    wire_->to_server.erase(0, count);
    return {net::IoResult::Status::kDone, count};
  }

  net::IoResult write(std::span<const std::string_view> pieces) override {
    if (wire_->closed || wire_->operations++ == wire_->failing_operation) return {net::IoResult::Status::kFailed, 0};
    if (wire_->write_room == 0) return {net::IoResult::Status::kWouldBlock, 0};
    ++wire_->writes;
    std::size_t sent = 0;
    for (const std::string_view piece : pieces) {
      const std::size_t count = std::min(piece.size(), wire_->write_room);
      wire_->from_server += piece.substr(0, count);
      if (wire_->write_room != SIZE_MAX) wire_->write_room -= count;
      sent += count;
    }
    return {net::IoResult::Status::kDone, sent};
  }

  void wait_readable() override { wire_->waits_readable = true; }
  void wait_writable() override { wire_->waits_writable = true; }
  void shut_down_writing() override { wire_->shut_down = true; }
  void close() override { end(); }
  [[nodiscard]] std::string peer_address() const override { return "192.0.2.7:4711"; }
  [[nodiscard]] int release_socket() override { return -1; }

 private:
  void end() {
    wire_->closed = true;
    wire_->listener = nullptr;
  }

  std::shared_ptr<Wire> wire_;
};

}  // namespace relay::http
