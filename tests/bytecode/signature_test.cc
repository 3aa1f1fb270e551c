#include "bytecode/signature.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "bytecode/methods.h"

namespace relay::bytecode {
namespace {

std::pair<int, int> counts(std::string_view text) {
  const Signature signature = make_signature("f", text);
  return {signature.fewest, signature.most};
}

TEST(Signature, CountsItsParameters) {
  EXPECT_EQ(counts("() -> number"), std::pair(0, 0));
  EXPECT_EQ(counts("(a)"), std::pair(1, 1));
  EXPECT_EQ(counts("(a, b: string) -> any"), std::pair(2, 2));
}

TEST(Signature, LetsOptionalParametersBeLeftOut) {
  EXPECT_EQ(counts("(a: number, b: optional(number))"), std::pair(1, 2));
  EXPECT_EQ(counts("(a: optional([string]), b: optional(any))"), std::pair(0, 2));
}

TEST(Signature, TakesAnyNumberBehindDots) {
  EXPECT_EQ(counts("(...values: any) -> nil"), std::pair(0, int{kMany}));
  EXPECT_EQ(counts("(a: any, b: string, ...more: any)"), std::pair(2, int{kMany}));
}

TEST(Signature, DoesNotTakeThePartsOfATypeForParameters) {
  EXPECT_EQ(counts("(f: fn(a: T, b: number) -> any, init: optional(any)) -> {string: [T]}"), std::pair(1, 2));
}

TEST(Signature, SaysHowManyArgumentsAreExpected) {
  EXPECT_EQ(expected_count(1, 1), "1 argument");
  EXPECT_EQ(expected_count(0, 1), "0 to 1 argument");
  EXPECT_EQ(expected_count(1, 2), "1 to 2 arguments");
  EXPECT_EQ(expected_count(2, kMany), "at least 2 arguments");
}

TEST(Methods, HaveOneRowForEachNameOfAType) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const TypeMethod& method : type_methods()) EXPECT_TRUE(seen.emplace(method.type, method.signature.name).second);
  EXPECT_EQ(seen.size(), type_methods().size());
}

}  // namespace
}  // namespace relay::bytecode
