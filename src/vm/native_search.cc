#include "vm/native_search.h"

#include <algorithm>

#include "value/array.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {

bool is_quick_to_compare(const Value& value) {
  if (value.is_string()) return string::size(value) <= 64;
  return !value.is_array() && !value.is_object() && !value.is_struct();
}

NativeWork::Progress SearchWork::advance(NativeContext& context, Value& result) {
  if (tail_) return tail_->advance(context, result);
  std::size_t budget = kStepUnits;
  while (budget != 0 && !is_found_ && at_ < array::size(list_)) look(budget);
  context.charge(kStepUnits - budget);
  return is_found_ || at_ == array::size(list_) ? give(context, result) : Progress::kUnfinished;
}

// Compares one more element, or goes on with a large one.
void SearchWork::look(std::size_t& budget) {
  const Value& element = array::at(list_, at_);
  auto verdict = Comparison::Verdict::kUnfinished;
  if (comparison_) {
    verdict = comparison_->advance(budget);
    if (verdict == Comparison::Verdict::kUnfinished) return;
    comparison_.reset();
  } else {
    verdict = equal_inside_at_once(element, wanted_);
    budget -= std::min<std::size_t>(budget, is_quick_to_compare(wanted_) ? 1 : 16);
    if (verdict == Comparison::Verdict::kUnfinished) {
      comparison_.emplace(element, wanted_, Comparison::Place::kInside);
      return;
    }
  }
  is_found_ = verdict == Comparison::Verdict::kEqual;
  if (!is_found_) ++at_;
}

NativeWork::Progress SearchWork::give(NativeContext& context, Value& result) {
  switch (gives_) {
    case Gives::kIndex: result = Value(is_found_ ? static_cast<double>(at_) : -1.0); return Progress::kDone;
    case Gives::kWhether: result = Value(is_found_); return Progress::kDone;
    case Gives::kRemoved:
      if (is_found_) return give_removed(context, result);
      break;
    case Gives::kReplaced:
      if (is_found_) array::set(list_, at_, std::move(replacement_));
      break;
  }
  result = std::move(list_);
  return Progress::kDone;
}

NativeWork::Progress SearchWork::give_removed(NativeContext& context, Value& result) {
  Value head = list_;
  array::truncate(head, at_);
  tail_.emplace(head, list_, at_ + 1, array::size(list_));
  return tail_->advance(context, result);
}

void SearchWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(list_);
  visitor(wanted_);
  visitor(replacement_);
  if (tail_) tail_->visit(visitor);
}

}  // namespace relay
