#include <array>

#include "value/array.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"

// Methods of arrays that call a function of the program: the prelude has their loops, so that the callback
// may wait.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep with_callback(NativeContext& context, Value&, Args args, Value&) {
  if (!take_function(context, args, 0)) return NativeStep::kError;
  return context.delegate();
}

NativeStep reduce(NativeContext& context, Value& self, Args args, Value&) {
  if (!take_function(context, args, 0)) return NativeStep::kError;
  if (args.size() == 2) return context.delegate("array__reduce_from");
  if (array::size(self) == 0) {
    return context.fail("argument", "reduce of an empty array needs an initial value");
  }
  return context.delegate();
}

constexpr std::array kMethods = {
    NativeEntry{"map", with_callback},      NativeEntry{"filter", with_callback},
    NativeEntry{"find", with_callback},     NativeEntry{"find_index", with_callback},
    NativeEntry{"any", with_callback},      NativeEntry{"all", with_callback},
    NativeEntry{"each", with_callback},     NativeEntry{"sort_by", with_callback},
    NativeEntry{"group_by", with_callback}, NativeEntry{"reduce", reduce},
};

}  // namespace

std::span<const NativeEntry> array_callback_methods() {
  return kMethods;
}

}  // namespace relay
