#include "relay/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "relay/result.h"

namespace relay {
namespace {

std::string json(const Value& value) { return value.to_json(); }

Value read(std::string_view text) { return Value::from_json(text).value(); }

TEST(Value, IsNilUntilSaidOtherwise) {
  EXPECT_TRUE(Value().is_nil());
  EXPECT_EQ(Value(), Value(nullptr));
  EXPECT_EQ(name(Value().type()), "nil");
}

TEST(Value, TakesTheTypesOfCpp) {
  EXPECT_TRUE(Value(true).is_bool());
  EXPECT_EQ(Value(3).as_number(), 3.0);
  EXPECT_EQ(Value(std::uint64_t{7}).as_number(), 7.0);
  EXPECT_EQ(Value(0.5F).as_number(), 0.5);
  EXPECT_EQ(Value("text").as_string(), "text");
  EXPECT_EQ(Value(std::string_view("view")).as_string(), "view");
  EXPECT_EQ(Value::array({1, "a", nullptr}).size(), 3U);
  EXPECT_EQ(Value::object({{"a", 1}, {"b", 2}}).size(), 2U);
}

TEST(Value, SaysWhatItIsWhenAskedForAnotherType) {
  try {
    (void)Value("text").as_number();
    FAIL() << "a string is no number";
  } catch (const TypeError& error) {
    EXPECT_STREQ(error.what(), "expected number, got string");
  }
  EXPECT_THROW((void)Value(1).as_bool(), TypeError);
  EXPECT_THROW((void)Value(1).as_string(), TypeError);
  EXPECT_THROW((void)Value(1).as_array(), TypeError);
  EXPECT_THROW((void)Value(1).as_object(), TypeError);
  EXPECT_EQ(Value("text").if_number(), nullptr);
  EXPECT_EQ(*Value(2).if_number(), 2.0);
}

TEST(Value, GivesNilForPartsThatAreNotThere) {
  const Value value = Value::object({{"users", Value::array({Value::object({{"name", "Ann"}})})}});
  EXPECT_EQ(value["users"][0]["name"], Value("Ann"));
  EXPECT_TRUE(value["users"][1]["name"].is_nil());
  EXPECT_TRUE(value["nobody"]["name"].is_nil());
  EXPECT_TRUE(Value(1)[0].is_nil());
}

TEST(Value, GrowsFromNil) {
  Value object;
  object.set("a", 1);
  object.set("b", 2);
  object.set("a", 3);
  EXPECT_EQ(json(object), R"({"a":3,"b":2})");
  Value array;
  array.push_back("x");
  EXPECT_EQ(json(array), R"(["x"])");
  EXPECT_THROW(array.set("a", 1), TypeError);
  EXPECT_THROW(object.push_back(1), TypeError);
}

TEST(Value, CopiesAreItsOwn) {
  Value original = Value::object({{"list", Value::array({1, 2})}});
  const Value copy = original;
  original.as_object().find("list")->push_back(3);
  EXPECT_EQ(json(copy), R"({"list":[1,2]})");
  EXPECT_EQ(json(original), R"({"list":[1,2,3]})");
}

TEST(Value, IsAssignedAPartOfItself) {
  Value copied = read(R"({"a":{"b":[1]}})");
  copied = copied["a"];
  EXPECT_EQ(json(copied), R"({"b":[1]})");
  Value moved = read(R"({"a":{"b":[1]}})");
  moved = std::move(*moved.as_object().find("a"));
  EXPECT_EQ(json(moved), R"({"b":[1]})");
}

TEST(Value, ComparesByContent) {
  EXPECT_EQ(read(R"({"a":1,"b":[true]})"), read(R"({"b":[true],"a":1})"));
  EXPECT_NE(read(R"({"a":1})"), read(R"({"b":1})"));
  EXPECT_NE(read("[1,2]"), read("[1]"));
  EXPECT_NE(Value(1), Value("1"));
  EXPECT_NE(Value(0), Value(false));
  EXPECT_NE(Value(std::nan("")), Value(std::nan("")));
}

TEST(Value, IsAsDeepAsItLikes) {
  Value deep = 1;
  for (int i = 0; i < 200'000; ++i) {
    Value around;
    if (i % 2 == 0) {
      around.push_back(std::move(deep));
    } else {
      around.set("k", std::move(deep));
    }
    deep = std::move(around);
  }
  const Value copy = deep;
  EXPECT_TRUE(copy == deep);
  EXPECT_EQ(json(copy).size(), 200'000U / 2 * (2 + 6) + 1);
}

TEST(Value, ReadsBackWhatItWrites) {
  const std::string text = R"({"nil":null,"yes":true,"no":false,"n":-1.5,"big":1e+300,"s":"a\"\\\n\u0001é","list":[[],{}]})";
  EXPECT_EQ(json(read(text)), text);
}

TEST(Value, WritesNumbersAsTheLanguageDoes) {
  EXPECT_EQ(json(Value(3)), "3");
  EXPECT_EQ(json(Value(0.1)), "0.1");
  EXPECT_EQ(json(Value(1e21)), "1e+21");
  EXPECT_EQ(json(Value(-0.0)), "0");
  EXPECT_EQ(json(Value(std::nan(""))), "null");
  EXPECT_EQ(json(Value(std::numeric_limits<double>::infinity())), "null");
}

TEST(Value, WritesOnlyUtf8) {
  EXPECT_EQ(json(Value("a\xFFz")), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(json(Value::object({{"\xC3", 1}})), "{\"\xEF\xBF\xBD\":1}");
}

TEST(Value, SaysWhatIsWrongWithAText) {
  for (const char* text : {"", "{", "[1,]", "nul", "1 2", "\"\xFF\"", "{\"a\" 1}", "1e400"}) {
    const Result<Value> result = Value::from_json(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().kind, ErrorKind::kParse) << text;
    EXPECT_FALSE(result.error().message.empty()) << text;
  }
  EXPECT_FALSE(Value::from_json(std::string(129, '[') + std::string(129, ']')));
  EXPECT_TRUE(Value::from_json(std::string(128, '[') + std::string(128, ']')));
}

TEST(Value, TakesTheLastOfTwoEqualKeys) {
  EXPECT_EQ(json(read(R"({"a":1,"b":2,"a":3})")), R"({"a":3,"b":2})");
}

TEST(Object, KeepsTheOrderOfInsertionAndFindsAnyOfMany) {
  Object object;
  for (int i = 0; i < 1000; ++i) object.set("key" + std::to_string(i), i);
  object.set("key500", "changed");
  EXPECT_EQ(object.size(), 1000U);
  EXPECT_EQ(*object.find("key999"), Value(999));
  EXPECT_EQ(*object.find("key500"), Value("changed"));
  EXPECT_EQ(object.begin()[500].key, "key500");
  EXPECT_FALSE(object.contains("key1000"));
}

TEST(Object, FindsTheRestAfterAKeyIsGone) {
  for (const int count : {3, 100}) {
    Object object;
    for (int i = 0; i < count; ++i) object.set(std::to_string(i), i);
    EXPECT_TRUE(object.erase("1"));
    EXPECT_FALSE(object.erase("1"));
    EXPECT_EQ(object.size(), static_cast<std::size_t>(count - 1));
    EXPECT_EQ(*object.find("2"), Value(2));
    object.set("1", "back");
    EXPECT_EQ((object.end() - 1)->key, "1");
    const Object copy = object;
    EXPECT_EQ(*copy.find(std::to_string(count - 1)), Value(count - 1));
    object.clear();
    EXPECT_TRUE(object.empty());
    EXPECT_FALSE(copy.empty());
  }
}

TEST(Result, ThrowsItsErrorWhenAskedForTheValue) {
  Error error;
  error.kind = ErrorKind::kTimeout;
  error.message = "too late";
  const Result<Value> failed = error;
  EXPECT_FALSE(failed);
  try {
    (void)failed.value();
    FAIL() << "there is no value";
  } catch (const ErrorException& thrown) {
    EXPECT_EQ(thrown.error().kind, ErrorKind::kTimeout);
    EXPECT_STREQ(thrown.what(), "too late");
  }
  EXPECT_THROW(Result<void>(error).value(), ErrorException);
  EXPECT_TRUE(Result<void>());
}

TEST(ErrorKind, HasTheNamesThatCallersSee) {
  EXPECT_EQ(name(ErrorKind::kInvalidParams), "invalid_params");
  EXPECT_EQ(name(ErrorKind::kUnknownOutcome), "unknown_outcome");
  EXPECT_EQ(name(ErrorKind::kInternal), "internal");
  EXPECT_EQ(name(Ran::kUnknown), "unknown");
}

}  // namespace
}  // namespace relay
