#include "vm/native_range.h"

#include <algorithm>
#include <cmath>

#include "value/array.h"
#include "value/display.h"

namespace relay {
namespace {

constexpr double kMostElements = 4e18;
constexpr double kExact = 4'503'599'627'370'496;  // 2^52: here whole numbers and their sums are exact

bool read_number(std::span<const Value> args, std::size_t index, double& out, ScriptError& error) {
  out = args[index].as_number();
  if (args[index].is_number() && std::isfinite(out)) return true;
  const std::string subject = "function 'range': argument " + std::to_string(index + 1) + " must be ";
  if (!args[index].is_number()) {
    error = runtime_error("type", subject + "number, got " + std::string(type_name(args[index])));
    return false;
  }
  error = runtime_error("argument", subject + "a finite number, got " + brief(args[index]));
  return false;
}

}  // namespace

bool Range::is_exact() const {
  const auto is_whole = [](double number) {
    return number == std::trunc(number) && std::fabs(number) <= kExact;
  };
  return is_whole(from) && is_whole(step) && std::fabs(to) <= kExact;
}

std::size_t Range::count() const {
  const double exact = std::ceil((to - from) / step);
  return exact > 0 ? static_cast<std::size_t>(std::min(exact, kMostElements)) : 0;
}

bool read_range(std::span<const Value> args, Range& out, ScriptError& error) {
  std::size_t given = args.size();
  while (given > 1 && args[given - 1].is_nil()) --given;
  if (given == 1) return read_number(args, 0, out.to, error);
  if (!read_number(args, 0, out.from, error) || !read_number(args, 1, out.to, error)) return false;
  if (given < 3) return true;
  if (!read_number(args, 2, out.step, error)) return false;
  if (out.step != 0) return true;
  error = runtime_error("argument", "function 'range': argument 3 must not be 0");
  return false;
}

void append_range(Value& out, const Range& range, std::size_t count) {
  for (std::size_t i = array::size(out); i < count; ++i) array::push(out, Value(range.at(i)));
}

}  // namespace relay
