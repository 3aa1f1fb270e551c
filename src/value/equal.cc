#include "value/equal.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include <utility>
#include <vector>

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

// A pair of containers of one kind and size under comparison: how far it has come.
struct Pair {
  const Value* a;
  const Value* b;
  std::size_t position;
};

enum class Verdict { kEqual, kUnequal, kLookInside };

Verdict compare_numbers(double a, double b) {
  const bool both_nan = a != a && b != b;
  return a == b || both_nan ? Verdict::kEqual : Verdict::kUnequal;
}

// As collections see it: NaN equals itself. Containers that may be equal: kLookInside.
Verdict compare_shallow(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return compare_numbers(a.as_number(), b.as_number());
  if (a.is_same(b)) return Verdict::kEqual;
  if (!a.is_block() || !b.is_block() || a.block()->kind != b.block()->kind) return Verdict::kUnequal;
  const auto verdict = [](bool is_equal) { return is_equal ? Verdict::kEqual : Verdict::kUnequal; };
  const auto look_inside = [](bool may_be_equal) { return may_be_equal ? Verdict::kLookInside : Verdict::kUnequal; };
  switch (a.block()->kind) {
    case BlockKind::kString: return verdict(string::text(a) == string::text(b));
    case BlockKind::kDatetime: return verdict(datetime::nanoseconds(a) == datetime::nanoseconds(b));
    case BlockKind::kServer: return verdict(string::equal(server::name(a), server::name(b)));
    case BlockKind::kArray: return look_inside(array::size(a) == array::size(b));
    case BlockKind::kObject: return look_inside(object::size(a) == object::size(b));
    case BlockKind::kStruct: return look_inside(structure::type(a) == structure::type(b));
    default: return Verdict::kUnequal;  // functions, by identity
  }
}

class Comparison {
 public:
  bool run(const Value& a, const Value& b) {
    bool is_equal = compare(a, b);
    while (is_equal && !open_.empty()) is_equal = advance();
    return is_equal;
  }

 private:
  // False when certainly unequal; opens the pair when it takes a look inside.
  bool compare(const Value& a, const Value& b) {
    const Verdict verdict = compare_shallow(a, b);
    if (verdict != Verdict::kLookInside) return verdict == Verdict::kEqual;
    if (!seen_before(a, b)) open_.push_back({&a, &b, 0});
    return true;
  }

  // A pair met before is equal or still open: an unequal one would have ended the comparison.
  bool seen_before(const Value& a, const Value& b) {
    if (++pairs_ < kPairsBeforeMemory || a.is_unique() || b.is_unique()) return false;
    return !seen_.insert({a.bits(), b.bits()}).second;
  }

  // Compares the next children of the innermost pair.
  bool advance() {
    const Pair pair = open_.back();
    switch (pair.a->block()->kind) {
      case BlockKind::kArray: return advance_array(pair);
      case BlockKind::kObject: return advance_object(pair);
      default: return advance_struct(pair);
    }
  }

  bool advance_array(const Pair& pair) {
    const std::size_t count = array::size(*pair.a);
    const std::size_t depth = open_.size();
    for (std::size_t i = pair.position; i < count; ++i) {
      if (!compare(array::at(*pair.a, i), array::at(*pair.b, i))) return false;
      if (open_.size() != depth) {
        open_[depth - 1].position = i + 1;
        return true;
      }
    }
    open_.pop_back();
    return true;
  }

  bool advance_object(const Pair& pair) {
    const std::size_t depth = open_.size();
    std::size_t at = pair.position == 0 ? object::first(*pair.a) : object::next(*pair.a, pair.position - 1);
    for (; at != object::kNone; at = object::next(*pair.a, at)) {
      const object::Entry entry = object::entry(*pair.a, at);
      const Value* other = object::find(*pair.b, *entry.key);
      if (other == nullptr || !compare(*entry.content, *other)) return false;
      if (open_.size() != depth) {
        open_[depth - 1].position = at + 1;
        return true;
      }
    }
    open_.pop_back();
    return true;
  }

  bool advance_struct(const Pair& pair) {
    const std::size_t depth = open_.size();
    for (std::size_t i = pair.position; i < pair.a->block()->extra; ++i) {
      const auto field = static_cast<std::uint32_t>(i);
      if (!compare(structure::at(*pair.a, field), structure::at(*pair.b, field))) return false;
      if (open_.size() != depth) {
        open_[depth - 1].position = i + 1;
        return true;
      }
    }
    open_.pop_back();
    return true;
  }

  std::vector<Pair> open_;
  std::size_t pairs_ = 0;
  boost::unordered_flat_set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

}  // namespace

bool equal(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return a.as_number() == b.as_number();
  const Verdict verdict = compare_shallow(a, b);
  if (verdict != Verdict::kLookInside) return verdict == Verdict::kEqual;
  return Comparison().run(a, b);
}

}  // namespace relay
