#pragma once

#include <functional>
#include <memory>
#include <string>

#include "call/probe.h"
#include "mesh/courier.h"
#include "mesh/mesh_context.h"
#include "mesh/remote_calls.h"

namespace relay::mesh {

// Carries probes between the nodes of calls (docs/adr/0007): out to where the call went along which a probe
// goes, in to whoever knows this node's actors. Owner:  what it has posted after its end is dropped. Thread:
// send() any core; the rest the mesh's.
class ProbeCarrier final : public ProbePort {
 public:
  using Taker = std::function<void(Probe probe, std::string from)>;

  ProbeCarrier(MeshContext& context, Courier& courier, const RemoteCalls& calls);
  ~ProbeCarrier() override;

  // Who gets the probes that come. Before the first.
  void set_taker(Taker taker) { taker_ = std::move(taker); }
  void send(Probe probe) override;
  // A `probe` that came for this node. Errors: kParse, what is wrong with it.
  [[nodiscard]] Result<void> take(const Envelope& envelope) const;

 private:
  void carry(const Probe& probe);

  MeshContext& context_;
  Courier& courier_;
  const RemoteCalls& calls_;
  Taker taker_;
  std::shared_ptr<ProbeCarrier*> self_;  // null content: gone
};

}  // namespace relay::mesh
