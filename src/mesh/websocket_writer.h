#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mesh/link.h"

namespace relay::mesh {

enum class WebSocketOpcode : std::uint8_t { kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

// Appends one whole frame. `mask` is 0 for a server; a client draws one that nobody can predict for each
// frame.
void append_frame(std::string& out, WebSocketOpcode opcode, std::string_view payload, std::uint32_t mask);
// Appends a close frame; `reason` is cut at 123 bytes.
void append_close_frame(std::string& out, CloseCode code, std::string_view reason, std::uint32_t mask);

}  // namespace relay::mesh
