#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mesh/websocket_frame.h"

namespace relay::mesh {

// Appends the head of a whole frame, whose payload has so many bytes and is masked by `mask` (0: not at all).
void append_frame_head(std::string& out, WebSocketOpcode opcode, std::size_t payload_bytes,
                       std::uint32_t mask);
// Appends one whole frame. `mask` is 0 for a server; a client draws one that nobody can predict for each
// frame.
void append_frame(std::string& out, WebSocketOpcode opcode, std::string_view payload, std::uint32_t mask);
// What a close frame carries; `reason` is UTF-8 and cut before the character that does not fit into its 123
// bytes.
[[nodiscard]] std::string close_payload(CloseCode code, std::string_view reason);

}  // namespace relay::mesh
