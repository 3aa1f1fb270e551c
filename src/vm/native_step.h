#pragma once

#include <cstddef>
#include <span>

#include "value/array.h"
#include "vm/native.h"

namespace relay {

// What a step of the prelude goes on from and gives back changed: an array whose items the step agrees on
// with its loop in lang/prelude.rl. Nobody else holds it there, so large items change in place.
class StepState {
 public:
  explicit StepState(Value& state) : state_(state) {}

  [[nodiscard]] const Value& at(std::size_t item) const { return array::at(state_, item); }
  // The item, taken out so that it can change in place; put() it back.
  [[nodiscard]] Value take(std::size_t item) {
    Value out = array::at(state_, item);
    array::set(state_, item, Value::nil());
    return out;
  }
  void put(std::size_t item, Value value) { array::set(state_, item, std::move(value)); }
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
