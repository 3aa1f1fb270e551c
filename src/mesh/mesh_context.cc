#include "mesh/mesh_context.h"

#include "mesh/envelope.h"

namespace relay::mesh {

std::string_view MeshContext::timestamp() {
  const Instant at = now();
  if (timestamp_.empty() || at - stamped_at_ >= std::chrono::milliseconds(1)) {
    timestamp_ = rfc3339(wall_now());
    stamped_at_ = at;
  }
  return timestamp_;
}

std::string MeshContext::resolve(std::string_view name) const {
  const bool is_id = links.to(name) != nullptr || topology.find(name) != nullptr;
  return is_id ? std::string(name) : peers.resolve(name);
}

std::int64_t MeshContext::unix_seconds() const {
  return std::chrono::duration_cast<std::chrono::seconds>(wall_now().time_since_epoch()).count();
}

}  // namespace relay::mesh
