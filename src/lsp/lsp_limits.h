#pragma once

#include <cstddef>

namespace relay::lsp {

// A message brings at most one whole document; longer ones end the session, as nothing tells where the next begins.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{96} << 20;
// Header lines of a message: two short ones are all that the protocol knows.
inline constexpr std::size_t kMaxHeaderBytes = 4096;
// As long as a program may be. A document that grows past it is closed.
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20;
// Editors open what people look at; more is a client that never closes. Further documents are not opened.
inline constexpr std::size_t kMaxDocuments = 1000;

}  // namespace relay::lsp
