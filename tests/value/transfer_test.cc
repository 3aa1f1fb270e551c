#include "value/transfer.h"

#include <thread>

#include "tree_check.h"
#include "value/boxed.h"
#include "value/immortal.h"
#include "value/struct.h"
#include "value_fixture.h"

namespace relay {
namespace {

using Transfer = ValueTest;

// Everything a value can be made of, functions excepted.
Value mixed_value(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Value> pool = {number(1), text("a text"), Value::nil(), datetime::make(7), server::make(text("log"))};
  const auto pick = [&] { return pool[random() % pool.size()]; };
  for (int i = 0; i < 60; ++i) {
    if (random() % 2 == 0) {
      Value made = array::make();
      for (std::size_t n = random() % 90; n > 0; --n) array::push(made, pick());
      pool.push_back(made);
    } else {
      Value made = object::make();
      for (std::size_t n = random() % 40; n > 0; --n) object::set(made, text("k" + std::to_string(random() % 60)), pick());
      pool.push_back(made);
    }
    if (pool.size() > 12) pool.erase(pool.begin() + static_cast<std::ptrdiff_t>(random() % 8));
  }
  return array_of({pick(), pick(), pick()});
}

TEST_F(Transfer, MovesAUniqueValueWithoutCopyingABlock) {
  Value value = range_array(5000);
  const Block* block = value.block();
  const Value* place = &array::at(value, 1000);
  const std::size_t bytes = heap().bytes();
  Result<Parcel> parcel = pack(std::move(value));
  ASSERT_TRUE(parcel);
  EXPECT_EQ(parcel->bytes(), bytes);
  EXPECT_EQ(heap().bytes(), 0u);
  Heap receiver;
  HeapScope scope(receiver);
  const Value opened = std::move(*parcel).open();
  EXPECT_EQ(receiver.bytes(), bytes);
  EXPECT_EQ(opened.block(), block);
  EXPECT_EQ(&array::at(opened, 1000), place);
}

TEST_F(Transfer, CopiesWhatTheSenderStillHolds) {
  const Value kept = range_array(100);
  const Value value = array_of({kept, number(1)});
  Result<Parcel> parcel = pack(value);
  ASSERT_TRUE(parcel);
  Heap receiver;
  HeapScope scope(receiver);
  Value opened = std::move(*parcel).open();
  EXPECT_TRUE(equal(opened, value));
  EXPECT_NE(array::at(opened, 0).block(), kept.block());
  EXPECT_TRUE(array::at(opened, 0).is_unique());
}

TEST_F(Transfer, CopiesABlockThatIsSharedInsideOnce) {
  Value shared = range_array(1000);
  const std::size_t one = heap().bytes();
  std::vector<Value> many(50, shared);
  shared = Value();
  Value value = array::make(many);
  Result<Parcel> parcel = pack(std::move(value));
  ASSERT_TRUE(parcel);
  EXPECT_LT(parcel->bytes(), 2 * one);
  EXPECT_TRUE(array::at(parcel->value(), 0).is_same(array::at(parcel->value(), 49)));
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().bytes(), 0u) << "the sender keeps nothing";
}

TEST_F(Transfer, MovesTheOwnNodesOfAValueAndCopiesTheSharedOnes) {
  const Value old = range_array(40000);
  const std::size_t before = heap().bytes();
  Value changed = old;
  array::set(changed, 5, number(-1));
  const Value* place = &array::at(changed, 5);
  const Value* shared_place = &array::at(changed, 20000);
  Result<Parcel> parcel = pack(std::move(changed));
  ASSERT_TRUE(parcel);
  EXPECT_EQ(heap().bytes(), before);
  EXPECT_EQ(&array::at(parcel->value(), 5), place);
  EXPECT_NE(&array::at(parcel->value(), 20000), shared_place);
  EXPECT_EQ(array::at(old, 5).as_number(), 5);
  expect_sound(parcel->value());
}

TEST_F(Transfer, GivesAnEqualValueForAnyMixture) {
  for (unsigned seed = 0; seed < 15; ++seed) {
    SCOPED_TRACE(seed);
    const Value model = mixed_value(seed);
    Value value = mixed_value(seed);
    Result<Parcel> parcel = pack(std::move(value));
    ASSERT_TRUE(parcel);
    Parcel copied = copy_out(model);
    Heap receiver;
    {
      HeapScope scope(receiver);
      const Value opened = std::move(*parcel).open();
      const Value copy = std::move(copied).open();
      EXPECT_TRUE(equal(opened, model));
      EXPECT_TRUE(equal(copy, model));
      expect_sound(opened);
      expect_sound(copy);
    }
    receiver.drain(SIZE_MAX);
    EXPECT_EQ(receiver.bytes(), 0u);
  }
}

TEST_F(Transfer, CopyOutLeavesTheOriginalUntouched) {
  const Value value = mixed_value(3);
  const std::size_t bytes = heap().bytes();
  const std::uint32_t refs = value.block()->refs;
  {
    const Parcel parcel = copy_out(value);
    EXPECT_EQ(heap().bytes(), bytes);
    EXPECT_TRUE(equal(parcel.value(), value));
    EXPECT_NE(parcel.value().block(), value.block());
  }
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().bytes(), bytes);
  EXPECT_EQ(value.block()->refs, refs);
}

