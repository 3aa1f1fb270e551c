#pragma once

#include <span>
#include <string_view>

#include "vm/native.h"

namespace relay {

// One method or builtin as its file lists it; native.cc makes the NativeInfo of it and of its signature in
// bytecode/methods.h or bytecode/builtins.h.
struct NativeEntry {
  std::string_view name;
  NativeFunction function = nullptr;
  QuickMethod quick = QuickMethod::kNone;
};

// The methods of each type (methods_*.cc); lists of one type are joined in native.cc.
[[nodiscard]] std::span<const NativeEntry> array_element_methods();
[[nodiscard]] std::span<const NativeEntry> array_whole_methods();
[[nodiscard]] std::span<const NativeEntry> array_order_methods();
[[nodiscard]] std::span<const NativeEntry> array_callback_methods();
[[nodiscard]] std::span<const NativeEntry> object_methods();
[[nodiscard]] std::span<const NativeEntry> string_query_methods();
[[nodiscard]] std::span<const NativeEntry> string_change_methods();
[[nodiscard]] std::span<const NativeEntry> number_methods();
[[nodiscard]] std::span<const NativeEntry> datetime_methods();
[[nodiscard]] std::span<const NativeEntry> struct_methods();

// The builtins (builtins_*.cc) and the steps of the prelude (native_steps_*.cc).
[[nodiscard]] std::span<const NativeEntry> message_builtins();
[[nodiscard]] std::span<const NativeEntry> system_builtins();
[[nodiscard]] std::span<const NativeEntry> convert_builtins();
[[nodiscard]] std::span<const NativeEntry> collection_builtins();
[[nodiscard]] std::span<const NativeEntry> assert_builtins();
[[nodiscard]] std::span<const NativeEntry> array_steps();
[[nodiscard]] std::span<const NativeEntry> order_steps();
[[nodiscard]] std::span<const NativeEntry> object_steps();

}  // namespace relay
