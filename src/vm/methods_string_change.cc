#include <algorithm>
#include <array>
#include <cstring>

#include "value/array.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_string_work.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Methods of strings that make other texts. Those that do more than copy try one step; the prelude does
// longer texts.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep too_long(NativeContext& context) {
  return context.fail("limit", std::string(kStringTooLong));
}

// The text of a step that began at 0, unless there is more to do.
NativeStep give_if_whole(NativeContext& context, const Value& self, const std::string& text, std::size_t at,
                         Value& result) {
  context.charge(cost_of_bytes(text.size()));
  if (at < string::size(self)) return context.delegate();
  if (text.size() > string::kMaxBytes) return too_long(context);
  result = string::make(text);
  return NativeStep::kDone;
}

template <Letters kLetters>
NativeStep change_case(NativeContext& context, Value& self, Args, Value& result) {
  std::size_t at = 0;
  const std::string text = case_step(string::text(self), kLetters, at);
  context.charge(cost_of_elements(at));
  return give_if_whole(context, self, text, at, result);
}

NativeStep reverse(NativeContext& context, Value& self, Args, Value& result) {
  std::size_t at = 0;
  const std::string text = reverse_step(string::text(self), at);
  context.charge(cost_of_elements(at));
  return give_if_whole(context, self, text, at, result);
}

NativeStep replace(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0) || !take_string(context, args, 1)) return NativeStep::kError;
  if (string::size(args[0]) == 0)
    return wrong_value(context, args, 0, "argument", "a text that is not empty");
  std::size_t at = 0;
  const std::string text = replace_step(string::text(self), string::text(args[0]), string::text(args[1]), at);
  context.charge(replace_cost(at, string::text(args[0])));
  return give_if_whole(context, self, text, at, result);
}

NativeStep chars(NativeContext& context, Value& self, Args, Value& result) {
  std::size_t at = 0;
  Value out = array::make();
  chars_step(out, string::text(self), at);
  context.charge(array::size(out));
  if (at < string::size(self)) return context.delegate();
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep split(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  if (string::size(args[0]) == 0) return chars(context, self, {}, result);
  std::size_t at = 0;
  Value out = array::make();
  split_step(out, string::text(self), string::text(args[0]), at);
  context.charge(array::size(out) + cost_of_bytes(std::min(at, string::size(self))));
  if (at <= string::size(self)) return context.delegate();
  result = std::move(out);
  return NativeStep::kDone;
}

// Fills [begin, end) with `unit` over and over, cut off at the end.
void fill_with(char* begin, char* end, std::string_view unit) {
  const auto size = static_cast<std::size_t>(end - begin);
  std::size_t done = std::min(unit.size(), size);
  std::memcpy(begin, unit.data(), done);
  while (done < size) {
    const std::size_t more = std::min(done, size - done);
    std::memcpy(begin + done, begin, more);
    done += more;
  }
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
  context.charge(cost_of_bytes(size * count));
  Value out = string::make_uninitialised(size * count);
  char* data = string::block(out)->data();
  fill_with(data, data + size * count, string::text(self));
  result = std::move(out);
  return NativeStep::kDone;
}

// The text that pads `missing` code points: the filler over and over, cut off.
std::string padding(std::string_view filler, std::size_t missing) {
  const std::size_t length = string::count_code_points(filler);
  std::string out((missing / length) * filler.size(), '\0');
  fill_with(out.data(), out.data() + out.size(), filler);
  std::size_t end = 0;
  for (std::size_t i = 0; i < missing % length; ++i) end += string::sequence_length(filler[end]);
  out += filler.substr(0, end);
  return out;
}

enum class Side { kStart, kEnd };

template <Side kSide>
NativeStep pad(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t wanted = 0;
  if (!take_count(context, args, 0, wanted)) return NativeStep::kError;
  const bool is_given = args.size() > 1 && !args[1].is_nil();
  if (is_given && !take_string(context, args, 1)) return NativeStep::kError;
  const std::string_view filler = is_given ? string::text(args[1]) : std::string_view(" ");
  const std::size_t length = string::code_points(self);
  if (wanted <= length || filler.empty()) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  const std::size_t rounds = (wanted - length) / string::count_code_points(filler) + 1;
  if (rounds > string::kMaxBytes / filler.size() + 1) return too_long(context);
  context.charge(cost_of_bytes(rounds * filler.size()));
  const std::string added = padding(filler, wanted - length);
  if (added.size() + string::size(self) > string::kMaxBytes) return too_long(context);
  const std::string_view text = string::text(self);
  Value out = string::make(kSide == Side::kStart ? std::string_view(added) : text);
  string::append(out, kSide == Side::kStart ? text : std::string_view(added));
  result = std::move(out);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"upper", 0, 0, change_case<Letters::kUpper>},
    NativeEntry{"lower", 0, 0, change_case<Letters::kLower>},
    NativeEntry{"reverse", 0, 0, reverse},
    NativeEntry{"replace", 2, 2, replace},
    NativeEntry{"chars", 0, 0, chars},
    NativeEntry{"split", 1, 1, split},
    NativeEntry{"repeat", 1, 1, repeat},
    NativeEntry{"pad_start", 1, 2, pad<Side::kStart>},
    NativeEntry{"pad_end", 1, 2, pad<Side::kEnd>},
};

}  // namespace

std::span<const NativeEntry> string_change_methods() {
  return kMethods;
}

}  // namespace relay