TEST_F(Transfer, ACopiedStringLeavesItsSpareRoomBehind) {
  Value value = text("start");
  string::append(value, std::string(5000, 'x'));
  string::append(value, "y");
  ASSERT_GT(string::block(value)->capacity, 9000u);
  Parcel parcel = copy_out(value);
  EXPECT_LT(parcel.bytes(), 5100u);
  Value copy = std::move(parcel).open();
  EXPECT_TRUE(equal(copy, value));
  string::append(copy, "more");
  EXPECT_EQ(string::size(copy), 5010u);
}

TEST_F(Transfer, OfImmediateAndImmortalValuesCostsNothing) {
  ImmortalArena arena;
  const Value constant = arena.keep(range_array(10));
  for (const Value& value : {number(1), Value::nil(), Value(), text("a"), constant}) {
    Result<Parcel> parcel = pack(value);
    ASSERT_TRUE(parcel);
    EXPECT_EQ(parcel->bytes(), 0u);
    EXPECT_TRUE(std::move(*parcel).open().is_same(value));
  }
}

TEST_F(Transfer, AParcelDroppedUnopenedFreesItsValue) {
  Value value = array_of({range_array(5000), closure_over(cell::make(number(1), 1))});
  { const Result<Parcel> parcel = pack(std::move(value)); }
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().bytes(), 0u);
  EXPECT_EQ(heap().cell_count(), 0u);
}

TEST_F(Transfer, ParcelsCanBeMovedAndAssigned) {
  Parcel first = copy_out(range_array(100));
  Parcel second = copy_out(range_array(50));
  first = std::move(second);
  EXPECT_EQ(second.bytes(), 0u);
  EXPECT_EQ(array::size(first.value()), 50u);
  Parcel third(std::move(first));
  EXPECT_EQ(array::size(third.value()), 50u);
}

TEST_F(Transfer, SealTakesAValueBuiltUnderAScratchHeapWithoutAWalk) {
  Parcel parcel;
  {
    Heap scratch;
    HeapScope scope(scratch);
    Value value = object_of({{"list", range_array(100)}, {"f", closure_over(cell::make(number(1), 5))}});
    const std::size_t bytes = scratch.bytes();
    parcel = seal(scratch, std::move(value));
    EXPECT_EQ(parcel.bytes(), bytes);
    EXPECT_EQ(scratch.bytes(), 0u);
    EXPECT_EQ(scratch.cell_count(), 0u);
  }
  const Value opened = std::move(parcel).open();
  EXPECT_EQ(heap().cell_count(), 1u);
  EXPECT_EQ(display(opened).substr(0, 10), "{list: [0,");
}

TEST_F(Transfer, CellsOfClosuresChangeTheirOwner) {
  Value moved = closure_over(cell::make(number(1), 5));
  const CellBlock* moved_cell = cell::block(function::block(moved)->captures()[0]);
  const Value kept_cell = cell::make(number(2), 5);
  Value value = array_of({std::move(moved), closure_over(kept_cell), closure_over(kept_cell)});
  EXPECT_EQ(heap().cell_count(), 2u);
  Result<Parcel> parcel = pack(std::move(value));
  ASSERT_TRUE(parcel);
  EXPECT_EQ(heap().cell_count(), 1u) << "the sender keeps the one that it still holds";
  Heap receiver;
  {
    HeapScope scope(receiver);
    const Value opened = std::move(*parcel).open();
    EXPECT_EQ(receiver.cell_count(), 2u);
    const auto captured = [&](std::size_t i) {
      return cell::block(function::block(array::at(opened, i))->captures()[0]);
    };
    EXPECT_EQ(captured(0), moved_cell);
    EXPECT_EQ(captured(1), captured(2)) << "closures that share a variable still do";
    EXPECT_NE(captured(1), cell::block(kept_cell));
    EXPECT_EQ(captured(1)->value.as_number(), 2);
    EXPECT_EQ(captured(1)->message, 0u) << "older than any message of the receiver";
    EXPECT_EQ(captured(0)->message, 0u);
  }
  EXPECT_EQ(receiver.cell_count(), 0u);
}

