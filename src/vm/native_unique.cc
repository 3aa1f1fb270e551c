#include "vm/native_unique.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "value/array.h"
#include "value/object.h"
#include "value/string.h"
#include "vm/native_array_work.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

// Units that an element costs beside hashing and comparing it.
constexpr std::size_t kKeepUnits = 4;

// A hash as the key of an object that no program sees.
Value key_of(std::uint64_t hash) {
  std::array<char, 11> text{};
  for (char& digit : text) {
    digit = static_cast<char>('0' + (hash & 63));
    hash >>= 6;
  }
  return string::make({text.data(), text.size()});
}

}  // namespace

Value unique_of(const Value& list) {
  struct Hash {
    std::size_t operator()(const Value* value) const { return hash_value(*value); }
  };
  struct Equal {
    bool operator()(const Value* a, const Value* b) const { return equal_inside(*a, *b); }
  };
  std::unordered_set<const Value*, Hash, Equal> seen;
  Value out = array::make();
  for_stretch(list, 0, array::size(list), [&](const Value& element) {
    if (seen.insert(&element).second) array::push(out, element);
    return true;
  });
  return out;
}

UniqueWork::UniqueWork(const Value& list) : list_(list), out_(array::make()), seen_(object::make()) {}

NativeWork::Progress UniqueWork::advance(NativeContext& context, Value& result) {
  std::size_t budget = kStepUnits;
  while (budget != 0 && at_ < array::size(list_)) look(budget);
  context.charge(kStepUnits - budget);
  if (at_ < array::size(list_)) return Progress::kUnfinished;
  result = std::move(out_);
  return Progress::kDone;
}

void UniqueWork::look(std::size_t& budget) {
  if (!key_.is_undefined()) return compare(budget);
  if (!hash_) hash_.emplace(array::at(list_, at_));
  if (hash_->advance(budget)) find_candidates();
}

void UniqueWork::find_candidates() {
  key_ = key_of(hash_->result());
  hash_.reset();
  const Value* found = object::find(seen_, key_);
  candidates_ = found == nullptr ? Value::nil() : *found;
  next_ = 0;
}

// The position that candidate next_ has in out_, or null.
const Value* UniqueWork::next_candidate() const {
  if (candidates_.is_number()) return next_ == 0 ? &candidates_ : nullptr;
  if (candidates_.is_nil() || next_ == array::size(candidates_)) return nullptr;
  return &array::at(candidates_, next_);
}

// Compares the element with the next of those that have its hash; keeps it when there is none left.
void UniqueWork::compare(std::size_t& budget) {
  const Value* position = next_candidate();
  budget -= std::min(budget, kKeepUnits);
  if (position == nullptr) return keep();
  if (!comparison_) {
    const Value& earlier = array::at(out_, static_cast<std::size_t>(position->as_number()));
    comparison_.emplace(earlier, array::at(list_, at_), Comparison::Place::kInside);
  }
  std::size_t least = std::max<std::size_t>(budget, 1);
  const Comparison::Verdict verdict = comparison_->advance(least);
  budget = std::min(budget, least);
  if (verdict == Comparison::Verdict::kUnfinished) return;
  comparison_.reset();
  if (verdict == Comparison::Verdict::kUnequal) {
    ++next_;
    return;
  }
  key_.clear();
  ++at_;
}

void UniqueWork::keep() {
  const Value position(static_cast<double>(array::size(out_)));
  Value positions = candidates_.is_nil() ? position : std::move(candidates_);
  if (positions.is_number() && !positions.is_same(position)) {
    std::array<Value, 1> first = {positions};
    positions = array::make(first);
  }
  if (positions.is_array()) array::push(positions, position);
  object::set(seen_, std::move(key_), std::move(positions));
  key_.clear();
  candidates_.clear();
  array::push(out_, array::at(list_, at_));
  ++at_;
}

void UniqueWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(list_);
  visitor(out_);
  visitor(seen_);
}

}  // namespace relay
