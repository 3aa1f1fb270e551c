#include "node/version.h"

namespace relay::node {

std::string_view version() { return RELAY_VERSION; }

}  // namespace relay::node
