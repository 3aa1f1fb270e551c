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

}  // namespace relay::mesh
