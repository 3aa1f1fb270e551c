#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "value/array.h"
#include "value/display.h"
#include "value/equal.h"
#include "value/function.h"
#include "value/heap.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {

inline Value number(double value) { return Value(value); }
inline Value text(std::string_view value) { return string::make(value); }

inline Value array_of(std::vector<Value> elements) { return array::make(elements); }

inline Value object_of(std::initializer_list<std::pair<std::string_view, Value>> entries) {
  Value result = object::make();
  for (const auto& [key, content] : entries) object::set(result, text(key), content);
  return result;
}

// [0, 1, ... count - 1]
inline Value range_array(std::size_t count) {
  Value result = array::make();
  for (std::size_t i = 0; i < count; ++i) array::push(result, number(static_cast<double>(i)));
  return result;
}

// `depth` arrays, one in the other, around `core`.
inline Value nested_array(std::size_t depth, Value core) {
  Value result = std::move(core);
  for (std::size_t i = 0; i < depth; ++i) {
    Value outer = array::make();
    array::push(outer, std::move(result));
    result = std::move(outer);
  }
  return result;
}

inline FunctionInfo& plain_function() {
  static FunctionInfo info{string::make("helper"), false};
  return info;
}

// A closure over one variable.
inline Value closure_over(Value cell) {
  Value result = function::make(&plain_function(), 1);
  function::block(result)->captures()[0] = std::move(cell);
  return result;
}

// Every test works under a heap of its own, whose account must be back at 0 when all values of the test are gone.
class ValueTest : public ::testing::Test {
 protected:
  void TearDown() override {
    heap_.drain(SIZE_MAX);
    EXPECT_EQ(heap_.bytes(), 0u) << "the account is not exact";
    EXPECT_EQ(heap_.cell_count(), 0u);
  }
  Heap& heap() { return heap_; }

 private:
  struct OwnThreadHeap {  // what outlives the tests is charged to the thread
    OwnThreadHeap() { plain_function(); }
  } thread_heap_;
  Heap heap_;
  HeapScope scope_{heap_};
};

}  // namespace relay
