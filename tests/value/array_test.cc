#include "value/array.h"

#include "tree_check.h"
#include "value_fixture.h"

namespace relay {
namespace {

using Array = ValueTest;
using Model = std::vector<double>;

void expect_like(const Value& value, const Model& model) {
  ASSERT_EQ(array::size(value), model.size());
  std::size_t at = 0;
  while (at < model.size()) {
    const std::span<const Value> run = array::run_at(value, at);
    ASSERT_FALSE(run.empty());
    for (const Value& element : run) {
      ASSERT_EQ(element.as_number(), model[at]) << "at " << at;
      ASSERT_TRUE(array::at(value, at).is_same(element));
      ++at;
    }
  }
  EXPECT_TRUE(array::run_at(value, model.size()).empty());
}

// A value and its model, and older versions of both, which must never change.
class History {
 public:
  explicit History(unsigned seed) : random_(seed) {}

  void run(std::size_t steps, std::size_t usual_size) {
    for (std::size_t i = 0; i < steps; ++i) {
      step(usual_size);
      if (pick(50) == 0) keep();
      if (pick(40) == 0 && !versions_.empty()) go_back();
    }
    expect_sound(value_);
    expect_like(value_, model_);
    for (const auto& [value, model] : versions_) expect_like(value, model);
  }

 private:
  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
  void keep() {
    expect_sound(value_);
    versions_.emplace_back(value_, model_);
  }
  void go_back() {
    const auto& version = versions_[pick(versions_.size())];
    value_ = version.first;
    model_ = version.second;
  }
  void step(std::size_t usual_size) {
    const double element = static_cast<double>(next_++);
    const bool shrinks = model_.size() > usual_size && pick(2) == 0;
    if (shrinks) return shrink();
    switch (pick(6)) {
      case 0:
      case 1:
        array::push(value_, number(element));
        model_.push_back(element);
        return;
      case 2: return change(element);
      case 3: return pop();
      case 4: return append(pick(usual_size / 4 + 2));
      default: return slice();
    }
  }
  void change(double element) {
    if (model_.empty()) return;
    const std::size_t at = pick(model_.size());
    array::set(value_, at, number(element));
    model_[at] = element;
  }
  void pop() {
    if (model_.empty()) return;
    ASSERT_EQ(array::pop(value_).as_number(), model_.back());
    model_.pop_back();
  }
  void append(std::size_t count) {
    Value tail = array::make();
    for (std::size_t i = 0; i < count; ++i) {
      model_.push_back(static_cast<double>(i));
      array::push(tail, number(static_cast<double>(i)));
    }
    array::append(value_, tail);
  }
  void shrink() {
    const std::size_t count = pick(model_.size() + 1);
    array::truncate(value_, count);
    model_.resize(count);
  }
  void slice() {
    const std::size_t from = pick(model_.size() / 8 + 1);
    const std::size_t to = model_.size() - pick(model_.size() / 8 + 1);
    value_ = array::slice(value_, from, to);
    model_ = from < to ? Model(model_.begin() + static_cast<std::ptrdiff_t>(from),
                               model_.begin() + static_cast<std::ptrdiff_t>(to))
                       : Model();
  }

  std::mt19937 random_;
  std::size_t next_ = 0;
  Value value_ = array::make();
  Model model_;
  std::vector<std::pair<Value, Model>> versions_;
};

TEST_F(Array, BehavesLikeAVectorThroughRandomHistoriesOfSmallSizes) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    History(seed).run(400, 40);
  }
}

TEST_F(Array, BehavesLikeAVectorThroughRandomHistoriesOfLargeSizes) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    History(seed).run(600, 3000);
  }
}

// What a change of a shared array may take at `index`: one path, and the narrow leaves made from a wide one.
std::size_t one_path(const Value& array, std::size_t index) {
  const bool is_wide = array::run_at(array, index - index % kWideWidth).size() == kWideWidth;
  return (is_wide ? 6 + kVectorWidth : 6) * kVectorNodeBytes;
}

