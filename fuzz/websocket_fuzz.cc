// Any bytes from the other side of a link, in pieces of any size. The first byte is the mood, the second how
// the bytes are cut, the rest is what comes in.
//
// - What the reader tells, and its fault, do not depend on how the bytes were cut.
// - It holds no more than a few times what came in, whatever lengths were promised.
// - A link tells the same texts, ends once, answers in valid frames, and leaves no timer.
// - A handshake is taken or refused, never crashed.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "mesh/link_fixture.h"
#include "mesh/websocket_handshake.h"
#include "mesh/websocket_reader.h"

namespace {

using namespace relay;
using namespace relay::mesh;

enum Mood : std::uint8_t {
  kClient = 1,     // this side has dialled
  kHandshake = 2,  // the bytes are a handshake
  kDeaf = 4,       // the other side takes little
  kTalks = 8,      // this side sends too
};

// The sizes of the pieces: all at once for 0, else 1 to 16 bytes each, as the number decides.
class Cutter {
 public:
  explicit Cutter(std::uint8_t seed) : is_whole_(seed == 0), random_(seed) {}
  std::size_t next(std::size_t left) {
    if (is_whole_) return left;
    random_ = random_ * 1664525u + 1013904223u;
    return std::min<std::size_t>(left, 1 + (random_ >> 28));
  }

 private:
  const bool is_whole_;
  std::uint32_t random_;
};

struct Told final : WebSocketReader::Listener {
  void on_text(std::string_view message) override {
    texts.emplace_back(message);
    add("text", message);
  }
  void on_ping(std::string_view payload) override { add("ping", payload); }
  void on_pong(std::string_view payload) override { add("pong", payload); }
  void on_close(std::uint16_t code, std::string_view reason) override {
    add("close " + std::to_string(code), reason);
  }
  void add(std::string what, std::string_view payload) { events.push_back(what.append(" ").append(payload)); }

  std::vector<std::string> texts;
  std::vector<std::string> events;
};

Told read(WebSocketReader::Side side, std::uint8_t cuts, std::string_view bytes) {
  Told told;
  WebSocketReader reader(side, told);
  Cutter cutter(cuts);
  for (std::size_t fed = 0; fed < bytes.size();) {
    std::string piece(bytes.substr(fed, cutter.next(bytes.size() - fed)));
    fed += piece.size();
    const bool goes_on = reader.feed(piece);
    RELAY_CHECK(reader.held_bytes() <= 4 * fed + 64, "the reader holds more than came in");
    if (goes_on) continue;
    if (reader.fault() != nullptr) told.add("fault", reader.fault()->reason);
    break;
  }
  return told;
}

std::vector<std::string> texts_of(const HeardOfLink& heard) {
  std::vector<std::string> texts;
  for (const std::string& event : heard.events) {
    if (event.starts_with("text ")) texts.push_back(event.substr(5));
  }
  return texts;
}

void check_link(std::uint8_t mood, std::uint8_t cuts, std::string_view bytes, const Told& told) {
  LinkFixture fixture((mood & kClient) != 0 ? LinkFixture::Kind::kDialled : LinkFixture::Kind::kAccepted);
  fixture.far.answers_pings = false;
  Cutter cutter(cuts);
  for (std::size_t fed = 0; fed < bytes.size();) {
    if (mood & kDeaf) fixture.wire->write_room = 3;
    if (mood & kTalks) fixture.send("{\"a\":1}", fed + 1);
    const std::size_t size = cutter.next(bytes.size() - fed);
    fixture.wire->to_server += bytes.substr(fed, size);
    fed += size;
    fixture.settle();
  }
  fixture.wire->write_room = SIZE_MAX;
  fixture.wire->client_ended = true;
  fixture.settle();
  const auto closed = std::count_if(fixture.heard.events.begin(), fixture.heard.events.end(),
                                    [](const std::string& event) { return event.starts_with("closed "); });
  RELAY_CHECK(closed == 1, "a link ends once");
  RELAY_CHECK(texts_of(fixture.heard) == told.texts, "a link tells other texts than its reader");
  RELAY_CHECK(fixture.wire->closed && fixture.loop.timers() == 0, "something is left of an ended link");
  static_cast<void>(fixture.far.received());
  RELAY_CHECK(!fixture.far.has_fault(), "a link has sent bad frames");
}

void check_handshake(std::string_view bytes) {
  constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
  const std::size_t end = bytes.find("\r\n\r\n");
  const std::string_view head = end == std::string_view::npos ? bytes : bytes.substr(0, end + 4);
  const auto answer = read_dial_answer(head, bytes.substr(head.size()), kKey);
  RELAY_CHECK(answer.has_value() || !answer.error().detail.empty(), "a refusal without a reason");

  UpgradeRequest request{"websocket", "upgrade", kKey, "13", "relay.1", false, bytes};
  UpgradeOffer offer;
  const auto refusal = check_upgrade(request, offer);
  RELAY_CHECK(refusal.has_value() == offer.node_id.empty(), "taken without a name");
  request.query = "node_id=a";
  request.upgrade = request.connection = request.key = request.subprotocols = bytes;
  static_cast<void>(check_upgrade(request, offer));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::uint8_t mood = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (mood & kHandshake) {
    check_handshake(bytes);
    return 0;
  }
  const auto side = (mood & kClient) != 0 ? WebSocketReader::Side::kClient : WebSocketReader::Side::kServer;
  const Told whole = read(side, 0, bytes);
  RELAY_CHECK(read(side, data[1], bytes).events == whole.events, "the cuts change what is told");
  check_link(mood, data[1], bytes, whole);
  return 0;
}
