#include "sim/connection.h"

#include <algorithm>
#include <utility>

namespace relay::sim {
namespace {

int other(int side) {
  return 1 - side;
}

}  // namespace

class Connection::SideStream final : public net::Stream {
 public:
  SideStream(std::shared_ptr<Connection> connection, int side)
      : connection_(std::move(connection)), side_(side) {}
  ~SideStream() override { connection_->close(side_); }

  void set_listener(net::StreamListener* listener) override { connection_->side(side_).listener = listener; }
  net::IoResult read(std::span<char> into) override { return connection_->read(side_, into); }
  net::IoResult write(std::span<const std::string_view> pieces) override {
    return connection_->write(side_, pieces);
  }
  void wait_readable() override { connection_->wait_readable(side_); }
  void wait_writable() override { connection_->wait_writable(side_); }
  void shut_down_writing() override { connection_->end_writing(side_); }
  void close() override { connection_->close(side_); }
  [[nodiscard]] std::string peer_address() const override {
    return connection_->side(other(side_)).end.address;
  }
  [[nodiscard]] int release_socket() override { return -1; }

 private:
  std::shared_ptr<Connection> connection_;
  const int side_;
};

Connection::Connection(Schedule& schedule, Weather& weather, std::uint64_t number, std::array<End, 2> ends,
                       std::size_t capacity)
    : schedule_(schedule), weather_(weather), number_(number), capacity_(capacity) {
  for (int i = 0; i < 2; ++i) side(i).end = std::move(ends[static_cast<std::size_t>(i)]);
}

std::unique_ptr<net::Stream> Connection::open(int index) {
  return std::make_unique<SideStream>(shared_from_this(), index);
}

// ---- what the owners of the streams do

net::IoResult Connection::read(int index, std::span<char> into) {
  Side& self = side(index);
  if (self.is_broken || !self.is_open) return {net::IoResult::Status::kFailed, 0};
  if (self.inbox.empty()) {
    return {self.peer_ended ? net::IoResult::Status::kEnd : net::IoResult::Status::kWouldBlock, 0};
  }
  const std::size_t count = std::min(into.size(), self.inbox.size());
  std::copy_n(self.inbox.begin(), count, into.begin());
  self.inbox.erase(0, count);
  side(other(index)).unread -= count;
  tell(other(index));
  return {net::IoResult::Status::kDone, count};
}

net::IoResult Connection::write(int index, std::span<const std::string_view> pieces) {
  Side& self = side(index);
  if (self.is_broken || !self.is_open || self.has_ended) return {net::IoResult::Status::kFailed, 0};
  if (self.unread >= capacity_) return {net::IoResult::Status::kWouldBlock, 0};
  const std::size_t room = capacity_ - self.unread;
  std::string bytes;
  for (const std::string_view piece : pieces) bytes += piece.substr(0, room - bytes.size());
  if (bytes.empty()) return {net::IoResult::Status::kWouldBlock, 0};
  const std::size_t count = bytes.size();
  if (middle_) bytes = middle_(index, std::move(bytes));
  self.unread += bytes.size();
  if (!bytes.empty()) send(index, Packet::Kind::kData, std::move(bytes));
  return {net::IoResult::Status::kDone, count};
}

void Connection::wait_readable(int index) {
  side(index).waits_readable = true;
  tell(index);
}

void Connection::wait_writable(int index) {
  side(index).waits_writable = true;
  tell(index);
}

void Connection::end_writing(int index) {
  Side& self = side(index);
  if (std::exchange(self.has_ended, true) || !self.is_open || self.is_broken) return;
  send(index, Packet::Kind::kEnd, {});
}

void Connection::close(int index) {
  Side& self = side(index);
  self.listener = nullptr;
  if (!std::exchange(self.is_open, false) || self.is_broken || self.is_lost) return;
  if (!self.inbox.empty()) return send(index, Packet::Kind::kReset, {});
  if (!std::exchange(self.has_ended, true)) send(index, Packet::Kind::kEnd, {});
}

// ---- what the network does

void Connection::send(int from, Packet::Kind kind, std::string bytes) {
  Side& sender = side(from);
  const Instant arrives = std::max(
      sender.last_arrival, schedule_.now() + weather_.latency(sender.end.host, side(other(from)).end.host));
  sender.last_arrival = arrives;
  sender.flying.push_back({kind, arrives, std::move(bytes)});
  schedule_.at(arrives, [self = shared_from_this(), from] { self->fly(from); });
}

void Connection::fly(int from) {
  Side& sender = side(from);
  if (!weather_.is_open(sender.end.host, side(other(from)).end.host)) return;
  while (!sender.flying.empty() && sender.flying.front().arrives <= schedule_.now()) {
    Packet packet = std::move(sender.flying.front());
    sender.flying.pop_front();
    arrive(other(from), std::move(packet));
  }
}

void Connection::resume() {
  fly(0);
  fly(1);
}

void Connection::arrive(int to, Packet packet) {
  Side& self = side(to);
  schedule_.note(number_ * 2 + static_cast<std::uint64_t>(to));
  schedule_.note(packet.bytes);
  if (packet.kind == Packet::Kind::kReset) return break_side(to);
  if (self.is_broken) return;
  if (!self.is_open) {
    // Nobody reads this: a system that is there says so.
    if (packet.kind == Packet::Kind::kData && weather_.is_up(self.end.host))
      send(to, Packet::Kind::kReset, {});
    return;
  }
  if (packet.kind == Packet::Kind::kEnd) {
    self.peer_ended = true;
  } else {
    self.inbox += packet.bytes;
  }
  tell(to);
}

void Connection::break_side(int index) {
  Side& self = side(index);
  if (std::exchange(self.is_broken, true)) return;
  self.inbox.clear();
  if (self.is_open && when_broken_) when_broken_(index);
  tell(index);
}

void Connection::cut() {
  for (int i = 0; i < 2; ++i) {
    side(i).flying.clear();
    send(i, Packet::Kind::kReset, {});
  }
}

void Connection::lose(int index, Goodbye goodbye) {
  Side& self = side(index);
  if (!self.is_open) return;
  self.is_open = false;
  self.is_lost = true;
  self.listener = nullptr;
  self.inbox.clear();
  if (goodbye == Goodbye::kReset && !self.is_broken) send(index, Packet::Kind::kReset, {});
}

void Connection::disown(int index) {
  if (side(index).is_lost) send(index, Packet::Kind::kReset, {});
}

bool Connection::is_over() const {
  return std::ranges::all_of(sides_, [](const Side& one) { return !one.is_open && one.flying.empty(); });
}

bool Connection::is_readable(int index) {
  const Side& self = side(index);
  return self.is_broken || self.peer_ended || !self.inbox.empty();
}

bool Connection::is_writable(int index) {
  const Side& self = side(index);
  return self.is_broken || self.unread < capacity_;
}

// In a round of its own, never from inside the call of a stream.
void Connection::tell(int index) {
  Side& self = side(index);
  if (self.listener == nullptr) return;
  const bool reads = self.waits_readable && is_readable(index);
  const bool writes = self.waits_writable && is_writable(index);
  if (!reads && !writes) return;
  if (reads) self.waits_readable = false;
  if (writes) self.waits_writable = false;
  schedule_.after(Duration::zero(), [self = shared_from_this(), index, reads, writes] {
    self->side(index).end.loop->enter([&self, index, reads, writes] {
      Side& told = self->side(index);
      if (reads && told.listener != nullptr) told.listener->on_readable();
      if (writes && told.listener != nullptr) told.listener->on_writable();
    });
  });
}

}  // namespace relay::sim
