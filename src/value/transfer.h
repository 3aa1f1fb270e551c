#pragma once

#include <memory>
#include <utility>

#include "base/result.h"
#include "value/heap.h"
#include "value/value.h"

namespace relay {

// Values on their way from one owner to another, with the account of their bytes. Built under the sender, opened by
// the receiver; in between it belongs to nobody else, so any thread may carry it. One that is dropped unopened is
// freed under the heap that is then current.
//
// Invariant: nothing reachable from `value` is reachable from elsewhere, immortal blocks excepted.
class Parcel {
 public:
  Parcel() = default;
  // For values without cells, whose bytes have left their heap's account; else pack, copy_out or seal.
  Parcel(Value value, std::size_t bytes) : value_(std::move(value)), bytes_(bytes) {}
  Parcel(Parcel&& other) noexcept
      : value_(std::move(other.value_)),
        bytes_(std::exchange(other.bytes_, 0)),
        cells_(std::exchange(other.cells_, CellList())) {}
  Parcel& operator=(Parcel&& other) noexcept {
    Parcel(std::move(other)).swap(*this);
    return *this;
  }
  ~Parcel() {
    if (bytes_ != 0) (void)std::move(*this).open();
  }

  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // Hands the value to the owner whose heap is current, and charges it.
  [[nodiscard]] Value open() &&;

 private:
  friend Result<Parcel> pack(Value value);
  friend Parcel copy_out(const Value& value);
  friend Parcel seal(Heap& built_under, Value value);
  Parcel(Value value, std::size_t bytes, CellList cells) : value_(std::move(value)), bytes_(bytes), cells_(cells) {}
  void swap(Parcel& other) noexcept {
    std::swap(value_, other.value_);
    std::swap(bytes_, other.bytes_);
    std::swap(cells_, other.cells_);
  }

  Value value_;
  std::size_t bytes_ = 0;
  CellList cells_;  // the cells of closures inside, which list themselves nowhere while they travel
};

// Packs `value` for another owner by one walk with an explicit stack: blocks with count 1 that are reached only
// through such blocks are moved, shared ones copied (a block shared inside the value is copied once), immortal
// ones passed by pointer. The bytes leave the current heap. Cells of closures are copied with their content.
// Errors: kRuntime "a function that uses the state of its server cannot leave it" for a function bound to a server.
[[nodiscard]] Result<Parcel> pack(Value value);

// The walk for a snapshot that many owners read: everything not immortal is copied; `value` stays as it is and is
// only read. Several threads may copy out of one frozen value at the same time.
[[nodiscard]] Parcel copy_out(const Value& value);

// Seals a value built under a scratch heap, without a walk: `value` is all that lives in `built_under`.
[[nodiscard]] Parcel seal(Heap& built_under, Value value);

}  // namespace relay
