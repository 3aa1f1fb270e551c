#pragma once

#include <cstddef>
#include <utility>

#include "base/check.h"
#include "value/array.h"
#include "value/raw_values.h"
#include "vm/native.h"

namespace relay {

// What a step of the prelude goes on from and gives back changed: a short array whose items the step agrees
// on with its loop in lang/prelude.rl. Only the variable of that loop holds it, and is overwritten with what
// the step gives back; so its items change where they are, although the call has a count of its own.
class StepState {
 public:
  explicit StepState(Value& state) : state_(state) {
    RELAY_CHECK(!array::block(state_)->is_large(), "a step's state is a short array");
    if (!state_.is_counted()) array::set(state_, 0, Value(array::at(state_, 0)));  // the first is a constant
  }

  [[nodiscard]] const Value& at(std::size_t item) const { return array::at(state_, item); }
  // The item, taken out so that it can change in place; put() it back.
  [[nodiscard]] Value take(std::size_t item) {
    return std::exchange(array::block(state_)->elements()[item], Value::nil());
  }
  void put(std::size_t item, Value value) {
    array::block(state_)->flags |= function_flag(value);
    array::block(state_)->elements()[item] = std::move(value);
  }
  [[nodiscard]] std::size_t count(std::size_t item) const {
    return static_cast<std::size_t>(at(item).as_number());
  }
  void put_count(std::size_t item, std::size_t count) { put(item, Value(static_cast<double>(count))); }

  NativeStep give(Value& result) {
    result = std::move(state_);
    return NativeStep::kDone;
  }

 private:
  Value& state_;
};

}  // namespace relay
