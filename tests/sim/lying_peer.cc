#include "sim/lying_peer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mesh/call_message.h"
#include "mesh/websocket_handshake.h"
#include "mesh/websocket_reader.h"
#include "mesh/websocket_writer.h"
#include "sim/sim_node.h"

namespace relay::sim {
namespace {

constexpr Duration kRedial = std::chrono::milliseconds(700);
constexpr std::size_t kMostHeard = 64;
// Replies to calls that it has overheard, in one frame.
constexpr std::size_t kReplies = 30;
constexpr std::string_view kTime = "2026-01-01T00:00:00.000Z";

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

}  // namespace

// Its connection: the handshake, then frames; what comes is kept to be repeated.
class LyingPeer::Talk final : public net::StreamListener, public mesh::WebSocketReader::Listener {
 public:
  Talk(LyingPeer& liar, std::unique_ptr<net::Stream> stream, const std::string& hello)
      : liar_(liar), stream_(std::move(stream)), reader_(mesh::WebSocketReader::Side::kClient, *this) {
    stream_->set_listener(this);
    send_raw(hello);
    stream_->wait_readable();
  }

  void send_text(std::string_view text) {
    std::string frame;
    mesh::append_frame(frame, mesh::WebSocketOpcode::kText, text, kMask);
    send_raw(frame);
  }
  void send_raw(std::string_view bytes) {
    const std::array<std::string_view, 1> pieces{bytes};
    // What finds no room is half a frame: junk too.
    if (stream_->write(pieces).status == net::IoResult::Status::kFailed) is_over = true;
  }

  void on_readable() override {
    std::array<char, 4096> buffer{};
    for (;;) {
      const net::IoResult result = stream_->read(buffer);
      if (result.status == net::IoResult::Status::kWouldBlock) return stream_->wait_readable();
      if (result.status != net::IoResult::Status::kDone) {
        is_over = true;
        return;
      }
      take(std::string(buffer.data(), result.bytes));
    }
  }
  void on_writable() override {}

  void on_text(std::string_view message) override {
    if (liar_.heard_.size() == kMostHeard) liar_.heard_.erase(liar_.heard_.begin());
    liar_.heard_.emplace_back(message);
  }
  void on_ping(std::string_view payload) override {
    std::string frame;
    mesh::append_frame(frame, mesh::WebSocketOpcode::kPong, payload, kMask);
    send_raw(frame);
  }
  void on_pong(std::string_view) override {}
  void on_close(std::uint16_t, std::string_view) override { is_over = true; }

  bool is_open = false;
  bool is_over = false;

 private:
  static constexpr std::uint32_t kMask = 0x12345678;

  void take(std::string bytes) {
    if (!is_open) {
      head_ += bytes;
      const std::size_t end = head_.find("\r\n\r\n");
      if (end == std::string::npos) return;
      is_open = head_.starts_with("HTTP/1.1 101");
      if (!is_open) {
        is_over = true;
        return;
      }
      bytes = head_.substr(end + 4);
    }
    if (!reader_.feed(bytes)) is_over = true;
  }

  LyingPeer& liar_;
  std::unique_ptr<net::Stream> stream_;
  mesh::WebSocketReader reader_;
  std::string head_;
};

LyingPeer::LyingPeer(Schedule& schedule, Network& network, HostId host, std::vector<HostId> victims,
                     SeededRandom random)
    : schedule_(schedule),
      random_(random),
      loop_(schedule),
      id_("liar"),
      host_(host),
      victims_(std::move(victims)),
      neighbor_(victims_[random_.below(victims_.size())]),
      connector_(network.connector(host, loop_)) {}

LyingPeer::~LyingPeer() = default;

void LyingPeer::run_until(Instant end) {
  end_ = end;
  dial();
  lie();
}

void LyingPeer::dial() {
  if (schedule_.now() > end_) return;
  talk_.reset();
  attempt_ = connector_->connect(Network::address(neighbor_), [this](auto result) {
    if (!result) return;
    // Now and then it takes the name of a node that may be there.
    const std::string name = random_.chance(15) ? draw_victim() : id_;
    const mesh::DialRequest request{.address = Network::address(neighbor_),
                                    .own_id = name,
                                    .own_port = 8080,
                                    .own_inc = draw_inc(name),
                                    .key = mesh::dial_key(random_)};
    talk_ = std::make_unique<Talk>(*this, std::move(*result), mesh::dial_request(request));
  });
}

void LyingPeer::lie() {
  if (schedule_.now() > end_) return;
  loop_.enter([this] {
    if (talk_ == nullptr || !talk_->is_open || talk_->is_over) return;
    if (random_.chance(1)) return talk_->send_raw(junk());
    for (std::uint64_t lies = random_.between(1, 3); lies > 0; --lies) talk_->send_text(make_lie());
  });
  const bool must_dial = talk_ == nullptr || talk_->is_over;
  if (must_dial) loop_.enter([this] { dial(); });
  schedule_.after(
      must_dial ? kRedial : random_.between(Duration(1), Duration(std::chrono::milliseconds(300))),
      [this] { lie(); });
}

std::string LyingPeer::make_lie() {
  switch (random_.below(12)) {
    case 0:
    case 1:
      return call_under(id_, draw_victim());
    case 2:
    case 3:
    case 4:
      return wrapped(call_under(draw_victim(), draw_victim()));
    case 5:
      return random_.chance(20) ? call_under(draw_victim(), draw_victim()) : news();
    case 6:
      return news();
    case 7:
    case 8:
    case 9:
      return forged_reply();
    case 10:
      if (!heard_.empty()) return heard_[random_.below(heard_.size())];
      [[fallthrough]];
    default:
      return random_.chance(10) ? junk()
                                : wrapped(heard_.empty() ? "{}" : heard_[random_.below(heard_.size())]);
  }
}

std::string LyingPeer::envelope(const mesh::EnvelopeHead& head, std::string_view data) {
  std::string text;
  mesh::append_envelope(text, head, data);
  return text;
}

// With counters and routes out of the air.
std::string LyingPeer::call_under(const std::string& from, const std::string& to) {
  std::vector<std::string> route{from};
  for (std::uint64_t more = random_.below(4); more > 0; --more) route.push_back(draw_victim());
  const std::uint64_t n = random_.chance(10) ? random_.next() >> 12 : random_.between(1, 60);
  const std::string data =
      R"({"response_id":"lie)" + number(++last_id_) +
      R"(","call":{"server_name":"counter","method":"hit","args":["lie"],"timeout":5},"inc":)" +
      number(draw_inc(from)) + R"(,"series":)" + number(random_.below(5)) + R"(,"n":)" + number(n) +
      R"(,"attempt":1})";
  const int ttl = random_.chance(50) ? 1'000'000'000 : 5;
  return envelope({"server_call", "lie" + number(++last_id_), from, to, kTime, &route, ttl}, data);
}

