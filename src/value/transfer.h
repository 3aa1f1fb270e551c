#pragma once

#include <memory>

#include "base/result.h"
#include "value/heap.h"
#include "value/value.h"

namespace relay {

// Values on their way from one owner to another, with the account of their bytes. Built under the sender, opened by
// the receiver; in between it belongs to nobody else, so any thread may carry it.
//
// Invariant: nothing reachable from `value` is reachable from elsewhere, immortal blocks excepted.
class Parcel {
 public:
  Parcel() = default;
  Parcel(Value value, std::size_t bytes) : value_(std::move(value)), bytes_(bytes) {}
  Parcel(Parcel&&) = default;
  Parcel& operator=(Parcel&&) = default;

  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // Hands the value to the owner whose heap is current, and charges it.
  [[nodiscard]] Value open() &&;

 private:
  Value value_;
  std::size_t bytes_ = 0;
};

// Packs `value` for another owner by one walk with an explicit stack: blocks with count 1 that are reached only
// through such blocks are moved, shared ones copied (a block shared inside the value is copied once), immortal
// ones passed by pointer. The bytes leave the current heap. Cells of closures are copied with their content.
// Errors: kRuntime "a function that uses the state of its server cannot leave it" for a function bound to a server.
[[nodiscard]] Result<Parcel> pack(Value value);

// The walk for a snapshot that many owners read: everything not immortal is copied; `value` stays as it is.
[[nodiscard]] Parcel copy_out(const Value& value);

}  // namespace relay
