#include "mesh/probe_carrier.h"

#include <utility>

#include "mesh/probe_message.h"

namespace relay::mesh {

ProbeCarrier::ProbeCarrier(MeshContext& context, Courier& courier, const RemoteCalls& calls)
    : context_(context), courier_(courier), calls_(calls), self_(std::make_shared<ProbeCarrier*>(this)) {}

ProbeCarrier::~ProbeCarrier() {
  *self_ = nullptr;
}

// Posted even from the mesh's own core: the call itself may be on its way here, and a probe must not overtake
// it.
void ProbeCarrier::send(Probe probe) {
  context_.loop.post([self = self_, carried = std::move(probe)] {
    if (*self != nullptr) (*self)->carry(carried);
  });
}

void ProbeCarrier::carry(const Probe& probe) {
  const std::string* target = calls_.target_of(probe.along().call);
  if (target == nullptr) return;
  std::string data;
  append_probe(data, probe);
  const std::string id = context_.ids.next();
  // One that is lost is sent again by whoever searches.
  [[maybe_unused]] const bool is_sent = courier_.send(
      {.type = MessageType::kProbe, .id = id, .to = *target, .data = data, .lane = Lane::kControl});
}

Result<void> ProbeCarrier::take(const Envelope& envelope) const {
  Result<Probe> probe = parse_probe(envelope.data);
  if (!probe) return probe.error();
  if (taker_) taker_(std::move(*probe), envelope.from);
  return {};
}

}  // namespace relay::mesh
