#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relay::http {

// Bytes on their way out, in order: small pieces stand together in one text, large bodies are kept as they came and
// never copied, so that one gathered write takes it all.
//
// Bound: besides what is unsent, no more text that was sent than that, or 4 KiB.
class OutputQueue {
 public:
  // Bodies above this many bytes are not copied.
  static constexpr std::size_t kCopyBytes = 2048;

  // Where heads and other small pieces are appended.
  [[nodiscard]] std::string& text() { return text_; }
  void append_body(std::string body);

  [[nodiscard]] bool empty() const { return text_sent_ == text_.size() && next_block_ == blocks_.size(); }
  // Unsent bytes.
  [[nodiscard]] std::size_t size() const { return text_.size() - text_sent_ + block_bytes_; }

  // Fills `pieces` with what is to be sent next and returns how many it filled.
  [[nodiscard]] std::size_t next_pieces(std::span<std::string_view> pieces) const;
  // So many bytes were sent.
  void consume(std::size_t bytes);

 private:
  // A body that stands behind the first `text_end` bytes of text_.
  struct Block {
    std::size_t text_end;
    std::string body;
  };
  void clear();
  void forget_sent();

  std::string text_;
  std::vector<Block> blocks_;
  std::size_t block_bytes_ = 0;  // unsent
  std::size_t text_sent_ = 0;
  std::size_t next_block_ = 0;
  std::size_t block_sent_ = 0;
};

}  // namespace relay::http