// Others at new places with huge versions; itself next to everybody; servers without number.
std::string LyingPeer::news() {
  const bool about_itself = random_.chance(40);
  const std::string node = about_itself         ? id_
                           : random_.chance(70) ? draw_victim()
                                                : "ghost" + number(random_.below(3'000));
  std::string servers;
  for (std::uint64_t i = random_.chance(5) ? 12'000 : random_.below(5); i > 0; --i) {
    servers +=
        (servers.empty() ? "\"counter" : ",\"counter") + number(i) + R"(":{"methods":["hit"],"state":{}})";
  }
  std::string neighbors;
  for (const HostId victim : victims_) {
    if (random_.chance(50)) neighbors += (neighbors.empty() ? "\"" : ",\"") + SimNode::id_of(victim) + "\":1";
  }
  const std::uint64_t inc =
      random_.chance(50) ? 9'007'199'254'740'990 : 1'767'225'600'000 + random_.below(60'000);
  const std::string data = R"({"nodes":[{"node":")" + node + R"(","inc":)" + number(inc) + R"(,"seq":)" +
                           number(random_.below(1'000'000)) + R"(,"start":)" + number(draw_inc(node)) +
                           R"(,"address":"10.9.9.9:1","servers":{)" + servers + R"(},"neighbors":{)" +
                           neighbors + "}}]}";
  return envelope({"registry_sync", "lie" + number(++last_id_), id_, SimNode::id_of(neighbor_), kTime}, data);
}

// To calls of its neighbour that others are to answer.
std::string LyingPeer::forged_reply() {
  std::string replies = "[";
  for (std::size_t i = 0; i < std::min(kReplies, calls_.size()); ++i) {
    const std::string& id = calls_[random_.below(calls_.size())];
    const std::string data = R"({"response_id":")" + id + R"(","node_id":"liar","success":true,"result":")" +
                             std::string(kForged) + "\"}";
    if (replies.size() > 1) replies += ',';
    const std::string to = SimNode::id_of(neighbor_);
    replies += envelope({"server_response", "lie" + number(++last_id_), id_, to, kTime}, data);
  }
  return replies + ']';
}

void LyingPeer::overhear(std::string_view text) {
  const auto frame = mesh::split_frame(text, mesh::FrameForm::kObjectOrArray);
  if (!frame) return;
  for (const std::string_view message : frame->messages) {
    const auto envelope = mesh::parse_envelope(message);
    if (!envelope) continue;
    note_call(*envelope);
    if (envelope->type != mesh::MessageType::kRouteMessage) continue;
    const auto inside = mesh::original_message(*envelope);
    if (const auto original = inside ? mesh::parse_envelope(*inside) : inside.error()) note_call(*original);
  }
}

void LyingPeer::note_call(const mesh::Envelope& envelope) {
  if (envelope.type != mesh::MessageType::kServerCall || envelope.from == id_) return;
  const auto call = mesh::parse_call(envelope.data);
  if (!call || call->response_id.empty()) return;
  if (calls_.size() == kMostHeard) calls_.erase(calls_.begin());
  calls_.push_back(call->response_id);
  // Its own lies have other ids.
  if (!call->response_id.starts_with("lie")) incs_[envelope.from] = call->origin_inc;
}

// Mostly the right one.
std::uint64_t LyingPeer::draw_inc(const std::string& victim) {
  const auto known = incs_.find(victim);
  if (known != incs_.end() && random_.chance(60)) return known->second;
  return random_.chance(50) ? 1'767'225'600'000 + random_.below(60'000) : random_.next() >> 12;
}

std::string LyingPeer::junk() {
  std::string text(random_.between(1, 300), '\0');
  for (char& byte : text) byte = static_cast<char>(random_.below(256));
  return text;
}

std::string LyingPeer::wrapped(const std::string& original) {
  const std::string data = R"({"original_message":)" + original + "}";
  return envelope({"route_message", "lie" + number(++last_id_), id_, SimNode::id_of(neighbor_), kTime}, data);
}

std::string LyingPeer::draw_victim() {
  return SimNode::id_of(victims_[random_.below(victims_.size())]);
}

}  // namespace relay::sim
