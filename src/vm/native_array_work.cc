#include "vm/native_array_work.h"

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

std::size_t find_equal(const Value& list, const Value& wanted, std::size_t from, std::size_t to) {
  std::size_t at = from;
  const bool is_missing = for_stretch(list, from, to, [&](const Value& element) {
    if (equal_inside(element, wanted)) return false;
    ++at;
    return true;
  });
  return is_missing ? kNoElement : at;
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

std::size_t append_flat(Value& out, const Value& source, std::size_t from, std::size_t room) {
  std::size_t at = from;
  for_stretch(source, from, array::size(source), [&](const Value& element) {
    const std::size_t needed = element.is_array() ? array::size(element) : 1;
    if (needed > room) return false;
    room -= needed;
    if (element.is_array()) {
      append_stretch(out, element, 0, needed);
    } else {
      array::push(out, element);
    }
    ++at;
    return true;
  });
  return at;
}

std::size_t flat_size(const Value& list, std::size_t enough) {
  std::size_t total = 0;
  for_stretch(list, 0, array::size(list), [&](const Value& element) {
    total += element.is_array() ? array::size(element) : 1;
    return total <= enough;
  });
  return total;
}

}  // namespace relay
