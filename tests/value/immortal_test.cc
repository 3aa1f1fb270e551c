#include "value/immortal.h"

#include "tree_check.h"
#include "value/symbol_table.h"
#include "value_fixture.h"

namespace relay {
namespace {

using Immortal = ValueTest;

TEST_F(Immortal, KeepsTheContentOutsideAnyAccount) {
  ImmortalArena arena;
  Value source = array_of({text("a longer text"), range_array(5000), object_of({{"key", number(1)}})});
  const Value kept = arena.keep(source);
  EXPECT_TRUE(equal(kept, source));
  source = Value();
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().bytes(), 0u);
  EXPECT_FALSE(kept.is_counted());
  EXPECT_EQ(display(array::at(kept, 0)), "a longer text");
  expect_sound(kept);
}

TEST_F(Immortal, ComputesHashesAndLengthsAtOnce) {
  ImmortalArena arena;
  const Value kept = arena.keep(text("Grüße, all of you"));
  EXPECT_NE(string::block(kept)->hash, 0u);
  EXPECT_EQ(string::block(kept)->hash, string::hash_text("Grüße, all of you"));
  EXPECT_EQ(string::block(kept)->code_points, 17u);
}

TEST_F(Immortal, LeavesInternedStringsWhatTheyAre) {
  SymbolTable symbols;
  ImmortalArena arena;
  const Value key = symbols.intern("interned_key");
  Value source = object::make();
  object::set(source, key, number(1));
  const Value kept = arena.keep(source);
  EXPECT_TRUE(object::entry(kept, 0).key->is_same(key));
}

TEST_F(Immortal, ValuesAreChangedThroughCopiesOfOnePath) {
  ImmortalArena arena;
  const Value list = arena.keep(range_array(40000));
  const Value map = [&] {
    Value made = object::make();
    for (int i = 0; i < 1000; ++i) object::set(made, text("k" + std::to_string(i)), number(i));
    return arena.keep(made);
  }();
  heap().drain(SIZE_MAX);
  ASSERT_EQ(heap().bytes(), 0u);
  Value changed = list;
  array::set(changed, 100, number(-1));
  array::push(changed, number(-2));
  EXPECT_LT(heap().bytes(), 10 * kVectorNodeBytes);
  EXPECT_EQ(array::at(list, 100).as_number(), 100);
  for (int i = 0; i < 20000; ++i) array::pop(changed);
  expect_sound(changed);
  Value other = map;
  object::set(other, text("k7"), number(-1));
  object::set(other, text("new"), number(-1));
  for (int i = 100; i < 900; ++i) object::remove(other, text("k" + std::to_string(i)));
  expect_sound(other);
  EXPECT_EQ(object::find(map, "k7")->as_number(), 7);
  EXPECT_EQ(object::size(map), 1000u);
  expect_sound(map);
  expect_sound(list);
}

TEST_F(Immortal, IsNeverMarkedByACheck) {
  ImmortalArena arena;
  const Value kept = arena.keep(range_array(100));
  for (int round = 0; round < 2; ++round) {
    std::size_t calls = 0;
    EXPECT_TRUE(array::check_elements(kept, 5, [&](const Value&) { return ++calls != 0; }));
    EXPECT_EQ(calls, 100u);
  }
}

TEST_F(Immortal, FunctionsWithoutCapturesCanBeKept) {
  ImmortalArena arena;
  const Value kept = arena.keep(function::make(&plain_function(), 0));
  EXPECT_FALSE(kept.is_counted());
  EXPECT_TRUE(kept.holds_function());
  EXPECT_EQ(display(kept), "<function: helper>");
}

}  // namespace
}  // namespace relay
