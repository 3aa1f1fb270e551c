#include "sim/upgrade_gate.h"

#include <array>
#include <span>
#include <utility>

#include "mesh/http_text.h"

namespace relay::sim {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::size_t kMaxHeadBytes = 8192;

std::string_view query_of(std::string_view head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const std::size_t mark = line.find('?');
  if (mark == std::string_view::npos) return {};
  return line.substr(mark + 1, line.find(' ', mark) - mark - 1);
}

}  // namespace

// A connection that has not sent its whole head yet.
class UpgradeGate::Visitor final : public net::StreamListener {
 public:
  Visitor(UpgradeGate& gate, std::uint64_t its_number, std::unique_ptr<net::Stream> its_stream)
      : stream(std::move(its_stream)), number(its_number), gate_(gate) {
    stream->set_listener(this);
    stream->wait_readable();
  }

  void on_readable() override {
    std::array<char, 4096> buffer{};
    const net::IoResult result = stream->read(buffer);
    if (result.status == net::IoResult::Status::kWouldBlock) return stream->wait_readable();
    if (result.status != net::IoResult::Status::kDone) return gate_.forget(number);
    bytes.append(buffer.data(), result.bytes);
    if (bytes.find(kHeadEnd) != std::string::npos) return gate_.admit(*this);
    if (bytes.size() > kMaxHeadBytes) return gate_.forget(number);
    stream->wait_readable();
  }
  void on_writable() override {}

  std::unique_ptr<net::Stream> stream;
  const std::uint64_t number;
  std::string bytes;

 private:
  UpgradeGate& gate_;
};

UpgradeGate::UpgradeGate(SimLoop& loop, mesh::Mesh& mesh) : loop_(loop), mesh_(mesh) {}

UpgradeGate::~UpgradeGate() = default;

void UpgradeGate::take(std::unique_ptr<net::Stream> stream) {
  const std::uint64_t number = ++last_number_;
  visitors_.emplace(number, std::make_unique<Visitor>(*this, number, std::move(stream)));
}

void UpgradeGate::admit(Visitor& visitor) {
  const std::size_t head_bytes = visitor.bytes.find(kHeadEnd) + kHeadEnd.size();
  const std::string_view head = std::string_view(visitor.bytes).substr(0, head_bytes);
  const std::string upgrade = mesh::field_of(head, "Upgrade");
  const std::string connection = mesh::field_of(head, "Connection");
  const std::string key = mesh::field_of(head, "Sec-WebSocket-Key");
  const std::string version = mesh::field_of(head, "Sec-WebSocket-Version");
  const std::string subprotocols = mesh::field_of(head, "Sec-WebSocket-Protocol");
  const mesh::UpgradeRequest request{.upgrade = upgrade,
                                     .connection = connection,
                                     .key = key,
                                     .version = version,
                                     .subprotocols = subprotocols,
                                     .has_origin = !mesh::field_of(head, "Origin").empty(),
                                     .query = query_of(head)};
  mesh::UpgradeOffer offer;
  if (const auto refusal = mesh::check_upgrade(request, offer)) {
    const std::string answer =
        "HTTP/1.1 " + std::to_string(refusal->status) + " No\r\nContent-Length: 0\r\n\r\n";
    const std::array<std::string_view, 1> pieces{answer};
    (void)visitor.stream->write(pieces);
  } else {
    visitor.stream->set_listener(nullptr);
    mesh_.accept({std::move(visitor.stream), visitor.bytes.substr(head_bytes), key, std::move(offer)});
  }
  forget(visitor.number);
}

// Its stream may be what calls.
void UpgradeGate::forget(std::uint64_t number) {
  auto node = visitors_.extract(number);
  loop_.post([gone = std::move(node.mapped())] {});
}

}  // namespace relay::sim
