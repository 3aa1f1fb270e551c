#include "value/equal.h"

#include <cmath>

#include "value/boxed.h"
#include "value/struct.h"
#include "value_fixture.h"

namespace relay {
namespace {

using Equality = ValueTest;

// Equal both ways, with equal hashes; or neither way.
void expect_equal(const Value& a, const Value& b) {
  EXPECT_TRUE(equal(a, b)) << display(a) << " and " << display(b);
  EXPECT_TRUE(equal(b, a));
  EXPECT_EQ(hash_value(a), hash_value(b));
}
void expect_unequal(const Value& a, const Value& b) {
  EXPECT_FALSE(equal(a, b)) << display(a) << " and " << display(b);
  EXPECT_FALSE(equal(b, a));
}

TEST_F(Equality, IsByValue) {
  expect_equal(number(1), number(1));
  expect_equal(number(0), number(-0.0));
  expect_equal(text("a longer text"), text("a longer text"));
  expect_equal(Value::nil(), Value::nil());
  expect_equal(datetime::make(5), datetime::make(5));
  expect_equal(server::make(text("counter")), server::make(text("counter")));
  expect_equal(range_array(100), range_array(100));
  expect_unequal(number(1), number(2));
  expect_unequal(text("abc"), text("abd"));
  expect_unequal(datetime::make(5), datetime::make(6));
  expect_unequal(range_array(100), range_array(101));
}

TEST_F(Equality, NeverHoldsBetweenDifferentTypes) {
  const std::vector<Value> values = {Value::nil(),      Value(false),        number(0),
                                     text("0"),         array::make(),       object::make(),
                                     datetime::make(0), server::make(text("0")), closure_over(number(0))};
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) EXPECT_EQ(equal(values[i], values[j]), i == j) << i << " " << j;
  }
}

TEST_F(Equality, OfObjectsDisregardsTheOrderOfKeys) {
  expect_equal(object_of({{"a", number(1)}, {"b", number(2)}}), object_of({{"b", number(2)}, {"a", number(1)}}));
  expect_unequal(object_of({{"a", number(1)}}), object_of({{"a", number(2)}}));
  expect_unequal(object_of({{"a", number(1)}}), object_of({{"b", number(1)}}));
  expect_unequal(object_of({{"a", number(1)}}), object_of({{"a", number(1)}, {"b", number(1)}}));
  Value forwards = object::make();
  Value backwards = object::make();
  for (int i = 0; i < 100; ++i) {
    object::set(forwards, text("k" + std::to_string(i)), range_array(3));
    object::set(backwards, text("k" + std::to_string(99 - i)), range_array(3));
  }
  expect_equal(forwards, backwards);
  object::set(backwards, text("k50"), range_array(4));
  expect_unequal(forwards, backwards);
}

TEST_F(Equality, OfNaNHoldsInsideCollectionsOnly) {
  const Value nan = number(std::nan(""));
  expect_unequal(nan, nan);
  expect_equal(array_of({nan}), array_of({nan}));
  expect_equal(object_of({{"a", nan}}), object_of({{"a", nan}}));
}

TEST_F(Equality, OfFunctionsIsIdentity) {
  const Value function = closure_over(number(1));
  expect_equal(function, function);
  expect_unequal(function, closure_over(number(1)));
  expect_equal(array_of({function}), array_of({function}));
}

TEST_F(Equality, OfStructsWantsTheSameType) {
  const StructType point{text("Point"), {text("x")}};
  const StructType other{text("Other"), {text("x")}};
  std::vector<Value> one = {number(1)}, same = {number(1)}, two = {number(2)}, foreign = {number(1)};
  const Value value = structure::make(&point, one);
  expect_equal(value, structure::make(&point, same));
  expect_unequal(value, structure::make(&point, two));
  expect_unequal(value, structure::make(&other, foreign));
  expect_unequal(value, object_of({{"x", number(1)}}));
}

TEST_F(Equality, LooksInsideNestedContainersOfAllKinds) {
  const auto make = [](double last) {
    Value inner = object_of({{"list", array_of({number(1), array_of({number(last)})})}, {"after", text("x")}});
    return array_of({number(0), inner, range_array(50), text("end")});
  };
  expect_equal(make(5), make(5));
  expect_unequal(make(5), make(6));
}

TEST_F(Equality, OfValuesAMillionDeepNeedsNoNativeStack) {
  const Value a = nested_array(1'000'000, number(1));
  const Value b = nested_array(1'000'000, number(1));
  const Value c = nested_array(1'000'000, number(2));
  EXPECT_TRUE(equal(a, b));
  EXPECT_FALSE(equal(a, c));
  EXPECT_EQ(hash_value(a), hash_value(b));
}

