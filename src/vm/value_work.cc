#include "vm/value_work.h"

#include <algorithm>

#include "value/string.h"
#include "vm/native_array_work.h"
#include "vm/vm_limits.h"

namespace relay {

bool TextOrder::is_short(const Value& left, const Value& right) {
  return left.is_same(right) || std::min(string::size(left), string::size(right)) <= kSlowStepBytes;
}

bool TextOrder::advance(NativeContext& context) {
  const std::string_view a = string::text(left_).substr(at_);
  const std::string_view b = string::text(right_).substr(at_);
  const std::size_t piece = std::min({a.size(), b.size(), string::kPieceBytes});
  context.charge(1 + cost_of_bytes(piece));
  const int found = a.substr(0, piece).compare(b.substr(0, piece));
  at_ += piece;
  if (found == 0 && piece == string::kPieceBytes) return false;
  order_ = found != 0 ? order_of(found) : order_of(a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0);
  return true;
}

void TextOrder::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(left_);
  visitor(right_);
}

NativeWork::Progress EqualWork::advance(NativeContext& context, Value& result) {
  std::size_t budget = kStepUnits;
  const Comparison::Verdict verdict = comparison_.advance(budget);
  context.charge(kStepUnits - budget);
  if (verdict == Comparison::Verdict::kUnfinished) return Progress::kUnfinished;
  result = Value(verdict == Comparison::Verdict::kEqual);
  return Progress::kDone;
}

void EqualWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(left_);
  visitor(right_);
}

NativeWork::Progress OrderWork::advance(NativeContext& context, Value& result) {
  if (!order_.advance(context)) return Progress::kUnfinished;
  result = Value(static_cast<double>(order_.order()));
  return Progress::kDone;
}

NativeWork::Progress AppendWork::advance(NativeContext& context, Value& result) {
  const std::size_t end = std::min(to_, at_ + kStepElements);
  context.charge(cost_of_elements(end - at_));
  append_stretch(out_, source_, at_, end);
  at_ = end;
  if (at_ < to_) return Progress::kUnfinished;
  result = std::move(out_);
  return Progress::kDone;
}

void AppendWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(out_);
  visitor(source_);
}

}  // namespace relay
