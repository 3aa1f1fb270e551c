#include "http/input_buffer.h"

#include <algorithm>
#include <cstring>

#include "http/request.h"

namespace relay::http {

std::span<char> InputBuffer::room(std::size_t bytes) {
  if (capacity_ - end_ < bytes) {
    const std::size_t used = size();
    const std::size_t capacity = std::max(used + bytes, capacity_ < 2 * used ? 2 * used : capacity_);
    auto grown = std::make_unique<char[]>(capacity + kBodyPadding);
    if (used > 0) std::memcpy(grown.get(), data_.get() + begin_, used);
    data_ = std::move(grown);
    capacity_ = capacity;
    begin_ = 0;
    end_ = used;
  }
  return {data_.get() + end_, capacity_ - end_};
}

void InputBuffer::append(std::string_view bytes) {
  if (bytes.empty()) return;
  std::memcpy(room(bytes.size()).data(), bytes.data(), bytes.size());
  commit(bytes.size());
}

void InputBuffer::drop(std::size_t bytes) {
  begin_ += bytes;
  if (empty()) *this = InputBuffer();
}

}  // namespace relay::http
