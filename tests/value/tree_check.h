#pragma once

#include "value/value.h"

namespace relay {

// Whether everything below `value` keeps the promises of its blocks: counts and levels of trees, full leaves, an
// index that finds every key, and the flag of what holds functions. Reports what is broken as test failures.
void expect_sound(const Value& value);

}  // namespace relay
