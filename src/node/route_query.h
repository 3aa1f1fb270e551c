#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace relay::node {

// The query of `GET /registry/route?node=NAME`: exactly the one parameter, decoded. Errors: kParse, naming
// the parameter.
[[nodiscard]] Result<std::string> read_route_query(std::string_view query);

}  // namespace relay::node
