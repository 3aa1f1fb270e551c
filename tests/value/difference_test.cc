#include "value/difference.h"

#include <cmath>

#include "value_fixture.h"

namespace relay {
namespace {

using DifferenceOfValues = ValueTest;

Difference::Verdict find(Difference& difference, std::size_t budget_a_step) {
  while (true) {
    std::size_t budget = budget_a_step;
    const Difference::Verdict verdict = difference.advance(budget);
    if (verdict != Difference::Verdict::kUnfinished) return verdict;
  }
}

TEST_F(DifferenceOfValues, IsTheSameInSmallSteps) {
  const Value left = range_array(5000);
  Value right = left;
  array::set(right, 4321, text("other"));
  for (const std::size_t budget : {1u, 7u, 1000u, 1'000'000u}) {
    Difference difference(left, right);
    ASSERT_EQ(find(difference, budget), Difference::Verdict::kDifferent);
    EXPECT_EQ(difference.path(), "[4321]");
    EXPECT_EQ(display(*difference.left()), "4321");
    EXPECT_EQ(display(*difference.right()), "other");
  }
}

TEST_F(DifferenceOfValues, IsNoneBetweenEqualOnes) {
  Difference same(range_array(5000), range_array(5000));
  EXPECT_EQ(find(same, 10), Difference::Verdict::kEqual);
  Difference nan(number(std::nan("")), number(std::nan("")));
  EXPECT_EQ(find(nan, 10), Difference::Verdict::kEqual);
}

TEST_F(DifferenceOfValues, InStringsBeginsACodePoint) {
  Difference difference(text("a\u00fc"), text("a\u00f6"));  // they share the first of two bytes
  ASSERT_EQ(find(difference, 10), Difference::Verdict::kDifferent);
  EXPECT_TRUE(difference.is_in_string());
  EXPECT_EQ(difference.byte(), 1u);
  EXPECT_EQ(difference.character(), 1u);
}

TEST_F(DifferenceOfValues, OfStringsIsFoundPieceByPiece) {
  const std::string same(1'000'000, 'x');
  Difference difference(text(same + "a"), text(same));
  ASSERT_EQ(find(difference, 1), Difference::Verdict::kDifferent);
  EXPECT_EQ(difference.byte(), same.size());
}

TEST_F(DifferenceOfValues, IsFollowedToABoundedDepth) {
  Value left = number(1);
  Value right = number(2);
  for (int i = 0; i < 1000; ++i) {
    std::array<Value, 2> around = {left, right};
    left = array::make({&around[0], 1});
    right = array::make({&around[1], 1});
  }
  Difference difference(left, right);
  ASSERT_EQ(find(difference, 100), Difference::Verdict::kDifferent);
  EXPECT_EQ(difference.path().size(), Difference::kMaxDepth * 3);
}

}  // namespace
}  // namespace relay
