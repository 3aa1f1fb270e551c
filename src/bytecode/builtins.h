#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace relay::bytecode {

// The builtin functions of the language (spec language.md, "Builtins"): the number of each is the operand of
// kCallNative. `lang` resolves the names, `vm` implements them in the same order.
//
// X(name, fewest arguments, most arguments); kMany: no upper bound. Names that begin with `__` are steps of the
// prelude, bounded pieces of work that its loops repeat; programs cannot name them.
#define RELAY_BUILTINS(X)          \
  X(print, 0, kMany)               \
  X(message, 2, kMany)             \
  X(notify, 2, kMany)              \
  X(notify_after, 3, kMany)        \
  X(message_all, 1, 1)             \
  X(now, 0, 0)                     \
  X(datetime, 1, 1)                \
  X(range, 1, 3)                   \
  X(len, 1, 1)                     \
  X(type, 1, 1)                    \
  X(string, 1, 1)                  \
  X(number, 1, 1)                  \
  X(object, 1, 1)                  \
  X(json_encode, 1, 1)             \
  X(json_decode, 1, 1)             \
  X(uuid, 0, 0)                    \
  X(random, 0, 2)                  \
  X(hash, 1, 1)                    \
  X(sleep, 1, 1)                   \
  X(node_id, 0, 0)                 \
  X(args, 0, 0)                    \
  X(read_line, 0, 0)               \
  X(env, 1, 2)                     \
  RELAY_PRELUDE_STEPS(X)

// What each does: vm/native_steps_*.cc; the loops: lang/prelude.rl.
#define RELAY_PRELUDE_STEPS(X)     \
  X(__append, 4, 4)                \
  X(__append_reversed, 2, 2)       \
  X(__sum, 2, 2)                   \
  X(__flatten, 2, 2)               \
  X(__zip, 3, 3)                   \
  X(__group, 3, 3)                 \
  X(__sort, 2, 2)                  \
  X(__entries, 3, 3)               \
  X(__merge_entries, 2, 2)         \
  X(__collect, 2, 2)               \
  X(__range, 2, 4)

inline constexpr std::uint16_t kMany = 0xFFFF;

struct BuiltinName {
  std::string_view name;
  std::uint16_t fewest;
  std::uint16_t most;
};

// In the order of RELAY_BUILTINS.
[[nodiscard]] std::span<const BuiltinName> builtin_names();
inline constexpr std::uint16_t kNoBuiltin = 0xFFFF;
[[nodiscard]] std::uint16_t builtin_index(std::string_view name);

}  // namespace relay::bytecode
