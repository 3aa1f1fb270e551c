#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace relay::http {

// Bytes that came in and cannot be used yet: half a head, or requests behind a full pipeline. Empty it owns no memory.
//
// Invariant: kBodyPadding bytes behind the last one can be read.
// Bound:     its user reads at most one buffer beyond what it cannot use.
class InputBuffer {
 public:
  [[nodiscard]] std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }

  // At least `bytes` of room behind the last byte, to be read into and then commit()ted.
  [[nodiscard]] std::span<char> room(std::size_t bytes);
  void commit(std::size_t bytes) { end_ += bytes; }
  void append(std::string_view bytes);
  // Forgets bytes at the front.
  void drop(std::size_t bytes);

 private:
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace relay::http
