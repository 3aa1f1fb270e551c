#include "value/sole_bytes.h"

#include "value_fixture.h"

namespace relay {
namespace {

using SoleBytesOf = ValueTest;

bool holds(const Value& value, std::size_t bytes) {
  SoleBytes sole(bytes);
  sole.add(value);
  return sole.is_enough();
}

TEST_F(SoleBytesOf, AValueHeldOnceAreAllThatItHolds) {
  const std::size_t before = heap().bytes();
  const Value value = object_of({{"list", range_array(5000)}, {"text", text("a text that is long enough for a block")}});
  const std::size_t bytes = heap().bytes() - before;
  EXPECT_TRUE(holds(value, bytes / 2));
  EXPECT_FALSE(holds(value, bytes + 1));
}

TEST_F(SoleBytesOf, AVersionAreWhatTheOtherVersionDoesNotShare) {
  Value old = range_array(50'000);
  Value changed = old;
  array::set(changed, 7, number(0));
  EXPECT_FALSE(holds(old, 100'000));
  changed = Value();
  EXPECT_TRUE(holds(old, 100'000));
}

TEST_F(SoleBytesOf, AValueThatOthersHoldAreNone) {
  const Value value = range_array(5000);
  const Value other = value;
  EXPECT_FALSE(holds(value, 1));
  EXPECT_FALSE(holds(other, 1));
}

}  // namespace
}  // namespace relay
