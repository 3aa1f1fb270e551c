#include "value/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "value/array.h"
#include "value/boxed.h"
#include "value/function.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

std::string json(const Value& value) {
  std::string out;
  EXPECT_TRUE(append_json(out, value, SIZE_MAX));
  return out;
}

Value array_of(std::initializer_list<Value> elements) {
  Value array = array::make();
  for (const Value& element : elements) array::push(array, element);
  return array;
}

TEST(JsonWriter, WritesNumbersAsTheLanguagePrintsThem) {
  EXPECT_EQ(json(Value(0.0)), "0");
  EXPECT_EQ(json(Value(-0.0)), "0");
  EXPECT_EQ(json(Value(42.0)), "42");
  EXPECT_EQ(json(Value(-7.0)), "-7");
  EXPECT_EQ(json(Value(0.1)), "0.1");
  EXPECT_EQ(json(Value(9007199254740991.0)), "9007199254740991");
  EXPECT_EQ(json(Value(9007199254740992.0)), "9007199254740992");
  EXPECT_EQ(json(Value(-9007199254740994.0)), "-9007199254740994");
  EXPECT_EQ(json(Value(1e20)), "100000000000000000000");
  EXPECT_EQ(json(Value(1e21)), "1e+21");
  EXPECT_EQ(json(Value(1e-7)), "1e-7");
}

TEST(JsonWriter, WritesWhatIsNoNumberAsNull) {
  EXPECT_EQ(json(Value(std::numeric_limits<double>::quiet_NaN())), "null");
  EXPECT_EQ(json(Value(std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(json(Value(-std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(json(Value::nil()), "null");
}

TEST(JsonWriter, EscapesWhatJsonMustAndNothingElse) {
  std::string out;
  append_json_string(out, std::string_view("\0\x01\x1F \"\\/\b\f\n\r\t\x7F\xC3\xA9\xE2\x80\xA8", 18));
  EXPECT_EQ(out, "\"\\u0000\\u0001\\u001f \\\"\\\\/\\b\\f\\n\\r\\t\x7F\xC3\xA9\xE2\x80\xA8\"");
}

TEST(JsonWriter, FindsAnEscapeAtEveryPlace) {
  for (std::size_t size = 1; size < 140; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char c : {'"', '\\', '\n', '\x1F', '\0'}) {
        std::string text(size, '\xC3');
        text[at] = c;
        std::string out;
        append_json_string(out, text);
        EXPECT_EQ(out.find('\\'), at + 1);
        EXPECT_EQ(out.rfind('\xC3') == std::string::npos, size == 1);
      }
    }
  }
}

TEST(JsonWriter, WritesContainersInOrder) {
  Value object = object::make();
  object::set(object, string::make("z"), array_of({Value(1.0), Value(true), Value::nil(), array::make()}));
  object::set(object, string::make("a\"b"), object::make());
  EXPECT_EQ(json(object), R"({"z":[1,true,null,[]],"a\"b":{}})");
  EXPECT_EQ(json(array_of({object, object})),
            R"([{"z":[1,true,null,[]],"a\"b":{}},{"z":[1,true,null,[]],"a\"b":{}}])");
}

TEST(JsonWriter, WritesLongArrays) {
  Value array = array::make();
  std::string expected = "[";
  for (int i = 0; i < 3000; ++i) {
    array::push(array, i % 3 == 0 ? array_of({Value(double(i))}) : Value(double(i)));
    expected += (i == 0 ? "" : ",") + (i % 3 == 0 ? "[" + std::to_string(i) + "]" : std::to_string(i));
  }
  EXPECT_EQ(json(array), expected + "]");
}

TEST(JsonWriter, WritesTheTypeOfAStructFirst) {
  StructType type;
  type.name = string::make("User");
  type.fields = {string::make("name"), string::make("age")};
  std::array<Value, 2> fields = {string::make("Ann"), Value(3.0)};
  const Value user = structure::make(&type, fields);
  EXPECT_EQ(json(array_of({user})), R"([{"_type":"User","name":"Ann","age":3}])");
}

TEST(JsonWriter, WritesTheTypeOfAStructInPlaceOfAFieldOfThatName) {
  StructType type;
  type.name = string::make("User");
  type.fields = {string::make("_type"), string::make("age")};
  std::array<Value, 2> fields = {string::make("mine"), Value(3.0)};
  EXPECT_EQ(json(structure::make(&type, fields)), R"({"_type":"User","age":3})");
}

TEST(JsonWriter, WritesDatetimesFunctionsAndServersAsText) {
  EXPECT_EQ(json(datetime::make(1'704'110'400'000'000'000)), R"("2024-01-01T12:00:00Z")");
  EXPECT_EQ(json(server::make(string::make("counter"))), R"("<server: counter>")");
  FunctionInfo info;
  info.name = string::make("lambda");
  EXPECT_EQ(json(function::make(&info, 0)), R"("<function: lambda>")");
}

TEST(JsonWriter, CutsBackWhatPassesTheBound) {
  std::string out = "kept";
  const Value array = array_of({string::make("abc"), Value(12.0)});  // ["abc",12]
  const Result<void> written = append_json(out, array, 13);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::kTooLarge);
  EXPECT_EQ(written.error().detail, "the value is longer than 13 bytes as JSON");
  EXPECT_EQ(out, "kept");
  EXPECT_TRUE(append_json(out, array, 14));
  EXPECT_EQ(out, R"(kept["abc",12])");
}

