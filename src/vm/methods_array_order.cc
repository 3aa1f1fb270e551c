#include <array>
#include <memory>

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
  if (size > kSlowStepElements) return context.begin(std::make_unique<SortWork>(self, Value::nil()));
  if (size < 2) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  Run run;
  std::size_t at = 0;
  if (!sort_stretch(self, Value::nil(), at, run, context.error())) return NativeStep::kError;
  context.charge(at);
  if (at < size) return context.begin(std::make_unique<SortWork>(self, Value::nil()));
  result = std::move(run.keys);
  return NativeStep::kDone;
}

template <Extreme kWhich>
NativeStep extreme(NativeContext& context, Value& self, Args, Value& result) {
  ExtremeWork work(self, kWhich);
  Value found;
  switch (work.advance(context, found)) {
    case NativeWork::Progress::kUnfinished: return context.begin(std::make_unique<ExtremeWork>(self, kWhich));
    case NativeWork::Progress::kError: return NativeStep::kError;
    default: break;
  }
  result = std::move(found);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"sort", sort},
    NativeEntry{"min", extreme<Extreme::kLeast>},
    NativeEntry{"max", extreme<Extreme::kGreatest>},
};

}  // namespace

std::span<const NativeEntry> array_order_methods() {
  return kMethods;
}

}  // namespace relay