TEST_F(Array, GrowsAndShrinksThroughEveryHeightOfItsTree) {
  constexpr std::size_t kCount = 32 * 32 * 32 + 32 * 32 + 33;
  Value value = range_array(kCount);
  expect_sound(value);
  for (std::size_t i = 0; i < kCount; ++i) ASSERT_EQ(array::at(value, i).as_number(), static_cast<double>(i));
  for (std::size_t left = kCount; left > 0; --left) {
    ASSERT_EQ(array::pop(value).as_number(), static_cast<double>(left - 1));
    if (left % 1024 < 3) expect_sound(value);
  }
  EXPECT_EQ(array::size(value), 0u);
  array::push(value, number(7));
  EXPECT_EQ(display(value), "[7]");
}

TEST_F(Array, IsCutAtAnyLengthWithoutTouchingItsOldVersion) {
  constexpr std::size_t old_end = 39999;
  const Value old = range_array(old_end + 1);
  for (const std::size_t count : {0u, 1u, 31u, 32u, 33u, 64u, 1023u, 1024u, 1025u, 1056u, 1057u, 32768u, 32800u, 32801u,
                                  39999u, 40000u}) {
    SCOPED_TRACE(count);
    const std::size_t before = heap().bytes();
    Value cut = old;
    array::truncate(cut, count);
    EXPECT_LT(heap().bytes() - before, one_path(old, count == 0 ? old_end : count - 1));
    ASSERT_EQ(array::size(cut), count);
    expect_sound(cut);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(array::at(cut, i).as_number(), static_cast<double>(i));
    array::push(cut, number(-1));
    EXPECT_EQ(array::at(cut, count).as_number(), -1);
    expect_sound(cut);
    Value own = range_array(40000);  // the same in place
    array::truncate(own, count);
    expect_sound(own);
    ASSERT_EQ(array::size(own), count);
  }
  expect_sound(old);
  for (std::size_t i = 0; i < 40000; ++i) ASSERT_EQ(array::at(old, i).as_number(), static_cast<double>(i));
}

TEST_F(Array, KeepsOldVersionsWhenNewOnesAreMadeFromThem) {
  const Value old = range_array(2000);
  Value changed = old;
  array::set(changed, 0, number(-1));
  array::set(changed, 1999, number(-2));
  array::push(changed, number(-3));
  Value shorter = old;
  array::pop(shorter);
  EXPECT_EQ(array::at(old, 0).as_number(), 0);
  EXPECT_EQ(array::at(old, 1999).as_number(), 1999);
  EXPECT_EQ(array::size(old), 2000u);
  EXPECT_EQ(array::at(changed, 0).as_number(), -1);
  EXPECT_EQ(array::size(changed), 2001u);
  EXPECT_EQ(array::size(shorter), 1999u);
}

TEST_F(Array, ChangesInPlaceWhenNobodyElseHoldsIt) {
  Value value = range_array(5000);
  const Block* block = value.block();
  const Value* place = &array::at(value, 1234);
  const std::size_t bytes = heap().bytes();
  array::set(value, 1234, number(-1));
  EXPECT_EQ(value.block(), block);
  EXPECT_EQ(&array::at(value, 1234), place);
  EXPECT_EQ(heap().bytes(), bytes);
}

TEST_F(Array, SharesAllButOnePathWithItsOldVersion) {
  const Value old = range_array(100000);
  const std::size_t before = heap().bytes();
  Value changed = old;
  array::set(changed, 50000, number(-1));
  const std::size_t first = heap().bytes() - before;
  EXPECT_LT(first, one_path(old, 50000));
  EXPECT_EQ(&array::at(old, 10), &array::at(changed, 10));
  array::set(changed, 50001, number(-1));
  EXPECT_EQ(heap().bytes() - before, first) << "the second change on the same path is in place";
}

TEST_F(Array, PushesToASharedVersionInLogarithmicSpace) {
  const Value old = range_array(100000);
  const std::size_t before = heap().bytes();
  Value longer = old;
  array::push(longer, number(1));
  EXPECT_LT(heap().bytes() - before, 6 * kVectorNodeBytes);
}

