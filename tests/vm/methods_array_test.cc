#include "vm/script_fixture.h"

namespace relay::test {
namespace {

using MethodsArray = ScriptTest;

TEST_F(MethodsArray, ReadSingleElements) {
  EXPECT_EQ(value_of("set a = [10, 20, 30]; [a.get(1), a[2], a.length(), a.first(), a.last()]"),
            "[20, 30, 3, 10, 30]");
  EXPECT_EQ(value_of("[[].first(), [].last(), [].length()]"), "[nil, nil, 0]");
}

TEST_F(MethodsArray, ChangeSingleElementsInANewArray) {
  EXPECT_EQ(value_of("set a = [1, 2]; [a.push(3), a.add(3), a.set(0, 9), a.pop(), a.prepend(0), a]"),
            "[[1, 2, 3], [1, 2, 3], [9, 2], [1], [0, 1, 2], [1, 2]]");
  EXPECT_EQ(
      value_of("set a = [1, 2]; [a.insert(0, 5), a.insert(1, 5), a.insert(2, 5), a.remove_at(0), [].pop()]"),
      "[[5, 1, 2], [1, 5, 2], [1, 2, 5], [2], []]");
}

TEST_F(MethodsArray, RefusesAnIndexOutOfBounds) {
  EXPECT_EQ(error_of("[1, 2, 3].get(5)"), "array index out of bounds: index 5, length 3");
  EXPECT_EQ(error_of("[1, 2, 3].get(-1)"), "array index out of bounds: index -1, length 3");
  EXPECT_EQ(error_of("[1].set(1, 0)"), "array index out of bounds: index 1, length 1");
  EXPECT_EQ(error_of("[1].remove_at(1)"), "array index out of bounds: index 1, length 1");
  EXPECT_EQ(error_of("[1].insert(2, 0)"), "array index out of bounds: index 2, length 1");
  EXPECT_EQ(kind_of_error("[][0]"), "range");
}

TEST_F(MethodsArray, RefusesAnIndexThatIsNoInteger) {
  EXPECT_EQ(error_of("[1].get(\"x\")"), "method 'get' of array: argument 1 must be number, got string");
  EXPECT_EQ(error_of("[1].get(0.5)"), "method 'get' of array: argument 1 must be an integer, got 0.5");
  EXPECT_EQ(kind_of_error("[1].get(0.5)"), "argument");
  EXPECT_EQ(kind_of_error("[1].get(nil)"), "type");
}

TEST_F(MethodsArray, NamesTheMethodWhoseArgumentsAreWrong) {
  EXPECT_EQ(error_of("[1].push()"), "method 'push' of array expects 1 argument, got 0");
  EXPECT_EQ(error_of("[1].slice()"), "method 'slice' of array expects 1 to 2 arguments, got 0");
  EXPECT_EQ(error_of("[1].map()"), "method 'map' of array expects 1 argument, got 0");
  EXPECT_EQ(error_of("[1].map(5)"), "method 'map' of array: argument 1 must be function, got number");
  EXPECT_EQ(error_of("[1].append(5)"), "method 'append' of array: argument 1 must be array, got number");
  EXPECT_EQ(error_of("[1].concat(5)"), "method 'concat' of array: argument 1 must be array, got number");
  EXPECT_EQ(error_of("[1].join(5)"), "method 'join' of array: argument 1 must be string, got number");
  EXPECT_EQ(kind_of_error("[1].push()"), "argument");
}

TEST_F(MethodsArray, SlicesClampAndRefuseNegativeBounds) {
  EXPECT_EQ(
      value_of(
          "set a = [1, 2, 3, 4]; [a.slice(1), a.slice(1, 3), a.slice(2, 99), a.slice(9), a.slice(3, 1)]"),
      "[[2, 3, 4], [2, 3], [3, 4], [], []]");
  EXPECT_EQ(error_of("[1].slice(-1)"),
            "method 'slice' of array: argument 1 must be an integer from 0, got -1");
  EXPECT_EQ(kind_of_error("[1].slice(0, -1)"), "range");
}

TEST_F(MethodsArray, LookForElementsThatAreEqual) {
  EXPECT_EQ(
      value_of("set a = [1, [2], 1]; [a.index_of([2]), a.index_of(7), a.includes(1), a.contains(\"1\")]"),
      "[1, -1, true, false]");
  EXPECT_EQ(value_of("set a = [1, [2], 1]; [a.remove(1), a.remove(7), a.replace([2], 5), a.replace(7, 8)]"),
            "[[[2], 1], [1, [2], 1], [1, 5, 1], [1, [2], 1]]");
}

TEST_F(MethodsArray, NanEqualsItselfInsideACollection) {
  EXPECT_EQ(
      value_of(
          "set inf = 1e308 * 10; set nan = inf - inf; [[nan].includes(nan), [nan, -nan].unique().length()]"),
      "[true, 1]");
}

TEST_F(MethodsArray, PutElementsTogether) {
  EXPECT_EQ(
      value_of("[[1].append([2, 3]), [1].concat([]), [1, 2, 3].reverse(), [[1], [2, [3]], 4].flatten()]"),
      "[[1, 2, 3], [1], [3, 2, 1], [1, 2, [3], 4]]");
  EXPECT_EQ(value_of("[[1, 1, \"1\", [2], [2]].unique(), [1, 2].zip([\"a\", \"b\", \"c\"]), [].zip([1])]"),
            "[[1, \"1\", [2]], [[1, \"a\"], [2, \"b\"]], []]");
}

TEST_F(MethodsArray, JoinShowsElementsAsStringDoes) {
  EXPECT_EQ(value_of("[[\"a\", 1, nil, [\"b\"]].join(\"-\"), [].join(\"-\"), [\"x\"].join(\"-\")]"),
            "[\"a-1-nil-[\\\"b\\\"]\", \"\", \"x\"]");
}

TEST_F(MethodsArray, SumAddsNumbersOnly) {
  EXPECT_EQ(value_of("[[1, 2, 3.5].sum(), [].sum()]"), "[6.5, 0]");
  EXPECT_EQ(error_of("[1, \"a\"].sum()"), "cannot add number and string");
  EXPECT_EQ(kind_of_error("[1, \"a\"].sum()"), "type");
}

TEST_F(MethodsArray, SortOrdersNumbersStringsAndDatetimes) {
  EXPECT_EQ(
      value_of("[[3, 1, 2].sort(), [\"b\", \"é\", \"a\", \"B\", \"aa\"].sort(), [].sort(), [[]].sort()]"),
      "[[1, 2, 3], [\"B\", \"a\", \"aa\", \"b\", \"é\"], [], [[]]]");
  EXPECT_EQ(value_of("[2024-02-01, 2024-01-01].sort().first()"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(value_of("[\"prefix-b\", \"prefix-a\", \"prefix-\"].sort()"),
            "[\"prefix-\", \"prefix-a\", \"prefix-b\"]");
}

TEST_F(MethodsArray, SortRefusesWhatCannotBeCompared) {
  EXPECT_EQ(error_of("[1, \"a\"].sort()"), "cannot compare number and string");
  EXPECT_EQ(error_of("[nil, nil].sort()"), "cannot compare nil and nil");
  EXPECT_EQ(error_of("[true, 1].max()"), "cannot compare bool and number");
  EXPECT_EQ(kind_of_error("[{}, {}].min()"), "type");
}

TEST_F(MethodsArray, SortPutsNanLast) {
  EXPECT_EQ(value_of("set inf = 1e308 * 10; [inf - inf, 2, 1].sort().slice(0, 2)"), "[1, 2]");
}

TEST_F(MethodsArray, MinAndMaxFindTheExtremes) {
  EXPECT_EQ(
      value_of("[[3, 1, 2].min(), [3, 1, 2].max(), [].min(), [].max(), [\"b\", \"a\"].min(), [nil].max()]"),
      "[1, 3, nil, nil, \"a\", nil]");
}

TEST_F(MethodsArray, OffersMethodsWithAHint) {
  const Outcome outcome = run("[1].pusch(2)");
  EXPECT_EQ(outcome.error, "method 'pusch' not supported for array");
  EXPECT_EQ(outcome.hint, "did you mean `push`?");
  EXPECT_EQ(outcome.kind, "type");
}

TEST_F(MethodsArray, AFailedChangeLeavesTheVariableAlone) {
  EXPECT_EQ(value_of("set a = [1]; try { set a = a.set(5, 2) } catch e { nil }; try { set a = a.push() } "
                     "catch e { nil }; a"),
            "[1]");
}

}  // namespace
}  // namespace relay::test