TEST_F(Transfer, CopiesAClosureThatCapturesItself) {
  {
    const Value variable = cell::make(Value(), 1);
    const Value recursive = closure_over(variable);
    cell::block(variable)->value = recursive;
    Heap receiver;
    {
      Result<Parcel> parcel = pack(recursive);
      ASSERT_TRUE(parcel);
      HeapScope scope(receiver);
      const Value opened = std::move(*parcel).open();
      EXPECT_NE(opened.block(), recursive.block());
      const CellBlock* copy = cell::block(function::block(opened)->captures()[0]);
      EXPECT_EQ(copy->value.block(), opened.block());
    }
    cell::block(variable)->value = Value();
  }
}

TEST_F(Transfer, RefusesAFunctionThatIsBoundToItsServer) {
  FunctionInfo bound{text("uses_state"), true};
  {
    const Value function = function::make(&bound, 0);
    const Value inside = array_of({number(1), object_of({{"f", function}})});
    const Value captured = closure_over(cell::make(inside, 1));
    ImmortalArena arena;
    const Value constant = array_of({arena.keep(function)});
    for (const Value& value : {function, inside, captured, constant}) {
      const Result<Parcel> parcel = pack(value);
      ASSERT_FALSE(parcel);
      EXPECT_EQ(parcel.error().code, Errc::kRuntime);
      EXPECT_EQ(parcel.error().detail, "a function that uses the state of its server cannot leave it");
    }
    EXPECT_EQ(display(inside), "[1, {f: <function: uses_state>}]") << "nothing has been changed";
  }
  bound.name = Value();
}

TEST_F(Transfer, OfAValueAMillionDeepNeedsNoNativeStack) {
  Value deep = nested_array(1'000'000, number(1));
  const std::size_t bytes = heap().bytes();
  Parcel copied = copy_out(deep);
  EXPECT_EQ(heap().bytes(), bytes);
  Result<Parcel> parcel = pack(std::move(deep));
  ASSERT_TRUE(parcel);
  EXPECT_EQ(parcel->bytes(), bytes);
  EXPECT_TRUE(equal(parcel->value(), copied.value()));
}

TEST_F(Transfer, OfPartsSharedManyTimesTakesTimeByTheirBlocks) {
  Value value = array_of({number(1)});
  for (int i = 0; i < 200; ++i) value = array_of({value, value});
  const Value held = value;
  Result<Parcel> parcel = pack(std::move(value));
  ASSERT_TRUE(parcel);
  EXPECT_LT(parcel->bytes(), 100000u);
  EXPECT_TRUE(equal(parcel->value(), held));
}

TEST_F(Transfer, CarriesValuesBetweenThreads) {
  Parcel parcel = copy_out(mixed_value(5));
  for (int hop = 0; hop < 20; ++hop) {
    std::thread([&parcel] {
      Heap own;
      {
        HeapScope scope(own);
        Value value = std::move(parcel).open();
        array::push(value, range_array(50));
        Result<Parcel> packed = pack(std::move(value));
        ASSERT_TRUE(packed);
        parcel = std::move(*packed);
      }
      own.drain(SIZE_MAX);
      EXPECT_EQ(own.bytes(), 0u);
    }).join();
  }
  EXPECT_EQ(array::size(parcel.value()), 23u);
}

TEST_F(Transfer, SeveralThreadsCopyOutOfOneFrozenValue) {
  const Parcel frozen = copy_out(array_of({mixed_value(6), text("a text whose hash is not computed yet")}));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&frozen] {
      for (int round = 0; round < 20; ++round) {
        const Value copy = copy_out(frozen.value()).open();
        EXPECT_TRUE(equal(copy, copy_out(copy).value()));
        (void)string::hash(array::at(copy, 1));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(Transfer, ThreadsReadImmortalValuesAtTheSameTime) {
  ImmortalArena arena;
  Value built = mixed_value(8);
  const Value constant = arena.keep(array_of({built, text("some key"), object_of({{"some key", number(1)}})}));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&constant] {
      Value mine = array_of({constant, constant});
      for (int round = 0; round < 50; ++round) {
        Value changed = constant;
        array::set(changed, 0, number(round));
        array::push(mine, changed);
        EXPECT_EQ(object::find(array::at(constant, 2), array::at(constant, 1))->as_number(), 1);
        EXPECT_EQ(string::code_points(array::at(constant, 1)), 8u);
        EXPECT_EQ(hash_value(constant), hash_value(array::at(mine, 0)));
        EXPECT_TRUE(array::check_elements(constant, 3, [](const Value&) { return true; }));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace relay