TEST(JsonWriter, DoesNotCopyAStringThatCannotFit) {
  std::string out;
  EXPECT_FALSE(append_json(out, string::make(std::string(1 << 20, 'x')), 1000));
  EXPECT_LT(out.capacity(), 1u << 20);
}

TEST(JsonWriter, WritesInStepsOfAnySize) {
  Value inside = object::make();
  object::set(inside, string::make(std::string(100'000, '\n')), string::make(std::string(100'000, '"')));
  object::set(inside, string::make("short"), Value(1.0));
  const Value value = array_of({inside, string::make("x"), array_of({Value(2.0), Value::nil()})});
  for (const std::size_t bytes : {1u, 100u, 1'000'000u}) {
    JsonWriter writer(value, 10'000'000);
    std::string whole;
    std::size_t steps = 0;
    JsonWriter::Progress progress = JsonWriter::Progress::kUnfinished;
    for (; progress == JsonWriter::Progress::kUnfinished; ++steps) {
      std::string piece;
      progress = writer.advance(piece, bytes);
      EXPECT_LT(piece.size(), bytes + 200'000);
      whole += piece;
    }
    EXPECT_EQ(whole, json(value));
    EXPECT_TRUE(bytes == 1'000'000u || steps > 5);
  }
}

TEST(JsonWriter, CountsItsBoundOverAllSteps) {
  const Value value = array_of({string::make(std::string(50'000, 'x')), string::make(std::string(50'000, 'x'))});
  for (const std::size_t room : {100'006u, 100'007u}) {
    JsonWriter writer(value, room);
    std::string out;
    JsonWriter::Progress progress = JsonWriter::Progress::kUnfinished;
    while (progress == JsonWriter::Progress::kUnfinished) progress = writer.advance(out, 10);
    EXPECT_EQ(progress, room == 100'007 ? JsonWriter::Progress::kDone : JsonWriter::Progress::kTooLong);
  }
}

TEST(JsonWriter, WritesDeepValuesWithoutNativeRecursion) {
  constexpr std::size_t kDepth = 1'000'000;
  Value value = array::make();
  for (std::size_t i = 1; i < kDepth; ++i) {
    Value outer = array::make();
    array::push(outer, std::move(value));
    value = std::move(outer);
  }
  EXPECT_EQ(json(value), std::string(kDepth, '[') + std::string(kDepth, ']'));
}

}  // namespace
}  // namespace relay