TEST_F(Array, KeepsWhatIsFarApartInOneLeafUntilItIsShared) {
  Value value = range_array(10000);
  EXPECT_EQ(array::run_at(value, 4096).size(), kWideWidth);
  array::set(value, 5000, number(-1));
  EXPECT_EQ(array::run_at(value, 4096).size(), kWideWidth);
  const Value old = value;
  array::set(value, 5000, number(-2));
  EXPECT_EQ(array::run_at(value, 4096).size(), kVectorWidth);
  EXPECT_EQ(array::run_at(old, 4096).size(), kWideWidth);
  EXPECT_EQ(array::at(old, 5000).as_number(), -1);
  EXPECT_EQ(array::at(value, 5000).as_number(), -2);
  const std::size_t before = heap().bytes();
  array::set(value, 5010, closure_over(number(1)));
  array::set(value, 4097, number(-3));
  EXPECT_LT(heap().bytes() - before, 6 * kVectorNodeBytes) << "from now on only what changes is copied";
  for (std::size_t i = 0; i < 10000; ++i) {
    ASSERT_EQ(array::at(old, i).as_number(), i == 5000 ? -1 : static_cast<double>(i));
  }
  expect_sound(old);
  expect_sound(value);
}

TEST_F(Array, SpendsUnitsOfTheBudgetWhereASharedChangeMovesAWholeStretch) {
  const Value old = range_array(10000);
  Value value = old;
  std::int64_t budget = 0;
  heap().set_budget(&budget);
  array::set(value, 5000, number(-1));
  EXPECT_EQ(budget, -static_cast<std::int64_t>(kWideWidth / 8));
  array::set(value, 5001, number(-1));
  EXPECT_EQ(budget, -static_cast<std::int64_t>(kWideWidth / 8)) << "the stretch is narrow now";
  array::set(value, 9999, number(-1));
  EXPECT_EQ(budget, -static_cast<std::int64_t>(kWideWidth / 8)) << "no wide leaf holds the last ones";
  heap().set_budget(nullptr);
  array::set(value, 6500, number(-1));
  EXPECT_EQ(budget, -static_cast<std::int64_t>(kWideWidth / 8));
}

TEST_F(Array, GrowsAndShrinksAroundOneSizeWithoutMovingMuch) {
  Value value = range_array(4096 + kVectorWidth);
  for (int round = 0; round < 3; ++round) {
    array::push(value, number(1));
    const Value* before = &array::at(value, 4095);
    array::pop(value);
    array::push(value, number(2));
    EXPECT_EQ(&array::at(value, 4095), before);
    array::pop(value);
  }
  expect_sound(value);
}

TEST_F(Array, OfFewElementsIsOneBlock) {
  std::vector<Value> elements;
  for (int i = 0; i < 32; ++i) elements.push_back(number(i));
  const Value value = array::make(elements);
  EXPECT_EQ(heap().bytes(), sizeof(ArrayBlock) + 32 * sizeof(Value));
  EXPECT_TRUE(elements[0].is_undefined()) << "make takes the elements";
  EXPECT_EQ(array::run_at(value, 0).size(), 32u);
}

TEST_F(Array, IsMadeOfManyElementsAtOnce) {
  std::vector<Value> elements;
  for (int i = 0; i < 5000; ++i) elements.push_back(text(std::to_string(i)));
  const Value value = array::make(elements);
  expect_sound(value);
  ASSERT_EQ(array::size(value), 5000u);
  EXPECT_EQ(string::text(array::at(value, 4321)), "4321");
}

TEST_F(Array, CanBeAppendedToItself) {
  Value value = range_array(100);
  array::append(value, value);
  ASSERT_EQ(array::size(value), 200u);
  EXPECT_EQ(array::at(value, 150).as_number(), 50);
  Value few = range_array(10);
  array::append(few, few);
  EXPECT_EQ(array::at(few, 19).as_number(), 9);
}

TEST_F(Array, CanBePushedIntoItself) {
  Value value = range_array(3);
  array::push(value, value);
  EXPECT_EQ(display(value), "[0, 1, 2, [0, 1, 2]]");
}

TEST_F(Array, EmptyOnesShareOneImmortalBlock) {
  const Value value = array::make();
  EXPECT_FALSE(value.is_counted());
  EXPECT_EQ(heap().bytes(), 0u);
  EXPECT_FALSE(value.truthy());
}

