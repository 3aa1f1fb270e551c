#include "value/cycles.h"

#include "value_fixture.h"

namespace relay {
namespace {

using Cycles = ValueTest;

// A closure that captures a variable that holds the closure; gives the closure.
Value make_cycle(Value payload) {
  const Value variable = cell::make(Value(), 1);
  Value closure = function::make(&plain_function(), 2);
  function::block(closure)->captures()[0] = variable;
  function::block(closure)->captures()[1] = cell::make(std::move(payload), 1);
  cell::block(variable)->value = closure;
  return closure;
}

TEST_F(Cycles, ThatNobodyReachesAreFreed) {
  for (int i = 0; i < 100; ++i) (void)make_cycle(range_array(100));
  EXPECT_EQ(heap().cell_count(), 200u);
  EXPECT_EQ(collect_cycles(heap(), {}), 200u);
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().bytes(), 0u);
}

TEST_F(Cycles, ThatARootReachesStayWhole) {
  Value root = object_of({{"list", array_of({number(1), make_cycle(text("alive and well"))})}});
  Value large = range_array(5000);
  array::set(large, 2500, make_cycle(number(5)));
  (void)make_cycle(number(6));
  const Value* roots[] = {&root, &large};
  EXPECT_EQ(collect_cycles(heap(), roots), 2u);
  const Value closure = array::at(*object::find(root, "list"), 1);
  EXPECT_EQ(string::text(cell::block(function::block(closure)->captures()[1])->value), "alive and well");
  EXPECT_FALSE(cell::block(function::block(closure)->captures()[0])->value.is_undefined());
  EXPECT_EQ(collect_cycles(heap(), roots), 0u) << "no mark is left behind";
  root = large = Value();
  EXPECT_GT(collect_cycles(heap(), {}), 0u);
}

TEST_F(Cycles, LongChainsOfClosuresAreWalkedWithoutNativeRecursion) {
  Value chain = Value::nil();
  for (int i = 0; i < 300'000; ++i) chain = closure_over(cell::make(std::move(chain), 1));
  const Value* roots[] = {&chain};
  EXPECT_EQ(collect_cycles(heap(), roots), 0u);
  // Closing the chain to a ring makes it garbage as soon as it is let go.
  Value innermost = chain;
  while (true) {
    Value& content = cell::block(function::block(innermost)->captures()[0])->value;
    if (content.is_nil()) {
      content = chain;
      break;
    }
    innermost = content;
  }
  innermost = chain = Value();
  EXPECT_EQ(heap().cell_count(), 300'000u);
  EXPECT_EQ(collect_cycles(heap(), {}), 300'000u);
}

TEST_F(Cycles, PartsSharedManyTimesAreWalkedOnce) {
  Value value = array_of({make_cycle(number(1))});
  for (int i = 0; i < 200; ++i) value = array_of({value, value});
  const Value* roots[] = {&value};
  EXPECT_EQ(collect_cycles(heap(), roots), 0u);
  value = Value();
  EXPECT_EQ(collect_cycles(heap(), {}), 2u);
}

TEST_F(Cycles, AreWorthACollectionOnceTheCellsHaveDoubled) {
  std::vector<Value> cells;
  const auto grow_to = [&](std::size_t count) {
    while (cells.size() < count) cells.push_back(cell::make(number(1), 1));
  };
  grow_to(Heap::kMinCellsToCollect - 1);
  EXPECT_FALSE(heap().should_collect());
  grow_to(Heap::kMinCellsToCollect);
  EXPECT_TRUE(heap().should_collect());
  CycleCollector collector(heap());
  for (const Value& cell : cells) collector.mark(cell);
  EXPECT_EQ(collector.sweep(), 0u);
  EXPECT_FALSE(heap().should_collect());
  grow_to(2 * Heap::kMinCellsToCollect - 1);
  EXPECT_FALSE(heap().should_collect());
  grow_to(2 * Heap::kMinCellsToCollect);
  EXPECT_TRUE(heap().should_collect());
}

TEST_F(Cycles, CellsThatWaitToBeFreedAreLeftAlone) {
  Value wide = array::make();
  for (int i = 0; i < 10000; ++i) array::push(wide, closure_over(cell::make(number(i), 1)));
  wide = Value();
  ASSERT_TRUE(heap().has_dead());
  (void)collect_cycles(heap(), {});
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().cell_count(), 0u);
}

TEST_F(Cycles, MadeByAMillionMessagesNeedFlatMemory) {
  std::size_t most = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    (void)make_cycle(number(i));
    most = std::max(most, heap().bytes());
    if (heap().should_collect()) collect_cycles(heap(), {});
  }
  EXPECT_LT(most, 1u << 20);
  collect_cycles(heap(), {});
}

}  // namespace
}  // namespace relay
