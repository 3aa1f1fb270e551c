#include "vm/native_unique.h"

#include <array>
#include <unordered_set>

#include "value/array.h"
#include "value/equal.h"
#include "value/object.h"
#include "value/string.h"
#include "vm/native_array_work.h"

namespace relay {
namespace {

// A hash as the key of an object that no program sees.
Value key_of(const Value& element) {
  std::uint64_t hash = hash_value(element);
  std::array<char, 11> text{};
  for (char& digit : text) {
    digit = static_cast<char>('0' + (hash & 63));
    hash >>= 6;
  }
  return string::make({text.data(), text.size()});
}

// `found` is nil, the one position in `out` with this hash, or an array of such.
bool is_among(const Value& out, const Value& found, const Value& element) {
  if (found.is_number())
    return equal_inside(array::at(out, static_cast<std::size_t>(found.as_number())), element);
  return !for_stretch(found, 0, array::size(found), [&](const Value& position) {
    return !equal_inside(array::at(out, static_cast<std::size_t>(position.as_number())), element);
  });
}

Value with_position(const Value* found, double position) {
  if (found == nullptr) return Value(position);
  Value positions = *found;
  if (found->is_number()) {
    std::array<Value, 1> first = {*found};
    positions = array::make(first);
  }
  array::push(positions, Value(position));
  return positions;
}

}  // namespace

void append_unseen(Value& out, Value& seen, const Value& list, std::size_t from, std::size_t to) {
  for_stretch(list, from, to, [&](const Value& element) {
    Value key = key_of(element);
    const Value* found = object::find(seen, key);
    if (found != nullptr && is_among(out, *found, element)) return true;
    Value positions = with_position(found, static_cast<double>(array::size(out)));
    object::set(seen, std::move(key), std::move(positions));
    array::push(out, element);
    return true;
  });
}

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

}  // namespace relay
