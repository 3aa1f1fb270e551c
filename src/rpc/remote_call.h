#pragma once

#include <optional>
#include <string>

#include "rpc/request.h"
#include "value/value.h"

namespace relay::rpc {

// The reserved method `remote_call` (spec mesh.md, Calls): params {node_id, server_name, method, args?,
// timeout?} become the call that they describe. `params`, undefined when the request has none, lives under
// the current heap. Errors: what is wrong, naming the field; the request's call is then not to be used.
[[nodiscard]] std::optional<std::string> aim_remote_call(const Value& params, const Limits& limits,
                                                         Request& request);

}  // namespace relay::rpc
