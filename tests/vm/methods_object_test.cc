#include "vm/script_fixture.h"

namespace relay::test {
namespace {

using MethodsObject = ScriptTest;
using MethodsStruct = ScriptTest;

TEST_F(MethodsObject, ReadFields) {
  EXPECT_EQ(value_of("set o = {name: \"x\", age: 3}; [o.get(\"name\"), o.get(\"no\"), o.has(\"age\"), "
                     "o.has(\"no\"), o.length()]"),
            "[\"x\", nil, true, false, 2]");
  EXPECT_EQ(error_of("{}.get(1)"), "method 'get' of object: argument 1 must be string, got number");
  EXPECT_EQ(error_of("set o = {}; o[1]"), "object key must be string, got number");
}

TEST_F(MethodsObject, ChangeFieldsInANewObject) {
  EXPECT_EQ(
      value_of("set o = {a: 1}; [o.set(\"b\", 2), o.set(\"a\", 9), o.remove(\"a\"), o.remove(\"no\"), o]"),
      "[{a: 1, b: 2}, {a: 9}, {}, {a: 1}, {a: 1}]");
  EXPECT_EQ(value_of("[{a: 1}.merge({b: 2, a: 3}), {}.merge({a: 1})]"), "[{a: 3, b: 2}, {a: 1}]");
  EXPECT_EQ(error_of("{}.merge([])"), "method 'merge' of object: argument 1 must be object, got array");
}

TEST_F(MethodsObject, ListKeysValuesAndEntriesInOrder) {
  EXPECT_EQ(value_of("set o = {b: 1, a: [2]}; [o.keys(), o.values(), o.entries()]"),
            "[[\"b\", \"a\"], [1, [2]], [[\"b\", 1], [\"a\", [2]]]]");
}

TEST_F(MethodsObject, AMethodsNameGoesBeforeAFieldOfThatName) {
  EXPECT_EQ(value_of("set o = {f: fn(x) { x + 1 }, keys: fn() { \"mine\" }}; [o.f(1), o.keys()]"),
            "[2, [\"f\", \"keys\"]]");
}

constexpr const char* kUser = "struct User { name: string, age: number, bio: optional(string) }\n";

TEST_F(MethodsStruct, ReadAndChangeFields) {
  EXPECT_EQ(value_of(std::string(kUser) + "set u = User{name: \"A\", age: 1}\n[u.get(\"age\"), "
                                          "u.set(\"age\", 2), u.merge({bio: \"b\"}), u.to_object()]"),
            "[1, User{name: \"A\", age: 2, bio: nil}, User{name: \"A\", age: 1, bio: \"b\"}, {name: \"A\", "
            "age: 1, bio: nil}]");
}

TEST_F(MethodsStruct, RefuseUnknownFieldsWithAHint) {
  const Outcome outcome = run(std::string(kUser) + "User{name: \"A\", age: 1}.get(\"agee\")");
  EXPECT_EQ(outcome.error, "struct User has no field 'agee'");
  EXPECT_EQ(outcome.hint, "did you mean `age`?");
  EXPECT_EQ(error_of(std::string(kUser) + "User{name: \"A\", age: 1}.merge({age: 2, x: 1})"),
            "struct User has no field 'x'");
}

TEST_F(MethodsStruct, CheckTypes) {
  EXPECT_EQ(error_of(std::string(kUser) + "User{name: \"A\", age: 1}.set(\"age\", \"x\")"),
            "field 'age' of struct User must be number, got string");
  EXPECT_EQ(error_of(std::string(kUser) + "User{name: \"A\", age: 1}.merge({name: nil})"),
            "field 'name' of struct User must be string, got nil");
}

TEST_F(MethodsStruct, AFailedMergeLeavesTheVariableAlone) {
  EXPECT_EQ(value_of(std::string(kUser) + "set u = User{name: \"A\", age: 1}\ntry { set u = u.merge({age: 2, "
                                          "name: 3}) } catch e { nil }\nu.age"),
            "1");
}

TEST_F(MethodsStruct, AreBuiltInTheOrderOfComplaints) {
  EXPECT_EQ(error_of(std::string(kUser) + "User{nam: \"A\"}"), "struct User has no field 'nam'");
  EXPECT_EQ(error_of(std::string(kUser) + "User{name: 1}"), "missing required field 'age' for struct User");
  EXPECT_EQ(error_of(std::string(kUser) + "User({name: 1, age: 1})"),
            "field 'name' of struct User must be string, got number");
  EXPECT_EQ(value_of(std::string(kUser) + "User({age: 1, name: \"A\"})"),
            "User{name: \"A\", age: 1, bio: nil}");
}

}  // namespace
}  // namespace relay::test
