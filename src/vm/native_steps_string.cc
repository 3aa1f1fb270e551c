#include <array>

#include "value/string.h"
#include "vm/native_step.h"
#include "vm/native_string_work.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Steps of the loops over long strings; see native_steps_array.cc. A position is -1 at the end.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep give_piece(NativeContext& context, StepState& state, const std::string& piece, std::size_t at,
                      std::size_t end, Value& result) {
  context.charge(cost_of_bytes(piece.size()));
  if (piece.size() > string::kMaxBytes) return context.fail("limit", std::string(kStringTooLong));
  state.put(0, string::make(piece));
  state.put(1, Value(at < end ? static_cast<double>(at) : -1.0));
  return state.give(result);
}

// __change([piece, next], text, how): how is "upper", "lower" or "reverse".
NativeStep change(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  const std::string_view text = string::text(args[1]);
  const std::string_view how = string::text(args[2]);
  std::size_t at = state.count(1);
  const std::size_t from = at;
  std::string piece;
  if (how == "reverse") {
    piece = reverse_step(text, at);
  } else {
    piece = case_step(text, how == "upper" ? Letters::kUpper : Letters::kLower, at);
  }
  context.charge(cost_of_elements(at - from));
  return give_piece(context, state, piece, at, text.size(), result);
}

// __replace([piece, next], text, old, new)
NativeStep replace(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  const std::string_view text = string::text(args[1]);
  std::size_t at = state.count(1);
  const std::size_t from = at;
  const std::string piece = replace_step(text, string::text(args[2]), string::text(args[3]), at);
  context.charge(replace_cost(at - from, string::text(args[2])));
  return give_piece(context, state, piece, at, text.size(), result);
}

NativeStep give_list(StepState& state, Value out, std::size_t at, std::size_t end, Value& result) {
  state.put(0, std::move(out));
  state.put(1, Value(at < end ? static_cast<double>(at) : -1.0));
  return state.give(result);
}

// __split([out, next], text, separator)
NativeStep split(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  const std::string_view text = string::text(args[1]);
  std::size_t at = state.count(1);
  const std::size_t from = at;
  Value out = state.take(0);
  const std::size_t before = array::size(out);
  split_step(out, text, string::text(args[2]), at);
  context.charge(array::size(out) - before + cost_of_bytes(at - from));
  return give_list(state, std::move(out), at, text.size() + 1, result);
}

// __chars([out, next], text)
NativeStep chars(NativeContext& context, Value&, Args args, Value& result) {
  StepState state(args[0]);
  const std::string_view text = string::text(args[1]);
  std::size_t at = state.count(1);
  Value out = state.take(0);
  context.charge(kSlowStepElements);
  chars_step(out, text, at);
  return give_list(state, std::move(out), at, text.size(), result);
}

constexpr std::array kSteps = {
    NativeEntry{.name = "__change", .function = change},
    NativeEntry{.name = "__replace", .function = replace},
    NativeEntry{.name = "__split", .function = split},
    NativeEntry{.name = "__chars", .function = chars},
};

}  // namespace

std::span<const NativeEntry> string_steps() {
  return kSteps;
}

}  // namespace relay
