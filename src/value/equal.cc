#include "value/equal.h"

#include <algorithm>

#include "value/array.h"
#include "value/boxed.h"
#include "value/function.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

// Past this many pairs of containers, pairs of shared ones are remembered, so that values that share parts many
// times over are not compared anew each time.
constexpr std::size_t kPairsBeforeMemory = 4096;

// Strings up to this size are compared at once.
constexpr std::size_t kShortBytes = 4096;
constexpr std::size_t kBytesPerUnit = 64;

using Verdict = Comparison::Verdict;

Verdict verdict(bool is_equal) { return is_equal ? Verdict::kEqual : Verdict::kUnequal; }

Verdict compare_numbers(double a, double b) {
  const bool both_nan = a != a && b != b;
  return verdict(a == b || both_nan);
}

Verdict compare_strings(const Value& a, const Value& b) {
  if (string::size(a) != string::size(b)) return Verdict::kUnequal;
  if (string::size(a) > kShortBytes) return Verdict::kUnfinished;
  return verdict(string::text(a) == string::text(b));
}

// As collections see it: NaN equals itself. Containers and long strings that may be equal: kUnfinished.
Verdict compare_shallow(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return compare_numbers(a.as_number(), b.as_number());
  if (a.is_same(b)) return Verdict::kEqual;
  if (!a.is_block() || !b.is_block() || a.block()->kind != b.block()->kind) return Verdict::kUnequal;
  const auto look_inside = [](bool may_be_equal) { return may_be_equal ? Verdict::kUnfinished : Verdict::kUnequal; };
  switch (a.block()->kind) {
    case BlockKind::kString: return compare_strings(a, b);
    case BlockKind::kDatetime: return verdict(datetime::nanoseconds(a) == datetime::nanoseconds(b));
    case BlockKind::kServer: return verdict(string::equal(server::name(a), server::name(b)));
    case BlockKind::kArray: return look_inside(array::size(a) == array::size(b));
    case BlockKind::kObject: return look_inside(object::size(a) == object::size(b));
    case BlockKind::kStruct: return look_inside(structure::type(a) == structure::type(b));
    // Functions are the same by identity; each reading of a builtin's name makes a value.
    case BlockKind::kFunction: return verdict(function::info(a)->is_builtin && function::info(a) == function::info(b));
    default: return Verdict::kUnequal;
  }
}

// The content of `key` in `object`; at once when it stands at `position`, as in objects made alike.
const Value* content_beside(const Value& object, std::size_t position, const Value& key) {
  const object::KeysBlock* keys = object::keys_of(object);
  const bool is_there = keys != nullptr && position < keys->count && keys->keys()[position].is_same(key);
  return is_there ? &object::content_at(object, position) : object::find(object, key);
}

}  // namespace

Comparison::Verdict Comparison::advance(std::size_t& budget) {
  left_ = budget;
  bool is_equal = true;
  if (!has_begun_) {
    has_begun_ = true;
    const bool by_number = place_ == Place::kTop && a_.is_number() && b_.is_number();
    is_equal = by_number ? a_.as_number() == b_.as_number() : compare(a_, b_);
  }
  while (is_equal && !open_.empty() && left_ != 0) {
    const std::size_t depth = open_.size();
    switch (open_.back().a->block()->kind) {
      case BlockKind::kString: is_equal = advance_string(); break;
      case BlockKind::kArray: is_equal = advance_array(depth); break;
      case BlockKind::kObject: is_equal = advance_object(depth); break;
      default: is_equal = advance_struct(depth); break;
    }
  }
  budget = left_;
  if (!is_equal) return Verdict::kUnequal;
  return open_.empty() ? Verdict::kEqual : Verdict::kUnfinished;
}

// False when certainly unequal; opens the pair when the answer is inside.
bool Comparison::compare(const Value& a, const Value& b) {
  pay(1);
  const Verdict shallow = compare_shallow(a, b);
  if (shallow != Verdict::kUnfinished) return shallow == Verdict::kEqual;
  if (!seen_before(a, b)) open_.push_back({&a, &b, 0});
  return true;
}

bool Comparison::advance_string() {
  Pair& pair = open_.back();
  const std::string_view a = string::text(*pair.a).substr(pair.position, string::kPieceBytes);
  const std::string_view b = string::text(*pair.b).substr(pair.position, string::kPieceBytes);
  pay(a.size() / kBytesPerUnit);
  if (a != b) return false;
  pair.position += a.size();
  if (pair.position == string::size(*pair.a)) open_.pop_back();
  return true;
}

// A pair met before is equal or still open: an unequal one would have ended the comparison.
bool Comparison::seen_before(const Value& a, const Value& b) {
  if (++pairs_ < kPairsBeforeMemory || a.is_unique() || b.is_unique()) return false;
  return !seen_.insert({a.bits(), b.bits()}).second;
}

// After a child of the pair at `depth`: whether to leave the loop over its children, to go on at `position` later.
bool Comparison::stops_at(std::size_t depth, std::size_t position) {
  if (open_.size() == depth && left_ != 0) return false;
  open_[depth - 1].position = position;
  return true;
}

bool Comparison::advance_array(std::size_t depth) {
  const Pair pair = open_.back();
  const std::size_t count = array::size(*pair.a);
  for (std::size_t i = pair.position; i < count;) {
    const std::span<const Value> run_a = array::run_at(*pair.a, i);
    const std::span<const Value> run_b = array::run_at(*pair.b, i);
    const std::size_t end = i + std::min(run_a.size(), run_b.size());
    // Versions of one array share most of their leaves.
    const std::size_t begin = run_a.data() == run_b.data() ? end : i;
    for (std::size_t at = begin; at < end; ++at) {
      if (!compare(run_a[at - i], run_b[at - i])) return false;
      if (stops_at(depth, at + 1)) return true;
    }
    i = end;
    pay(1);
    if (stops_at(depth, i)) return true;
  }
  open_.pop_back();
  return true;
}

bool Comparison::advance_object(std::size_t depth) {
  const Pair pair = open_.back();
  std::size_t at = pair.position == 0 ? object::first(*pair.a) : object::next(*pair.a, pair.position - 1);
  for (; at != object::kNone; at = object::next(*pair.a, at)) {
    const object::Entry entry = object::entry(*pair.a, at);
    const Value* other = content_beside(*pair.b, at, *entry.key);
    if (other == nullptr || !compare(*entry.content, *other)) return false;
    if (stops_at(depth, at + 1)) return true;
  }
  open_.pop_back();
  return true;
}

bool Comparison::advance_struct(std::size_t depth) {
  const Pair pair = open_.back();
  for (std::size_t i = pair.position; i < pair.a->block()->extra; ++i) {
    const auto field = static_cast<std::uint32_t>(i);
    if (!compare(structure::at(*pair.a, field), structure::at(*pair.b, field))) return false;
    if (stops_at(depth, i + 1)) return true;
  }
  open_.pop_back();
  return true;
}

Verdict equal_at_once(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return verdict(a.as_number() == b.as_number());
  return compare_shallow(a, b);
}

Verdict equal_inside_at_once(const Value& a, const Value& b) { return compare_shallow(a, b); }

bool equal(const Value& a, const Value& b) {
  const Verdict shallow = equal_at_once(a, b);
  if (shallow != Verdict::kUnfinished) return shallow == Verdict::kEqual;
  std::size_t budget = SIZE_MAX;
  return Comparison(a, b).advance(budget) == Verdict::kEqual;
}

}  // namespace relay
