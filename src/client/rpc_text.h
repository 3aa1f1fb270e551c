#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relay::client {

// The JSON-RPC request with this number as its id. `params` is JSON.
[[nodiscard]] std::string request_text(std::string_view method, std::string_view params, std::size_t id);

struct RpcError {
  long long code = 0;
  std::string message;
  std::string data;  // JSON; empty when there is none
};

// What one call came to: an error, or else a result. All JSON as the node wrote it.
struct RpcReply {
  std::optional<std::size_t> id;  // nothing where the node could not read the request's
  std::string text;               // the whole reply
  std::string result;
  std::optional<RpcError> error;
};

// One reply, or the replies of a batch in the order in which they came; a node that refuses a whole batch
// sends one. Errors: kIo, what about the text is no JSON-RPC.
[[nodiscard]] Result<std::vector<RpcReply>> read_replies(std::string_view body);

}  // namespace relay::client
