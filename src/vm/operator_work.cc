#include <algorithm>

#include "value/array.h"
#include "value/display.h"
#include "value/equal.h"
#include "value/string.h"
#include "vm/interpreter.h"
#include "vm/text_work.h"
#include "vm/value_work.h"
#include "vm/vm_limits.h"

// Operators on what is not two numbers. Those on large values begin work that the fiber goes on with; when it is done the
// instruction runs again and finds data_.outcome.

namespace relay {

Interpreter::Called Interpreter::equals(const Value& left, const Value& right, bool& out) {
  const Comparison::Verdict verdict = equal_at_once(left, right);
  if (verdict != Comparison::Verdict::kUnfinished) {
    out = verdict == Comparison::Verdict::kEqual;
    return Called::kDone;
  }
  return equals_inside(left, right, out);
}

Interpreter::Called Interpreter::equals_inside(const Value& left, const Value& right, bool& out) {
  if (data_.outcome.is_undefined()) {
    std::size_t budget = kQuickUnits;
    const Comparison::Verdict verdict = Comparison(left, right).advance(budget);
    context_.charge(kQuickUnits - budget);
    if (verdict != Comparison::Verdict::kUnfinished) {
      out = verdict == Comparison::Verdict::kEqual;
      return Called::kDone;
    }
    const Called called = operate(std::make_unique<EqualWork>(left, right));
    if (called != Called::kDone) return called;
  }
  out = data_.outcome.as_bool();
  data_.outcome.clear();
  return Called::kDone;
}

Interpreter::Called Interpreter::compares(const Value& left, const Value& right, Order& out) {
  if (!left.is_string() || !right.is_string() || TextOrder::is_short(left, right)) {
    return compare(left, right, out, error_) ? Called::kDone : Called::kError;
  }
  if (data_.outcome.is_undefined()) {
    const Called called = operate(std::make_unique<OrderWork>(left, right));
    if (called != Called::kDone) return called;
  }
  out = static_cast<Order>(data_.outcome.as_number());
  data_.outcome.clear();
  return Called::kDone;
}

// `left` becomes the sum. While the sum is made it stays as it is, for whoever looks at it meanwhile.
Interpreter::Called Interpreter::add(Value& left, const Value& right) {
  if (data_.outcome.is_undefined()) {
    std::unique_ptr<NativeWork> work = work_of_sum(left, right);
    if (!work) return add_to(left, right, budget_, error_) ? Called::kDone : Called::kError;
    const Called called = operate(std::move(work));
    if (called != Called::kDone) return called;
  }
  left = std::move(data_.outcome);
  return Called::kDone;
}

// Null when the sum is an error or little work.
std::unique_ptr<NativeWork> Interpreter::work_of_sum(const Value& left, const Value& right) {
  if (left.is_array() && right.is_array()) {
    const std::size_t size = array::size(right);
    if (size <= kStepElements || array::size(left) == 0) return nullptr;
    return std::make_unique<AppendWork>(left, right, 0, size);
  }
  if (!left.is_string() || !right.is_string()) return nullptr;
  const std::size_t size = string::size(left) + string::size(right);
  const bool grows = left.is_unique() && size <= string::block(left)->capacity;
  const std::size_t copied = string::size(right) + (grows ? 0 : string::size(left));
  if (copied <= kStepBytes || size > string::kMaxBytes) return nullptr;
  // A string that only its builder holds is likely to grow further.
  auto work = std::make_unique<JoinWork>(left.is_unique() ? std::min(size, string::kMaxBytes - size) : 0);
  work->add(left, 0, string::size(left));
  work->add(right, 0, string::size(right));
  return work;
}

Interpreter::Called Interpreter::join_text(Value& out, const Value* parts, std::uint32_t count) {
  if (std::all_of(parts, parts + count, is_quick_to_show)) {
    std::string text;
    for (std::uint32_t k = 0; k < count; ++k) append_display(text, parts[k], Quotes::kBare);
    context_.charge(cost_of_bytes(text.size()));
    out = string::make(text);
    return Called::kDone;
  }
  if (data_.outcome.is_undefined()) {
    const Called called = operate(std::make_unique<ShowWork>(std::vector<Value>(parts, parts + count), Value()));
    if (called != Called::kDone) return called;
  }
  out = std::move(data_.outcome);
  return Called::kDone;
}

}  // namespace relay
