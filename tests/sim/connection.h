#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "net/stream.h"
#include "sim/schedule.h"
#include "sim/sim_loop.h"

namespace relay::sim {

using HostId = int;

// What a connection asks of the network that it runs over.
class Weather {
 public:
  // How long a packet that leaves now takes.
  [[nodiscard]] virtual Duration latency(HostId from, HostId to) = 0;
  // Whether packets get through now; those that do not are sent again when they do.
  [[nodiscard]] virtual bool is_open(HostId from, HostId to) const = 0;
  // Whether a host answers for connections of which it knows nothing any more.
  [[nodiscard]] virtual bool is_up(HostId host) const = 0;

 protected:
  ~Weather() = default;
};

// One TCP connection, both ends and what is between them. Side 0 has dialled.
//
// Order:  bytes arrive in the order sent, late perhaps, and whole; or the connection breaks.
// Bound:  `capacity` bytes a direction, sent and not yet read; then a write would block.
// Thread: one; listeners are told in rounds of their own loops.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct End {
    HostId host = 0;
    SimLoop* loop = nullptr;
    std::string address;  // "10.0.0.1:8080"
  };
  // Bytes that a side has sent, before the network does anything to them. The answer is what goes on the
  // wire.
  using Middle = std::function<std::string(int side, std::string bytes)>;

  Connection(Schedule& schedule, Weather& weather, std::uint64_t number, std::array<End, 2> ends,
             std::size_t capacity);

  // The stream of one side; once each.
  [[nodiscard]] std::unique_ptr<net::Stream> open(int side);
  void set_middle(Middle middle) { middle_ = std::move(middle); }
  // Told when a side learns that the connection is broken.
  void when_broken(std::function<void(int side)> told) { when_broken_ = std::move(told); }

  // Both sides see it break as soon as the news can reach them.
  void cut();
  // The process of a side has ended: its system breaks the connection, or nobody is there to say so.
  enum class Goodbye : std::uint8_t { kReset, kNone };
  void lose(int side, Goodbye goodbye);
  // The host of a side is back and knows nothing of this connection.
  void disown(int side);
  // What was held up goes on, if it can.
  void resume();

  [[nodiscard]] HostId host(int side) const { return sides_[static_cast<std::size_t>(side)].end.host; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  // Neither side has anything to do with it any more.
  [[nodiscard]] bool is_over() const;

 private:
  class SideStream;
  struct Packet {
    enum class Kind : std::uint8_t { kData, kEnd, kReset };
    Kind kind = Kind::kData;
    Instant arrives;
    std::string bytes;
  };
  struct Side {
    End end;
    net::StreamListener* listener = nullptr;
    bool is_open = true;
    bool is_lost = false;     // its process has gone
    bool has_ended = false;   // it sends no more
    bool is_broken = false;   // it knows that the connection is
    bool peer_ended = false;  // it knows that the other side sends no more
    bool waits_readable = false;
    bool waits_writable = false;
    std::string inbox;
    // Of the direction that leads away from this side.
    std::deque<Packet> flying;
    Instant last_arrival{};
    std::size_t unread = 0;  // bytes sent that the other side has not read
  };

  [[nodiscard]] Side& side(int index) { return sides_[static_cast<std::size_t>(index)]; }
  net::IoResult read(int index, std::span<char> into);
  net::IoResult write(int index, std::span<const std::string_view> pieces);
  void wait_readable(int index);
  void wait_writable(int index);
  void end_writing(int index);
  void close(int index);

  void send(int from, Packet::Kind kind, std::string bytes);
  void fly(int from);
  void arrive(int to, Packet packet);
  void break_side(int index);
  void tell(int index);
  [[nodiscard]] bool is_readable(int index);
  [[nodiscard]] bool is_writable(int index);

  Schedule& schedule_;
  Weather& weather_;
  const std::uint64_t number_;
  const std::size_t capacity_;
  std::array<Side, 2> sides_;
  Middle middle_;
  std::function<void(int)> when_broken_;
};

}  // namespace relay::sim
