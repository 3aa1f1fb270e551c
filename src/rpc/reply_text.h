#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "call/reply.h"
#include "rpc/response.h"

namespace relay::rpc {

// The same reply with its value, or thrown value, as JSON: a port may answer with a value where JSON was asked for.
// Errors: a result or thrown value above `max_bytes` becomes the failure kTooLarge.
[[nodiscard]] Reply as_json(Reply reply, std::size_t max_bytes);

// Bytes of the result or thrown value of an as_json() reply: what the limits on replies count.
[[nodiscard]] std::size_t payload_bytes(const Reply& reply);

[[nodiscard]] Failure too_large(std::size_t bytes, std::size_t max_bytes);

// What a call that nobody answered has come to: a bug of whoever dropped its sink, told to the client.
[[nodiscard]] Failure dropped();

// How an as_json() reply reads in JSON-RPC: the result alone (the response is put around it later, so that a
// batch copies it once), or a whole error response.
struct ReplyText {
  std::string text;
  bool is_result = false;
};
[[nodiscard]] ReplyText to_text(Reply reply, std::string_view id, const FailureStyle& style);

}  // namespace relay::rpc
