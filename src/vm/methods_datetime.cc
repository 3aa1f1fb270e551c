#include <array>
#include <cmath>

#include "value/boxed.h"
#include "value/calendar.h"
#include "value/display.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

using Args = std::span<Value>;

constexpr std::int64_t kSecond = 1'000'000'000;
// Added seconds beyond this lead outside 1677 to 2262 from any datetime.
constexpr double kMostSeconds = 2e10;

NativeStep to_string(NativeContext&, Value& self, Args, Value& result) {
  std::string text;
  append_datetime(text, datetime::nanoseconds(self));
  result = string::make(text);
  return NativeStep::kDone;
}

NativeStep format(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  const std::string_view pattern = string::text(args[0]);
  if (pattern.size() > kStepElements) return native_error(context, "limit", "a pattern longer than 64 KiB");
  context.charge(cost_of_elements(pattern.size()));
  std::string text;
  append_by_pattern(text, datetime::nanoseconds(self), pattern);
  result = string::make(text);
  return NativeStep::kDone;
}

NativeStep out_of_years(NativeContext& context) {
  return native_error(context, "range", "the result is outside the years 1677 to 2262");
}

// Whole seconds and the rest apart, so that no nanosecond is lost to rounding in a large number.
NativeStep add(NativeContext& context, Value& self, Args args, Value& result) {
  double seconds = 0;
  if (!take_number(context, args, 0, seconds)) return NativeStep::kError;
  if (!(std::fabs(seconds) <= kMostSeconds)) return out_of_years(context);
  const double whole = std::floor(seconds);
  const auto rest = static_cast<std::int64_t>(std::llround((seconds - whole) * kSecond));
  std::int64_t sum = 0;
  const bool is_outside = __builtin_mul_overflow(static_cast<std::int64_t>(whole), kSecond, &sum) ||
                          __builtin_add_overflow(sum, rest, &sum) ||
                          __builtin_add_overflow(sum, datetime::nanoseconds(self), &sum);
  if (is_outside) return out_of_years(context);
  result = datetime::make(sum);
  return NativeStep::kDone;
}

NativeStep unix_seconds(NativeContext&, Value& self, Args, Value& result) {
  const std::int64_t time = datetime::nanoseconds(self);
  const std::int64_t seconds = time / kSecond - (time % kSecond < 0 ? 1 : 0);
  result = Value(static_cast<double>(seconds));
  return NativeStep::kDone;
}

template <int CalendarTime::*kPart>
NativeStep part(NativeContext&, Value& self, Args, Value& result) {
  result = Value(static_cast<double>(to_calendar(datetime::nanoseconds(self)).*kPart));
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"format", format},
    NativeEntry{"to_string", to_string},
    NativeEntry{"to_iso", to_string},
    NativeEntry{"add", add},
    NativeEntry{"unix", unix_seconds},
    NativeEntry{"year", part<&CalendarTime::year>},
    NativeEntry{"month", part<&CalendarTime::month>},
    NativeEntry{"day", part<&CalendarTime::day>},
    NativeEntry{"hour", part<&CalendarTime::hour>},
    NativeEntry{"minute", part<&CalendarTime::minute>},
    NativeEntry{"second", part<&CalendarTime::second>},
};

}  // namespace

std::span<const NativeEntry> datetime_methods() {
  return kMethods;
}

}  // namespace relay
