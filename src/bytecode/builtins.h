#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bytecode/signature.h"

namespace relay::bytecode {

// The builtin functions of the language (spec language.md, "Builtins"): the number of each is the operand of
// kCallNative. `lang` resolves the names, `vm` implements them in the same order, `analysis` reads the types.
//
// X(name, signature). Names that begin with `__` are steps of the prelude, bounded pieces of work that its loops repeat;
// programs cannot name them.
#define RELAY_BUILTINS(X)                                                             \
  X(print, "(...values: any) -> nil")                                                 \
  X(message, "(server: any, method: string, ...arguments: any) -> any")               \
  X(notify, "(server: any, method: string, ...arguments: any) -> nil")                \
  X(notify_after, "(seconds: number, server: any, method: string, ...arguments: any) -> nil") \
  X(message_all, "(calls: [object]) -> [object]")                                     \
  X(now, "() -> datetime")                                                            \
  X(datetime, "(text: string) -> datetime")                                           \
  X(range, "(from: number, to: optional(number), step: optional(number)) -> [number]") \
  X(len, "(value: any) -> number")                                                    \
  X(type, "(value: any) -> string")                                                   \
  X(string, "(value: any) -> string")                                                 \
  X(number, "(value: any) -> number")                                                 \
  X(object, "(entries: array) -> object")                                             \
  X(json_encode, "(value: any) -> string")                                            \
  X(json_decode, "(text: string) -> any")                                             \
  X(uuid, "() -> string")                                                             \
  X(random, "(from: optional(number), to: optional(number)) -> number")               \
  X(hash, "(text: string) -> string")                                                 \
  X(sleep, "(seconds: number) -> nil")                                                \
  X(node_id, "() -> string")                                                          \
  X(args, "() -> [string]")                                                           \
  X(read_line, "() -> optional(string)")                                              \
  X(env, "(name: string, default: optional(any)) -> any")                             \
  X(assert, "(condition: any, message: optional(any)) -> nil")                        \
  X(assert_equal, "(left: any, right: any) -> nil")                                   \
  X(assert_throws, "(f: fn() -> any) -> any")                                         \
  RELAY_PRELUDE_STEPS(X)

// What each does: vm/native_steps_*.cc; the loops: lang/prelude.rl.
#define RELAY_PRELUDE_STEPS(X)             \
  X(__append, "(out, source, from, to)")   \
  X(__append_reversed, "(out, source)")    \
  X(__sum, "(state, list)")                \
  X(__flatten, "(state, list)")            \
  X(__zip, "(out, list, other)")           \
  X(__group, "(state, key, value)")        \
  X(__sort, "(keys, list)")                \
  X(__entries, "(state, of, part)")        \
  X(__merge_entries, "(state, other)")     \
  X(__collect, "(state, entries)")         \
  X(__range, "(out, a, b: optional(any), c: optional(any))") \
  X(__not_thrown, "(value)")

// In the order of RELAY_BUILTINS.
[[nodiscard]] std::span<const Signature> builtin_names();
inline constexpr std::uint16_t kNoBuiltin = 0xFFFF;
[[nodiscard]] std::uint16_t builtin_index(std::string_view name);

}  // namespace relay::bytecode
