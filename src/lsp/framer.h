#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace relay::lsp {

// A stream of bytes as messages: `Content-Length: N`, further header lines, an empty line, N bytes.
//
// Bound:  kMaxHeaderBytes and kMaxMessageBytes (lsp_limits.h).
// Errors: a header that breaks these rules ends the stream: has_failed() says so, and nothing comes out any more.
class Framer {
 public:
  void feed(std::string_view bytes);
  // The next message that is whole.
  [[nodiscard]] std::optional<std::string> next();
  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
  [[nodiscard]] bool read_header();

  std::string buffer_;
  std::size_t begin_ = 0;               // of what has not been taken from buffer_
  std::optional<std::size_t> length_;   // of the message whose header has been read
  bool has_failed_ = false;
};

// The message with its header.
[[nodiscard]] std::string framed(std::string_view message);

}  // namespace relay::lsp
