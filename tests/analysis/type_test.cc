#include "analysis/type.h"

#include <gtest/gtest.h>

#include <set>

namespace relay::analysis {
namespace {

TEST(TypePool, GivesEqualTypesEqualIds) {
  TypePool pool;
  EXPECT_EQ(pool.array_of(kNumber), pool.array_of(kNumber));
  EXPECT_NE(pool.array_of(kNumber), pool.array_of(kString));
  EXPECT_EQ(pool.kind(kDatetime), Kind::kDatetime);
}

TEST(TypePool, JoinsToTheLeastTypeOfBoth) {
  TypePool pool;
  EXPECT_EQ(pool.join(kNumber, kNumber), kNumber);
  EXPECT_EQ(pool.join(kNever, kString), kString);
  EXPECT_EQ(pool.join(kNumber, kString), kAny);
  EXPECT_EQ(pool.join(kNil, kNumber), pool.optional_of(kNumber));
  EXPECT_EQ(pool.join(pool.optional_of(kNumber), kNumber), pool.optional_of(kNumber));
  EXPECT_EQ(pool.join(pool.optional_of(kNumber), kString), kAny);
  EXPECT_EQ(pool.join(pool.array_of(kNever), pool.array_of(kNumber)), pool.array_of(kNumber));
  EXPECT_EQ(pool.join(pool.array_of(kString), pool.array_of(kNumber)), pool.array_of(kAny));
  EXPECT_EQ(pool.join(pool.function(1), pool.function(2)), pool.function(kUnknown));
  EXPECT_EQ(pool.join(pool.structure(1), pool.structure(2)), kAny);
}

TEST(TypePool, JoinsInAnyOrder) {
  TypePool pool;
  const TypeId types[] = {kNever,
                          kAny,
                          kNil,
                          kNumber,
                          kString,
                          pool.array_of(kNumber),
                          pool.object_of(kNil),
                          pool.optional_of(kString),
                          pool.function(3),
                          pool.server(1),
                          pool.structure(0)};
  for (const TypeId a : types) {
    for (const TypeId b : types) {
      EXPECT_EQ(pool.join(a, b), pool.join(b, a));
      EXPECT_EQ(pool.join(pool.join(a, b), b), pool.join(a, b));
    }
  }
}

TEST(TypePool, EndsTheNestingOfTypes) {
  TypePool pool;
  TypeId type = kNumber;
  std::set<TypeId> types;
  for (int i = 0; i < 100; ++i) {
    type = pool.array_of(type);
    types.insert(type);
  }
  EXPECT_LE(types.size(), 2u * TypePool::kMaxDepth);
}

TEST(TypePool, KnowsTheFieldsOfObjectsThatAgree) {
  TypePool pool;
  const TypeId a = pool.object_with({{"x", kNumber}, {"y", kString}});
  EXPECT_EQ(a, pool.object_with({{"x", kNumber}, {"y", kString}}));
  ASSERT_NE(pool.fields_of(a), nullptr);
  EXPECT_EQ(pool.join(a, pool.object_with({{"x", kNil}, {"y", kString}})),
            pool.object_with({{"x", pool.optional_of(kNumber)}, {"y", kString}}));
  EXPECT_EQ(pool.join(a, pool.object_with({{"x", kNumber}})), pool.object_of(kAny));
  EXPECT_EQ(pool.join(a, pool.object_of(kNever)), pool.object_of(kAny));
  EXPECT_FALSE(pool.cannot_fit(a, pool.object_of(kNumber)));
}

TEST(TypePool, SaysThatAValueCannotFitOnlyWhenThatIsCertain) {
  TypePool pool;
  EXPECT_TRUE(pool.cannot_fit(kString, kNumber));
  EXPECT_TRUE(pool.cannot_fit(kNil, kNumber));
  EXPECT_TRUE(pool.cannot_fit(pool.optional_of(kString), kNumber));
  EXPECT_TRUE(pool.cannot_fit(kString, pool.optional_of(kNumber)));
  EXPECT_TRUE(pool.cannot_fit(pool.structure(0), pool.structure(1)));
  EXPECT_TRUE(pool.cannot_fit(pool.structure(0), pool.object_of(kAny)));
}

TEST(TypePool, SaysNothingOfWhatMayFit) {
  TypePool pool;
  EXPECT_FALSE(pool.cannot_fit(kAny, kNumber));
  EXPECT_FALSE(pool.cannot_fit(kNever, kNumber));
  EXPECT_FALSE(pool.cannot_fit(kString, kAny));
  EXPECT_FALSE(pool.cannot_fit(kNil, pool.optional_of(kNumber)));
  EXPECT_FALSE(pool.cannot_fit(pool.optional_of(kNumber), kNumber));
  EXPECT_FALSE(pool.cannot_fit(pool.array_of(kString), pool.array_of(kNumber)));
  EXPECT_FALSE(pool.cannot_fit(pool.function(2), pool.function(kUnknown)));
}

}  // namespace
}  // namespace relay::analysis
