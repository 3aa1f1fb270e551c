#include "vm/native_array_work.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "value/display.h"
#include "value/equal.h"

namespace relay {

bool equal_inside(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    const bool both_nan = std::isnan(a.as_number()) && std::isnan(b.as_number());
    return a.as_number() == b.as_number() || both_nan;
  }
  return a.is_same(b) || equal(a, b);
}

void append_stretch(Value& out, const Value& source, std::size_t from, std::size_t to) {
  while (from < to) {
    std::span<const Value> run = array::run_at(source, from);
    if (run.size() > to - from) run = run.first(to - from);
    array::append_run(out, run);
    from += run.size();
  }
}

void append_reversed(Value& out, const Value& source, std::size_t from, std::size_t to) {
  while (to > from) array::push(out, array::at(source, --to));
}

bool add_stretch(const Value& list, std::size_t from, std::size_t to, double& sum, ScriptError& error) {
  return for_stretch(list, from, to, [&](const Value& element) {
    if (element.is_number()) {
      sum += element.as_number();
      return true;
    }
    error = runtime_error("type", "cannot add number and " + std::string(type_name(element)));
    return false;
  });
}

void append_pairs(Value& out, const Value& a, const Value& b, std::size_t from, std::size_t to) {
  for (; from < to; ++from) {
    std::array<Value, 2> pair = {array::at(a, from), array::at(b, from)};
    array::push(out, array::make(pair));
  }
}

void append_flat(Value& out, const Value& source, FlatPosition& at, std::size_t room) {
  const std::size_t size = array::size(source);
  for (; at.outer < size && room > 0; --room) {
    const Value& element = array::at(source, at.outer);
    if (!element.is_array()) {
      array::push(out, element);
      ++at.outer;
      continue;
    }
    const std::size_t end = std::min(array::size(element), at.inner + room);
    append_stretch(out, element, at.inner, end);
    const bool is_done = end == array::size(element);
    room -= std::min(room - 1, end - at.inner);
    at = is_done ? FlatPosition{at.outer + 1, 0} : FlatPosition{at.outer, end};
  }
}

}  // namespace relay
