#include <array>
#include <memory>

#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_string_work.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Methods of strings that make other texts.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep too_long(NativeContext& context) {
  return context.fail("limit", std::string(kStringTooLong));
}

template <Letters kLetters>
NativeStep change_case(NativeContext& context, Value& self, Args, Value& result) {
  return do_or_begin<CaseWork>(context, result, self, kLetters);
}

NativeStep reverse(NativeContext& context, Value& self, Args, Value& result) {
  return do_or_begin<ReverseWork>(context, result, self);
}

NativeStep replace(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0) || !take_string(context, args, 1)) return NativeStep::kError;
  if (string::size(args[0]) == 0)
    return wrong_value(context, args, 0, "argument", "a text that is not empty");
  return do_or_begin<ReplaceWork>(context, result, self, args[0], args[1]);
}

NativeStep chars(NativeContext& context, Value& self, Args, Value& result) {
  return do_or_begin<CharsWork>(context, result, self);
}

NativeStep split(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  if (string::size(args[0]) == 0) return chars(context, self, {}, result);
  return do_or_begin<SplitWork>(context, result, self, args[0]);
}

NativeStep repeat(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t count = 0;
  if (!take_count(context, args, 0, count)) return NativeStep::kError;
  const std::size_t size = string::size(self);
  if (size == 0 || count == 0) {
    result = string::make({});
    return NativeStep::kDone;
  }
  if (count > string::kMaxBytes / size) return too_long(context);
  if (size * count > kSlowStepBytes) return context.begin(std::make_unique<RepeatWork>(Value(), self, size * count, Value()));
  context.charge(cost_of_bytes(size * count));
  Value out = string::make_uninitialised(size * count);
  fill_with(string::block(out)->data(), size * count, string::text(self));
  result = std::move(out);
  return NativeStep::kDone;
}

// The bytes of `missing` code points of the filler over and over.
std::size_t padding_bytes(std::string_view filler, std::size_t missing) {
  const std::size_t length = string::count_code_points(filler);
  std::size_t end = 0;
  for (std::size_t i = 0; i < missing % length; ++i) end += string::sequence_length(filler[end]);
  return missing / length * filler.size() + end;
}

enum class Side { kStart, kEnd };

template <Side kSide>
NativeStep pad(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t wanted = 0;
  if (!take_count(context, args, 0, wanted)) return NativeStep::kError;
  const bool is_given = args.size() > 1 && !args[1].is_nil();
  if (is_given && !take_string(context, args, 1)) return NativeStep::kError;
  const Value filler = is_given ? args[1] : string::make(" ");
  context.charge(cost_of_bytes(string::uncounted_bytes(self) + string::size(filler)));
  const std::size_t length = string::code_points(self);
  if (wanted <= length || string::size(filler) == 0) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  if (wanted - length > string::kMaxBytes) return too_long(context);
  const std::size_t bytes = padding_bytes(string::text(filler), wanted - length);
  if (bytes + string::size(self) > string::kMaxBytes) return too_long(context);
  const Value before = kSide == Side::kEnd ? self : Value();
  const Value behind = kSide == Side::kStart ? self : Value();
  return do_or_begin<RepeatWork>(context, result, before, filler, bytes, behind);
}

constexpr std::array kMethods = {
    NativeEntry{"upper", change_case<Letters::kUpper>},
    NativeEntry{"lower", change_case<Letters::kLower>},
    NativeEntry{"reverse", reverse},
    NativeEntry{"replace", replace},
    NativeEntry{"chars", chars},
    NativeEntry{"split", split},
    NativeEntry{"repeat", repeat},
    NativeEntry{"pad_start", pad<Side::kStart>},
    NativeEntry{"pad_end", pad<Side::kEnd>},
};

}  // namespace

std::span<const NativeEntry> string_change_methods() {
  return kMethods;
}

}  // namespace relay
