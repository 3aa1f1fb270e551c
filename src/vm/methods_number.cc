#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "value/display.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"

namespace relay {
namespace {

using Args = std::span<Value>;

// A double has no more decimal digits than these to round.
constexpr int kMostDigits = 17;

NativeStep give(double number, Value& result) {
  result = Value(number);
  return NativeStep::kDone;
}

// The power of ten of the first digit of a number in scientific notation.
int exponent_of(std::string_view text) {
  int exponent = 0;
  const char* begin = text.data() + text.find('e') + 1;
  std::from_chars(*begin == '+' ? begin + 1 : begin, text.data() + text.size(), exponent);
  return exponent;
}

std::string scientific(double number) {
  std::array<char, 32> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
  return {buffer.data(), end.ptr};
}

// number * 10^power, by moving the decimal point of what is shown of it: exact where a multiplication is not.
double shift_point(double number, int power) {
  const std::string text = scientific(number);
  const std::string moved = text.substr(0, text.find('e') + 1) + std::to_string(exponent_of(text) + power);
  double out = 0;
  std::from_chars(moved.data(), moved.data() + moved.size(), out);
  return out;
}

NativeStep round(NativeContext& context, Value& self, Args args, Value& result) {
  const double number = self.as_number();
  double digits = 0;
  if (!args.empty() && !args[0].is_nil() && !take_integer(context, args, 0, digits))
    return NativeStep::kError;
  if (digits == 0) return give(std::round(number), result);
  if (!std::isfinite(number) || digits + exponent_of(scientific(number)) >= kMostDigits)
    return give(number, result);
  if (digits < -400) return give(0, result);
  const int places = static_cast<int>(digits);
  return give(shift_point(std::round(shift_point(number, places)), -places), result);
}

NativeStep to_string(NativeContext&, Value& self, Args, Value& result) {
  std::string text;
  append_number(text, self.as_number());
  result = string::make(text);
  return NativeStep::kDone;
}

template <double (*kFunction)(double)>
NativeStep apply(NativeContext&, Value& self, Args, Value& result) {
  return give(kFunction(self.as_number()), result);
}

NativeStep sqrt(NativeContext& context, Value& self, Args, Value& result) {
  if (self.as_number() >= 0) return give(std::sqrt(self.as_number()), result);
  return native_error(context, "arithmetic", "a negative number has no square root");
}

NativeStep pow(NativeContext& context, Value& self, Args args, Value& result) {
  double power = 0;
  if (!take_number(context, args, 0, power)) return NativeStep::kError;
  return give(std::pow(self.as_number(), power), result);
}

NativeStep min(NativeContext& context, Value& self, Args args, Value& result) {
  double other = 0;
  if (!take_number(context, args, 0, other)) return NativeStep::kError;
  return give(other < self.as_number() ? other : self.as_number(), result);
}

NativeStep max(NativeContext& context, Value& self, Args args, Value& result) {
  double other = 0;
  if (!take_number(context, args, 0, other)) return NativeStep::kError;
  return give(other > self.as_number() ? other : self.as_number(), result);
}

NativeStep has_no_fraction(NativeContext&, Value& self, Args, Value& result) {
  result = Value(is_integer(self.as_number()));
  return NativeStep::kDone;
}

double floor_of(double number) {
  return std::floor(number);
}
double ceil_of(double number) {
  return std::ceil(number);
}
double abs_of(double number) {
  return std::fabs(number);
}

constexpr std::array kMethods = {
    NativeEntry{"to_string", to_string},
    NativeEntry{"round", round},
    NativeEntry{"floor", apply<floor_of>},
    NativeEntry{"ceil", apply<ceil_of>},
    NativeEntry{"abs", apply<abs_of>},
    NativeEntry{"sqrt", sqrt},
    NativeEntry{"pow", pow},
    NativeEntry{"min", min},
    NativeEntry{"max", max},
    NativeEntry{"is_integer", has_no_fraction},
};

}  // namespace

std::span<const NativeEntry> number_methods() {
  return kMethods;
}

}  // namespace relay
