#include <array>
#include <memory>

#include "vm/native_sort.h"
#include "vm/native_table.h"

// The step of sort_by() behind the calls of its callback; see native_steps_array.cc.

namespace relay {
namespace {

// __sort(keys, values): the values in the order of their keys.
NativeStep sort(NativeContext& context, Value&, std::span<Value> args, Value&) {
  return context.begin(std::make_unique<SortWork>(args[0], args[1]));
}

constexpr std::array kSteps = {NativeEntry{.name = "__sort", .function = sort}};

}  // namespace

std::span<const NativeEntry> order_steps() {
  return kSteps;
}

}  // namespace relay