TEST_F(Equality, IsFoundInStepsOfAnySize) {
  const auto make = [](double last) {
    Value value = object_of({{"rows", array_of({range_array(200), object_of({{"x", number(last)}})})}});
    for (int i = 0; i < 50; ++i) object::set(value, text("k" + std::to_string(i)), range_array(3));
    return nested_array(20, value);
  };
  for (const std::size_t budget : {1u, 2u, 7u, 100u, 100000u}) {
    for (const double last : {5.0, 6.0}) {
      Comparison comparison(make(5), make(last));
      Comparison::Verdict verdict = Comparison::Verdict::kUnfinished;
      std::size_t steps = 0;
      while (verdict == Comparison::Verdict::kUnfinished) {
        std::size_t left = budget;
        verdict = comparison.advance(left);
        ++steps;
      }
      EXPECT_EQ(verdict, last == 5 ? Comparison::Verdict::kEqual : Comparison::Verdict::kUnequal);
      EXPECT_TRUE(budget > 1000 || steps > 1);
    }
  }
}

TEST_F(Equality, OfLongStringsIsFoundInSteps) {
  const std::string long_text(3 * string::kPieceBytes + 5, 'x');
  for (const char last : {'x', 'y'}) {
    Comparison comparison(text(long_text + 'x'), text(long_text + last));
    std::size_t steps = 0;
    Comparison::Verdict verdict = Comparison::Verdict::kUnfinished;
    for (; verdict == Comparison::Verdict::kUnfinished; ++steps) {
      std::size_t budget = 1;
      verdict = comparison.advance(budget);
    }
    EXPECT_EQ(verdict, last == 'x' ? Comparison::Verdict::kEqual : Comparison::Verdict::kUnequal);
    EXPECT_EQ(steps, 5u);  // one finds that they are strings, one a piece
  }
}

TEST_F(Equality, IsKnownAtOnceUnlessMuchMustBeLookedAt) {
  using Verdict = Comparison::Verdict;
  const std::string long_text(100'000, 'x');
  const Value value = text(long_text);
  EXPECT_EQ(equal_at_once(number(1), number(1)), Verdict::kEqual);
  EXPECT_EQ(equal_at_once(number(std::nan("")), number(std::nan(""))), Verdict::kUnequal);
  EXPECT_EQ(equal_inside_at_once(number(std::nan("")), number(std::nan(""))), Verdict::kEqual);
  EXPECT_EQ(equal_at_once(text("short"), text("short")), Verdict::kEqual);
  EXPECT_EQ(equal_at_once(value, value), Verdict::kEqual);
  EXPECT_EQ(equal_at_once(value, text(long_text + "y")), Verdict::kUnequal);
  EXPECT_EQ(equal_at_once(value, text(long_text)), Verdict::kUnfinished);
  EXPECT_EQ(equal_at_once(range_array(3), range_array(3)), Verdict::kUnfinished);
  EXPECT_EQ(equal_at_once(range_array(3), range_array(4)), Verdict::kUnequal);
}

TEST_F(Equality, HashesInStepsOfAnySize) {
  Value value = object_of({{"rows", array_of({range_array(200), text("x")})}, {"n", number(1)}});
  const Value nested = nested_array(20, value);
  for (const std::size_t budget : {1u, 2u, 7u, 100u, 100000u}) {
    ValueHash hash(nested);
    std::size_t steps = 1;
    for (std::size_t left = budget; !hash.advance(left); left = budget) ++steps;
    EXPECT_EQ(hash.result(), hash_value(nested));
    EXPECT_TRUE(budget > 1000 || steps > 1);
  }
}

TEST_F(Equality, OfArraysDoesNotDependOnHowTheyWereBuilt) {
  Value shrunk = range_array(100);  // large, then cut to a size that others hold in one block
  array::truncate(shrunk, 20);
  expect_equal(shrunk, range_array(20));
  Value changed = shrunk;
  array::set(changed, 19, number(-1));
  expect_unequal(changed, range_array(20));
  Value version = range_array(5000);
  const Value old = version;
  array::set(version, 2500, number(2500));
  expect_equal(version, old);
  array::set(version, 2500, number(-1));
  expect_unequal(version, old);
}

TEST_F(Equality, OfValuesThatShareTheirPartsTakesTimeByTheirBlocks) {
  const auto make = [] {
    Value value = array_of({number(1)});
    for (int i = 0; i < 200; ++i) value = array_of({value, value});
    return value;
  };
  const Value a = make();
  const Value b = make();
  EXPECT_TRUE(equal(a, b));
  EXPECT_EQ(hash_value(a), hash_value(b));
}

}  // namespace
}  // namespace relay
