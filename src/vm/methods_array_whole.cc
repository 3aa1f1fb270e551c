#include <algorithm>
#include <array>

#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_array_work.h"
#include "vm/native_search.h"
#include "vm/native_table.h"
#include "vm/native_unique.h"
#include "vm/text_work.h"
#include "vm/vm_limits.h"

// Methods of arrays that look at all elements.

namespace relay {
namespace {

using Args = std::span<Value>;

bool is_large(const Value& list) {
  return array::size(list) > kStepElements;
}

NativeStep append(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_array(context, args, 0)) return NativeStep::kError;
  const std::size_t size = array::size(args[0]);
  if (is_large(args[0])) return context.begin(std::make_unique<AppendWork>(self, args[0], 0, size));
  context.charge(cost_of_elements(array::size(args[0])));
  array::append(self, args[0]);
  result = std::move(self);
  return NativeStep::kDone;
}

NativeStep reverse(NativeContext& context, Value& self, Args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  Value out = array::make();
  append_reversed(out, self, 0, size);
  result = std::move(out);
  return NativeStep::kDone;
}

// What SearchWork gives, when it takes but one step; else the work begins.
NativeStep search(NativeContext& context, const Value& self, Args args, SearchWork::Gives gives, Value& result) {
  const Value replacement = args.size() > 1 ? args[1] : Value();
  if (array::size(self) <= kQuickUnits && is_quick_to_compare(args[0])) {
    Value found;
    if (SearchWork(self, args[0], gives, replacement).advance(context, found) == NativeWork::Progress::kDone) {
      result = std::move(found);
      return NativeStep::kDone;
    }
  }
  return context.begin(std::make_unique<SearchWork>(self, args[0], gives, replacement));
}

template <SearchWork::Gives kGives>
NativeStep search(NativeContext& context, Value& self, Args args, Value& result) {
  return search(context, self, args, kGives, result);
}

NativeStep unique(NativeContext& context, Value& self, Args, Value& result) {
  const std::size_t size = array::size(self);
  const bool is_quick =
      size <= kSlowStepElements && for_stretch(self, 0, size, [](const Value& element) { return is_quick_to_compare(element); });
  if (!is_quick) return context.begin(std::make_unique<UniqueWork>(self));
  context.charge(size);
  result = unique_of(self);
  return NativeStep::kDone;
}

NativeStep flatten(NativeContext& context, Value& self, Args, Value& result) {
  FlatPosition at;
  Value out = array::make();
  append_flat(out, self, at, kStepElements);
  context.charge(cost_of_elements(array::size(out)));
  if (at.outer < array::size(self)) return context.delegate();
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep zip(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_array(context, args, 0)) return NativeStep::kError;
  const std::size_t size = std::min(array::size(self), array::size(args[0]));
  if (size > kSlowStepElements) return context.delegate();
  context.charge(size);
  Value out = array::make();
  append_pairs(out, self, args[0], 0, size);
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep join(NativeContext& context, Value& self, Args args, Value&) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  return context.begin(std::make_unique<ShowWork>(self, args[0]));
}

NativeStep sum(NativeContext& context, Value& self, Args, Value& result) {
  if (is_large(self)) return context.delegate();
  const std::size_t size = array::size(self);
  context.charge(cost_of_elements(size));
  double total = 0;
  if (!add_stretch(self, 0, size, total, context.error())) return NativeStep::kError;
  result = Value(total);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"append", append},     NativeEntry{"concat", append},
    NativeEntry{"reverse", reverse},   NativeEntry{"includes", search<SearchWork::Gives::kWhether>},
    NativeEntry{"contains", search<SearchWork::Gives::kWhether>}, NativeEntry{"index_of", search<SearchWork::Gives::kIndex>},
    NativeEntry{"remove", search<SearchWork::Gives::kRemoved>},     NativeEntry{"replace", search<SearchWork::Gives::kReplaced>},
    NativeEntry{"unique", unique},     NativeEntry{"flatten", flatten},
    NativeEntry{"zip", zip},           NativeEntry{"join", join},
    NativeEntry{"sum", sum},
};

}  // namespace

std::span<const NativeEntry> array_whole_methods() {
  return kMethods;
}

}  // namespace relay
