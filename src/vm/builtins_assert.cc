#include <algorithm>

#include "base/utf8.h"
#include "value/difference.h"
#include "value/display.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Builtins that raise when something is not as the program says (kind `value`).

namespace relay {
namespace {

using Args = std::span<Value>;

constexpr std::size_t kShownBytes = 80;           // of each of two values side by side
constexpr std::size_t kShownPathBytes = 200;
constexpr std::size_t kShownBefore = 20;          // of a string, before the place where it differs
constexpr std::size_t kShownMessageBytes = 4096;

bool begins_code_point(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// A string, or of a long one what stands around byte `at`.
std::string around(std::string_view text, std::size_t at) {
  if (text.size() <= kShownBytes) at = 0;
  std::size_t begin = at > kShownBefore ? at - kShownBefore : 0;
  while (!begins_code_point(text, begin)) --begin;
  std::size_t end = std::min(text.size(), begin + kShownBytes);
  while (!begins_code_point(text, end)) --end;
  std::string out = begin > 0 ? "..." : "";
  append_quoted(out, text.substr(begin, end - begin));
  return end < text.size() ? out + "..." : out;
}

std::string shown(const Difference& difference, const Value* side) {
  if (side == nullptr) return "nothing";
  if (difference.is_in_string()) return around(string::text(*side), difference.byte());
  return brief(*side, Quotes::kQuoted, kShownBytes);
}

ScriptError not_equal(const Difference& difference) {
  std::string text = "not equal";
  if (!difference.path().empty()) text += " at " + shortened(difference.path(), kShownPathBytes);
  if (difference.is_in_string()) text += ", from character " + std::to_string(difference.character());
  text += ": " + shown(difference, difference.left()) + " and " + shown(difference, difference.right());
  ScriptError error = runtime_error("value", std::move(text));
  const auto has_all = [](const Value& value) { return !value.is_string() || string::size(value) <= kShownBytes; };
  const bool says_all = difference.path().empty() && has_all(difference.whole_left()) && has_all(difference.whole_right());
  if (says_all) return error;
  error.note = "left:  " + brief(difference.whole_left(), Quotes::kQuoted);
  error.note += "\nright: " + brief(difference.whole_right(), Quotes::kQuoted);
  return error;
}

class AssertEqualWork final : public NativeWork {
 public:
  AssertEqualWork(const Value& left, const Value& right) : difference_(left, right) {}

  Progress advance(NativeContext& context, Value& result) override {
    std::size_t budget = kStepUnits;
    const Difference::Verdict verdict = difference_.advance(budget);
    context.charge(kStepUnits - budget);
    if (verdict == Difference::Verdict::kUnfinished) return Progress::kUnfinished;
    if (verdict == Difference::Verdict::kDifferent) {
      context.fail(not_equal(difference_));
      return Progress::kError;
    }
    result = Value::nil();
    return Progress::kDone;
  }
  void visit(const std::function<void(const Value&)>& visitor) const override {
    visitor(difference_.whole_left());
    visitor(difference_.whole_right());
  }

 private:
  Difference difference_;
};

NativeStep assert_true(NativeContext& context, Value&, Args args, Value& result) {
  if (args[0].truthy()) {
    result = Value::nil();
    return NativeStep::kDone;
  }
  std::string text = "assertion failed";
  if (args.size() > 1) text += ": " + brief(args[1], Quotes::kBare, kShownMessageBytes);
  return context.fail("value", std::move(text));
}

NativeStep assert_equal(NativeContext& context, Value&, Args args, Value& result) {
  if (equal_inside_at_once(args[0], args[1]) == Comparison::Verdict::kEqual) {
    result = Value::nil();
    return NativeStep::kDone;
  }
  return context.begin(std::make_unique<AssertEqualWork>(args[0], args[1]));
}

NativeStep assert_throws(NativeContext& context, Value&, Args args, Value&) {
  if (!take_function(context, args, 0)) return NativeStep::kError;
  return context.delegate();
}

NativeStep not_thrown(NativeContext& context, Value&, Args args, Value&) {
  return context.fail("value", "nothing was thrown: the function gave " + brief(args[0], Quotes::kQuoted, kShownBytes));
}

constexpr NativeEntry kBuiltins[] = {
    NativeEntry{.name = "assert", .function = assert_true},
    NativeEntry{.name = "assert_equal", .function = assert_equal},
    NativeEntry{.name = "assert_throws", .function = assert_throws},
    NativeEntry{.name = "__not_thrown", .function = not_thrown},
};

}  // namespace

std::span<const NativeEntry> assert_builtins() { return kBuiltins; }

}  // namespace relay
