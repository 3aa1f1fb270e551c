#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "value/display.h"

namespace relay {
namespace {

// Below this every integer is exactly a 64-bit one and has no exponent.
constexpr double kPlainIntegerEnd = 1e15;

// The shortest digits that read back as `number` (finite, above 0), and the place of the point: 0.DIGITS * 10^point.
struct Digits {
  std::array<char, 24> text;
  int count;
  int point;
};

Digits shortest_digits(double number) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
  Digits digits{{}, 0, 0};
  const char* at = buffer.data();
  for (; at != end.ptr && *at != 'e'; ++at) {
    if (*at != '.') digits.text[static_cast<std::size_t>(digits.count++)] = *at;
  }
  if (*++at == '+') ++at;
  std::from_chars(at, end.ptr, digits.point);
  ++digits.point;
  return digits;
}

void append_exponential(std::string& out, const Digits& digits) {
  const int exponent = digits.point - 1;
  out.push_back(digits.text[0]);
  if (digits.count > 1) {
    out.push_back('.');
    out.append(digits.text.data() + 1, static_cast<std::size_t>(digits.count - 1));
  }
  out += exponent < 0 ? "e-" : "e+";
  out += std::to_string(std::abs(exponent));
}

void append_digits(std::string& out, const Digits& digits) {
  const auto count = static_cast<std::size_t>(digits.count);
  if (digits.point > 21 || digits.point < -5) return append_exponential(out, digits);
  if (digits.point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-digits.point), '0');
    out.append(digits.text.data(), count);
    return;
  }
  const auto point = static_cast<std::size_t>(digits.point);
  if (point >= count) {
    out.append(digits.text.data(), count);
    out.append(point - count, '0');
    return;
  }
  out.append(digits.text.data(), point);
  out.push_back('.');
  out.append(digits.text.data() + point, count - point);
}

}  // namespace

// The rules are those of ECMAScript's Number::toString.
void append_number(std::string& out, double number) {
  if (std::isnan(number)) {
    out += "NaN";
    return;
  }
  if (number == std::trunc(number) && std::fabs(number) < kPlainIntegerEnd) {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<long long>(number));
    out.append(buffer.data(), end.ptr);
    return;
  }
  if (number < 0) out.push_back('-');
  if (std::isinf(number)) {
    out += "Infinity";
    return;
  }
  append_digits(out, shortest_digits(std::fabs(number)));
}

}  // namespace relay