TEST_F(Array, FlagsEveryBlockOnThePathToAFunction) {
  Value value = range_array(40000);
  EXPECT_FALSE(value.holds_function());
  array::set(value, 12345, closure_over(number(1)));
  EXPECT_TRUE(value.holds_function());
  expect_sound(value);
  array::push(value, closure_over(number(2)));
  for (int i = 0; i < 100; ++i) array::push(value, number(0));
  expect_sound(value);
  Value few = array_of({number(1)});
  array::push(few, closure_over(number(1)));
  EXPECT_TRUE(few.holds_function());
  Value outer = array_of({few});
  EXPECT_TRUE(outer.holds_function());
  expect_sound(outer);
}

TEST_F(Array, FlagsAPathThatItCopies) {
  const Value old = range_array(40000);
  Value changed = old;
  array::set(changed, 7, closure_over(number(1)));
  expect_sound(changed);
  EXPECT_FALSE(old.holds_function());
}

// Counts how many elements a check looks at.
struct Counting {
  std::size_t calls = 0;
  bool operator()(const Value& element) {
    ++calls;
    return element.is_number();
  }
};

TEST_F(Array, IsNotCheckedTwiceForTheSameType) {
  for (const std::size_t size : {5u, 40u, 5000u}) {
    Value value = range_array(size);
    Counting first;
    EXPECT_TRUE(array::check_elements(value, 7, first));
    EXPECT_EQ(first.calls, size);
    Counting second;
    EXPECT_TRUE(array::check_elements(value, 7, second));
    EXPECT_EQ(second.calls, 0u);
    EXPECT_EQ(array::checked_type(value), 7u);
    Counting other;
    EXPECT_TRUE(array::check_elements(value, 8, other)) << "another type is another question";
    EXPECT_EQ(other.calls, size);
  }
}

TEST_F(Array, IsCheckedOnlyWhereItHasChanged) {
  Value value = range_array(100000);
  Counting ignored;
  ASSERT_TRUE(array::check_elements(value, 7, ignored));
  const auto calls_after = [&](auto&& change) {
    change(value);
    Counting counting;
    EXPECT_TRUE(array::check_elements(value, 7, counting));
    return counting.calls;
  };
  EXPECT_LE(calls_after([](Value& a) { array::push(a, number(1)); }), 32u);
  EXPECT_LE(calls_after([](Value& a) { array::set(a, 500, number(1)); }), 32u);
  EXPECT_LE(calls_after([](Value& a) { array::pop(a); }), 32u);
  const Value held = value;  // now the changes copy paths
  EXPECT_LE(calls_after([](Value& a) { array::set(a, 70000, number(1)); }), 32u);
  EXPECT_LE(calls_after([](Value& a) { array::push(a, number(1)); }), 32u);
}

TEST_F(Array, IsNeverMarkedByACheckThatFails) {
  Value value = range_array(1000);
  array::set(value, 999, text("no number"));
  Counting counting;
  EXPECT_FALSE(array::check_elements(value, 7, counting));
  EXPECT_EQ(array::checked_type(value), 0u);
  array::set(value, 999, number(1));
  Counting again;
  EXPECT_TRUE(array::check_elements(value, 7, again));
  EXPECT_LE(again.calls, 64u);
}

TEST_F(Array, ForgetsItsMarkWhenAWrongElementComes) {
  for (const std::size_t size : {5u, 5000u}) {
    Value value = range_array(size);
    ASSERT_TRUE(array::check_elements(value, 7, Counting()));
    array::set(value, size / 2, text("no number"));
    EXPECT_FALSE(array::check_elements(value, 7, Counting()));
    Value other = range_array(size);
    ASSERT_TRUE(array::check_elements(other, 7, Counting()));
    array::append_run(other, array::run_at(array_of({text("x")}), 0));
    EXPECT_FALSE(array::check_elements(other, 7, Counting()));
  }
}

TEST_F(Array, AMillionDeepIsFreedWithoutNativeRecursion) {
  { const Value deep = nested_array(1'000'000, number(1)); }
  heap().drain(SIZE_MAX);
  EXPECT_EQ(heap().bytes(), 0u);
}

}  // namespace
}  // namespace relay
