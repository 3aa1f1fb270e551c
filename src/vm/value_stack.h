#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/check.h"
#include "value/value.h"

namespace relay {

// The registers of all frames of a fiber, one after the other.
//
// Invariant: every place of the capacity holds a Value; places above the frames are undefined.
class ValueStack {
 public:
  ValueStack() = default;
  ~ValueStack() {
    clear(0, capacity_);
    std::free(values_);
  }
  ValueStack(const ValueStack&) = delete;
  ValueStack& operator=(const ValueStack&) = delete;

  [[nodiscard]] Value* data() { return values_; }
  [[nodiscard]] const Value* data() const { return values_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

  // Room for `size` places; the values may move.
  void reserve(std::size_t size) {
    if (size > capacity_) grow(size);
  }
  // Drops the values of [from, to).
  void clear(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) values_[i].clear();
  }

 private:
  void grow(std::size_t size) {
    std::size_t wanted = capacity_ == 0 ? kFirst : capacity_ * 2;
    while (wanted < size) wanted *= 2;
    // A Value does not know its own address, so its bits may be moved.
    void* moved = std::realloc(static_cast<void*>(values_), wanted * sizeof(Value));
    RELAY_CHECK(moved != nullptr, "out of memory");
    values_ = static_cast<Value*>(moved);
    for (std::size_t i = capacity_; i < wanted; ++i) new (values_ + i) Value();
    capacity_ = wanted;
  }

  static constexpr std::size_t kFirst = 32;
  Value* values_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace relay
