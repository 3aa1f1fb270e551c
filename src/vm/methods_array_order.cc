#include <array>

#include "value/array.h"
#include "vm/native_sort.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Methods of arrays that compare elements.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep sort(NativeContext& context, Value& self, Args, Value& result) {
  const std::size_t size = array::size(self);
  if (size > kSlowStepElements) return context.delegate();
  if (size < 2) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  Run run;
  std::size_t at = 0;
  if (!sort_stretch(self, Value::nil(), at, run, context.error())) return NativeStep::kError;
  context.charge(at);
  if (at < size) return context.delegate();
  result = std::move(run.keys);
  return NativeStep::kDone;
}

template <Extreme kWhich>
NativeStep extreme(NativeContext& context, Value& self, Args, Value& result) {
  const std::size_t size = array::size(self);
  if (size > kStepElements) return context.delegate();
  std::size_t at = 0;
  Value best = Value::nil();
  if (!find_extreme(self, kWhich, at, best, context.error())) return NativeStep::kError;
  context.charge(cost_of_elements(at));
  if (at < size) return context.delegate();
  result = std::move(best);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"sort", 0, 0, sort},
    NativeEntry{"min", 0, 0, extreme<Extreme::kLeast>},
    NativeEntry{"max", 0, 0, extreme<Extreme::kGreatest>},
};

}  // namespace

std::span<const NativeEntry> array_order_methods() {
  return kMethods;
}

}  // namespace relay
