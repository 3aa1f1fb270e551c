#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/utf8.h"
#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/text_work.h"
#include "vm/vm_limits.h"

// Builtins that ask something of the world: they go through the Host, or wait.

namespace relay {
namespace {

using Args = std::span<Value>;

// 2^53: integers up to here are exact.
constexpr double kExact = 9'007'199'254'740'992;

class PrintWork final : public ShowWork {
 public:
  explicit PrintWork(Args args) : ShowWork({args.begin(), args.end()}, string::make(" ")) {}

 private:
  Progress finish(NativeContext& context, Value text, Value& result) override {
    string::append(text, "\n");
    result = Value::nil();
    if (context.host().print(string::text(text)) == Host::Printed::kAccepted) return Progress::kDone;
    context.wait(PrintWait{});
    return Progress::kWait;
  }
  [[nodiscard]] std::size_t spare() const override { return 1; }
};

// Whether all of it is little work.
bool is_short_line(Args args) {
  return args.size() <= 16 && std::all_of(args.begin(), args.end(), is_quick_to_show);
}

NativeStep print(NativeContext& context, Value&, Args args, Value& result) {
  if (!is_short_line(args)) return context.begin(std::make_unique<PrintWork>(args));
  std::string line;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) line.push_back(' ');
    append_display(line, args[i], Quotes::kBare);
  }
  line.push_back('\n');
  context.charge(cost_of_elements(line.size()));
  if (context.host().print(line) == Host::Printed::kWait) return context.wait(PrintWait{});
  result = Value::nil();
  return NativeStep::kDone;
}

NativeStep now(NativeContext& context, Value&, Args, Value& result) {
  result = datetime::make(context.host().wall_now().time_since_epoch().count());
  return NativeStep::kDone;
}

// Version 4, variant 1 (RFC 9562).
NativeStep uuid(NativeContext& context, Value&, Args, Value& result) {
  std::uint64_t high = context.host().random_bits();
  std::uint64_t low = context.host().random_bits();
  high = (high & 0xFFFF'FFFF'FFFF'0FFF) | 0x0000'0000'0000'4000;
  low = (low & 0x3FFF'FFFF'FFFF'FFFF) | 0x8000'0000'0000'0000;
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (int digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text.push_back('-');
    const std::uint64_t word = digit < 16 ? high : low;
    text.push_back(kHex[(word >> (60 - 4 * (digit % 16))) & 15]);
  }
  result = string::make(text);
  return NativeStep::kDone;
}

// Every integer below `count` (not 0) is equally likely: what is past the last whole multiple of it is drawn
// again.
std::uint64_t draw_below(Host& host, std::uint64_t count) {
  const std::uint64_t rest = (0 - count) % count;  // 2^64 mod count
  std::uint64_t bits = host.random_bits();
  while (bits < rest) bits = host.random_bits();
  return bits % count;
}

NativeStep random(NativeContext& context, Value&, Args args, Value& result) {
  if (args.empty()) {
    result = Value(static_cast<double>(context.host().random_bits() >> 11) / kExact);
    return NativeStep::kDone;
  }
  if (args.size() == 1) {
    return context.fail("argument", "function 'random' expects 0 or 2 arguments, got 1");
  }
  double from = 0;
  double to = 0;
  if (!take_integer(context, args, 0, from) || !take_integer(context, args, 1, to)) return NativeStep::kError;
  if (std::fabs(from) > kExact) return wrong_value(context, args, 0, "range", "within 2^53");
  if (std::fabs(to) > kExact) return wrong_value(context, args, 1, "range", "within 2^53");
  if (to < from) return wrong_value(context, args, 1, "range", "at least argument 1");
  const auto first = static_cast<std::int64_t>(from);
  const auto count = static_cast<std::uint64_t>(static_cast<std::int64_t>(to) - first) + 1;
  result = Value(static_cast<double>(first + static_cast<std::int64_t>(draw_below(context.host(), count))));
  return NativeStep::kDone;
}

NativeStep sleep(NativeContext& context, Value&, Args args, Value&) {
  Duration duration{};
  if (!take_seconds(context, args, 0, duration)) return NativeStep::kError;
  return context.wait(SleepWait{duration});
}

NativeStep node_id(NativeContext& context, Value&, Args, Value& result) {
  result = string::make(context.host().node_id());
  return NativeStep::kDone;
}

NativeStep arguments(NativeContext& context, Value&, Args, Value& result) {
  Value out = array::make();
  for (const std::string& argument : context.host().arguments()) array::push(out, string::make(argument));
  result = std::move(out);
  return NativeStep::kDone;
}

NativeStep read_line(NativeContext& context, Value&, Args, Value&) {
  return context.wait(ReadLineWait{});
}

NativeStep env(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  const std::string name(string::text(args[0]));
  const Result<std::optional<std::string>> found = context.host().environment(name);
  if (!found) {
    return native_error(context, "denied",
                        "'" + shortened(name, kShownNameBytes) + "' is not allowed; the operator allows it with -allow-env");
  }
  const bool is_set = found->has_value();
  const Value missing = args.size() > 1 ? args[1] : Value::nil();
  result = is_set ? string::make(**found) : missing;
  return NativeStep::kDone;
}

constexpr std::array kBuiltins = {
    NativeEntry{.name = "print", .function = print},
    NativeEntry{.name = "now", .function = now},
    NativeEntry{.name = "uuid", .function = uuid},
    NativeEntry{.name = "random", .function = random},
    NativeEntry{.name = "sleep", .function = sleep},
    NativeEntry{.name = "node_id", .function = node_id},
    NativeEntry{.name = "args", .function = arguments},
    NativeEntry{.name = "read_line", .function = read_line},
    NativeEntry{.name = "env", .function = env},
};

}  // namespace

std::span<const NativeEntry> system_builtins() {
  return kBuiltins;
}

}  // namespace relay
