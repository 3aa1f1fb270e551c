#include "value/heap.h"

#include "value/boxed.h"
#include "value/immortal.h"
#include "value/struct.h"
#include "value_fixture.h"

namespace relay {
namespace {

using HeapAccount = ValueTest;

TEST_F(HeapAccount, CountsTheBytesOfEveryKindOfBlock) {
  const StructType type{text("Point"), {text("x"), text("y")}};
  std::vector<Value> fields = {number(1), number(2)};
  const std::size_t before = heap().bytes();
  const std::vector<Value> values = {
      text("a text that needs a block"), datetime::make(1),      server::make(text("counter")),
      structure::make(&type, fields),    cell::make(Value(), 1), function::make(&plain_function(), 3),
      range_array(3),                    object_of({{"key", number(1)}})};
  std::size_t sum = 0;
  for (const Value& value : values) sum += block_bytes(value.block());
  sum += block_bytes(server::name(values[2]).block());
  sum += block_bytes(object::keys_of(values[7]));
  sum += block_bytes(object::entry(values[7], 0).key->block());
  EXPECT_EQ(heap().bytes() - before, sum);
}

TEST_F(HeapAccount, OfTheInnerScopeIsChargedAndTheOuterComesBack) {
  Heap inner;
  {
    HeapScope scope(inner);
    EXPECT_EQ(&current_heap(), &inner);
    const Value value = range_array(100);
    EXPECT_GT(inner.bytes(), 800u);
    EXPECT_EQ(heap().bytes(), 0u);
  }
  EXPECT_EQ(&current_heap(), &heap());
  EXPECT_EQ(inner.bytes(), 0u);
}

TEST_F(HeapAccount, KnowsWhenItsLimitIsPassed) {
  Heap small(1000);
  HeapScope scope(small);
  const Value few = range_array(4);
  EXPECT_FALSE(small.is_over_limit());
  const Value many = range_array(1000);
  EXPECT_TRUE(small.is_over_limit());
}

TEST_F(HeapAccount, ALargeValueDiesInSlices) {
  Value wide = array::make();
  for (int i = 0; i < 10000; ++i) array::push(wide, array_of({number(i)}));
  const std::size_t full = heap().bytes();
  wide = Value();
  EXPECT_TRUE(heap().has_dead());
  EXPECT_GT(heap().bytes(), full / 2) << "one drop frees a part only";
  EXPECT_FALSE(heap().drain(100));
  const std::size_t before = heap().bytes();
  { const Value other = array_of({number(1)}); }
  EXPECT_LT(heap().bytes(), before) << "a later drop goes on";
  EXPECT_TRUE(heap().drain(SIZE_MAX));
  EXPECT_EQ(heap().bytes(), 0u);
}

TEST_F(HeapAccount, NoDropFreesMoreThanItsShareOfADeepValue) {
  Value deep = nested_array(100'000, number(1));
  const std::size_t full = heap().bytes();
  deep = Value();
  const std::size_t freed = full - heap().bytes();
  EXPECT_LE(freed, (Heap::kBlocksPerDrop + 1) * (full / 100'000));
  while (!heap().drain(1000)) {
  }
  EXPECT_EQ(heap().bytes(), 0u);
}

TEST_F(HeapAccount, AThreadHasAHeapOfItsOwnOutsideAnyScope) {
  const Heap* outer = nullptr;
  {
    Heap probe;
    HeapScope scope(probe);
    outer = &current_heap();
  }
  EXPECT_NE(outer, &current_heap());
}

TEST_F(HeapAccount, AHeapFreesTheClosureCyclesThatNobodyReaches) {
  Heap own;
  {
    HeapScope scope(own);
    for (int i = 0; i < 100; ++i) {
      const Value variable = cell::make(Value(), 1);
      cell::block(variable)->value = closure_over(variable);
    }
    EXPECT_EQ(own.cell_count(), 100u);
    EXPECT_GT(own.bytes(), 0u);
  }
  // The destructor of a heap checks that nothing is left.
}

TEST_F(HeapAccount, BlocksMayBeFreedInAnyOrderAndTheirMemoryIsUsedAgain) {
  std::mt19937 random(1);
  std::vector<Value> kept(200);
  for (int i = 0; i < 20000; ++i) {
    Value& place = kept[random() % kept.size()];
    switch (random() % 4) {
      case 0: place = text(std::string(random() % 700, 'x')); break;
      case 1: place = range_array(random() % 80); break;
      case 2: place = object_of({{"a", place}}); break;
      default: place = Value(); break;
    }
  }
}

}  // namespace
}  // namespace relay
