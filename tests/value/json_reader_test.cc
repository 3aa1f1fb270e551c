#include "value/json_reader.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <string>

#include "value/array.h"
#include "value/heap.h"
#include "value/json_writer.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

// What `text` reads as, written again; or "error: " and why it is refused.
std::string reread(std::string_view text, const JsonOptions& options = {}) {
  const Result<Value> read = read_json(text, options);
  if (!read) return "error: " + read.error().detail;
  std::string out;
  EXPECT_TRUE(append_json(out, *read, 64 << 20));
  return out;
}

double number_read(std::string_view text) {
  const Result<Value> read = read_json(text);
  EXPECT_TRUE(read.has_value()) << text;
  return read ? read->as_number() : std::nan("");
}

std::string nested_arrays(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonReader, ReadsEachKindOfValue) {
  EXPECT_EQ(reread("null"), "null");
  EXPECT_EQ(reread(" true "), "true");
  EXPECT_EQ(reread("false"), "false");
  EXPECT_EQ(reread("\t12.5\r\n"), "12.5");
  EXPECT_EQ(reread(R"("text")"), R"("text")");
  EXPECT_EQ(reread("[ ]"), "[]");
  EXPECT_EQ(reread("{ }"), "{}");
  EXPECT_EQ(reread(R"([1, [2, {"a": [], "b": {}}], "x"])"), R"([1,[2,{"a":[],"b":{}}],"x"])");
}

TEST(JsonReader, KeepsTheOrderOfKeys) {
  EXPECT_EQ(reread(R"({"z":1,"a":2,"m":{"y":3,"b":4}})"), R"({"z":1,"a":2,"m":{"y":3,"b":4}})");
}

TEST(JsonReader, LetsTheLastOfADuplicateKeyWinInThePlaceOfTheFirst) {
  EXPECT_EQ(reread(R"({"a":1,"b":2,"a":3})"), R"({"a":3,"b":2})");
  EXPECT_EQ(reread(R"({"a":1,"\u0061":[2]})"), R"({"a":[2]})");
}

TEST(JsonReader, ReadsManyKeysAndElements) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i)
    text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":[" + std::to_string(i) + "]";
  text += "}";
  EXPECT_EQ(reread(text), text);
}

TEST(JsonReader, GivesTheNearestDouble) {
  EXPECT_EQ(number_read("18446744073709551616"), 18446744073709551616.0);
  EXPECT_EQ(number_read("9007199254740993"), 9007199254740992.0);
  EXPECT_EQ(number_read("999999999999999"), 999999999999999.0);
  EXPECT_EQ(number_read("-123456789012345678"), -123456789012345680.0);
  EXPECT_EQ(number_read("0.1"), 0.1);
  EXPECT_EQ(number_read("2.2250738585072011e-308"), 2.2250738585072011e-308);
  EXPECT_EQ(number_read("1.7976931348623157e308"), 1.7976931348623157e308);
  EXPECT_EQ(number_read("1E+2"), 100.0);
  EXPECT_EQ(number_read("5e-324"), 5e-324);
}

TEST(JsonReader, KeepsTheSignOfZero) {
  EXPECT_TRUE(std::signbit(number_read("-0")));
  EXPECT_TRUE(std::signbit(number_read("-0.0")));
  EXPECT_TRUE(std::signbit(number_read("-1e-400")));
  EXPECT_FALSE(std::signbit(number_read("0")));
}

TEST(JsonReader, RoundsWhatIsTooSmallToZero) {
  EXPECT_EQ(number_read("1e-400"), 0.0);
  EXPECT_EQ(number_read("1000e-400"), 0.0);
  EXPECT_EQ(number_read("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(number_read("0." + std::string(500, '0') + "1e100"), 0.0);
  EXPECT_EQ(number_read("1e-99999999999999999999999"), 0.0);
  EXPECT_EQ(number_read("0e99999999999999999999999"), 0.0);
}

TEST(JsonReader, RefusesWhatIsTooLargeForADouble) {
  EXPECT_EQ(reread("1e400"), "error: a number is too large for a double at byte 0");
  EXPECT_EQ(reread("[-1e400]"), "error: a number is too large for a double at byte 1");
  EXPECT_EQ(reread("1" + std::string(400, '0')), "error: a number is too large for a double at byte 0");
  EXPECT_EQ(reread("0.00001e99999999999999999999999"), "error: a number is too large for a double at byte 0");
}

TEST(JsonReader, RefusesNumbersOfAnotherGrammar) {
  EXPECT_EQ(reread("01"), "error: a number has a leading zero at byte 0");
  EXPECT_EQ(reread("-012"), "error: a number has a leading zero at byte 1");
  EXPECT_EQ(reread("[1.]"), "error: expected a digit after the point, found ']' at byte 3");
  EXPECT_EQ(reread("1e"), "error: expected a digit in the exponent, found the end at byte 2");
  EXPECT_EQ(reread("-"), "error: expected a digit, found the end at byte 1");
  EXPECT_EQ(reread("1x"), "error: expected the end of a number, found 'x' at byte 1");
  EXPECT_EQ(reread("0x10"), "error: expected the end of a number, found 'x' at byte 1");
  EXPECT_EQ(reread("+1"), "error: expected a value, found '+' at byte 0");
  EXPECT_EQ(reread(".5"), "error: expected a value, found '.' at byte 0");
  EXPECT_EQ(reread("NaN"), "error: expected a value, found 'N' at byte 0");
}

TEST(JsonReader, UnescapesStrings) {
  const Result<Value> read = read_json(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\u0000z")");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(string::text(*read),
            std::string_view("\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\0z", 20));
}

TEST(JsonReader, RefusesLoneSurrogates) {
  EXPECT_EQ(reread(R"("\ud800")"), "error: a lone surrogate at byte 1");
  EXPECT_EQ(reread(R"("ab\udc00")"), "error: a lone surrogate at byte 3");
  EXPECT_EQ(reread(R"("\ud800\u0041")"), "error: a lone surrogate at byte 1");
  EXPECT_EQ(reread(R"(["\ud800\ud800"])"), "error: a lone surrogate at byte 2");
  EXPECT_EQ(reread(R"({"\udc00":1})"), "error: a lone surrogate at byte 2");
}

TEST(JsonReader, RefusesUnknownEscapes) {
  EXPECT_EQ(reread(R"("\x")"), "error: unknown escape in a string at byte 1");
  EXPECT_EQ(reread(R"("\u12")"), "error: \\u needs four hex digits at byte 1");
  EXPECT_EQ(reread(R"("a\u12g4")"), "error: \\u needs four hex digits at byte 2");
}

TEST(JsonReader, RefusesControlCharactersAndStringsWithoutAnEnd) {
  EXPECT_EQ(reread("[\"a\nb\"]"), "error: a control character in a string at byte 3");
  EXPECT_EQ(reread(std::string_view("\"\0\"", 3)), "error: a control character in a string at byte 1");
  EXPECT_EQ(reread("\"\\\x01\""), "error: a control character in a string at byte 2");
  EXPECT_EQ(reread(R"(["a", "bc)"), "error: a string without an end at byte 6");
  EXPECT_EQ(reread(R"("a\")"), "error: a string without an end at byte 0");
}

TEST(JsonReader, RefusesWhatIsNotUtf8AndSaysWhere) {
  EXPECT_EQ(reread("[\"a\xFF\"]"), "error: not UTF-8 at byte 3");
  EXPECT_EQ(reread("\"\xC0\xAF\""), "error: not UTF-8 at byte 1");
  EXPECT_EQ(reread("\"\xED\xA0\x80\""), "error: not UTF-8 at byte 1");
  EXPECT_EQ(reread("\"\xF4\x90\x80\x80\""), "error: not UTF-8 at byte 1");
  EXPECT_EQ(reread("\"\xE2\x82"), "error: not UTF-8 at byte 1");
  EXPECT_EQ(reread("\xEF\xBB\xBF{}"), "error: a byte order mark at byte 0");
}

TEST(JsonReader, SaysWhatItExpectedAndWhere) {
  EXPECT_EQ(reread(""), "error: expected a value, found the end at byte 0");
  EXPECT_EQ(reread("  "), "error: expected a value, found the end at byte 2");
  EXPECT_EQ(reread("[1 2]"), "error: expected ',' or ']', found '2' at byte 3");
  EXPECT_EQ(reread("[1,]"), "error: expected a value, found ']' at byte 3");
  EXPECT_EQ(reread("[1"), "error: expected ',' or ']', found the end at byte 2");
  EXPECT_EQ(reread("[1}"), "error: expected ',' or ']', found '}' at byte 2");
  EXPECT_EQ(reread("{1:2}"), "error: expected a key in quotes, found '1' at byte 1");
  EXPECT_EQ(reread(R"({"a" 1})"), "error: expected ':' after a key, found '1' at byte 5");
  EXPECT_EQ(reread(R"({"a":1,})"), "error: expected a key in quotes, found '}' at byte 7");
  EXPECT_EQ(reread(R"({"a":1 "b":2})"), "error: expected ',' or '}', found '\"' at byte 7");
  EXPECT_EQ(reread("nulL"), "error: expected a value, found 'n' at byte 0");
  EXPECT_EQ(reread("[\xC3\xA9]"), "error: expected a value, found '\xC3\xA9' at byte 1");
  EXPECT_EQ(reread(std::string_view("[\0]", 3)), "error: expected a value, found \\x00 at byte 1");
  EXPECT_EQ(reread("12\"a\""), "error: expected the end of a number, found '\"' at byte 2");
}

TEST(JsonReader, RefusesTextAfterTheValue) {
  EXPECT_EQ(reread("1 2"), "error: expected the end of the text, found '2' at byte 2");
  EXPECT_EQ(reread("{}]"), "error: expected the end of the text, found ']' at byte 2");
  EXPECT_EQ(reread(R"("a"x)"), "error: expected the end of the text, found 'x' at byte 3");
}

TEST(JsonReader, StopsAtTheDepthBound) {
  EXPECT_EQ(reread(nested_arrays(128)), nested_arrays(128));
  EXPECT_EQ(reread(nested_arrays(129)), "error: nested too deep at byte 128");
  EXPECT_EQ(reread("{\"a\":[1]}", {.max_depth = 1}), "error: nested too deep at byte 5");
  EXPECT_EQ(reread("[[],[],{}]", {.max_depth = 2}), "[[],[],{}]");
}

TEST(JsonReader, ReadsDeepTextWithoutNativeRecursion) {
  constexpr std::size_t kDepth = 200'000;
  EXPECT_EQ(reread(nested_arrays(kDepth), {.max_depth = kDepth}), nested_arrays(kDepth));
}

TEST(JsonReader, RefusesAMebibyteOfBrackets) {
  EXPECT_EQ(reread(std::string(1 << 20, '[')), "error: nested too deep at byte 128");
  EXPECT_EQ(reread(std::string(1 << 20, '{')), "error: expected a key in quotes, found '{' at byte 1");
}

TEST(JsonReader, SharesTheStringsOfTheProgram) {
  SymbolTable symbols;
  const Value& name = symbols.intern("name");
  const Result<Value> read = read_json(R"({"name":1,"other":2})", {.symbols = &symbols});
  ASSERT_TRUE(read.has_value());
  const object::Entry first = object::entry(*read, object::first(*read));
  EXPECT_TRUE(first.key->is_same(name));
  EXPECT_EQ(reread(R"({"name":1,"\u006eame":2})", {.symbols = &symbols}), R"({"name":2})");
}

TEST(JsonReader, SharesTheKeysOfObjectsAlike) {
  const Result<Value> read =
      read_json(R"([{"a":1,"b":{"c":[]}},{"a":2,"b":{"c":{"a":0}}},{"a":3,"b":{"x":1}}])");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(object::keys_of(array::at(*read, 0)), object::keys_of(array::at(*read, 1)));
  EXPECT_EQ(object::keys_of(array::at(*read, 0)), object::keys_of(array::at(*read, 2)));
}

TEST(JsonReader, KeepsApartObjectsThatAreNearlyAlike) {
  for (const std::string text : {
           R"([{"a":1,"b":2},{"a":1},{"a":1,"b":2,"c":3},{"b":2,"a":1},{},{"a":1,"b":2}])",
           R"([{"a":1,"b":2},{"a":{"a":1,"b":{"a":1}},"b":3},{"a":{"b":1},"c":{"b":2}}])",
           R"({"a":{"a":{"a":1}},"b":{"a":{"b":1}}})",
       }) {
    EXPECT_EQ(reread(text), text);
  }
  EXPECT_EQ(reread(R"([{"a":1,"b":2},{"a":1,"a":2},{"a":3,"b":4,"a":5}])"),
            R"([{"a":1,"b":2},{"a":2},{"a":5,"b":4}])");
  std::string many = R"([{"k":0)";
  for (int i = 0; i < 40; ++i) many += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
  many += "}";
  EXPECT_EQ(reread(many + "," + many.substr(1) + "]"), many + "," + many.substr(1) + "]");
}

TEST(JsonReader, LetsGoOfWhatItHasMade) {
  Heap heap;
  HeapScope scope(heap);
  Result<Value> read = read_json(R"([{"a":[1]},{"a":[2]}])");
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->is_unique());
  EXPECT_TRUE(array::at(*read, 0).is_unique());
  EXPECT_TRUE(array::at(*read, 1).is_unique());
}

TEST(JsonReader, LeavesNothingBehindWhenItFails) {
  Heap heap;
  HeapScope scope(heap);
  EXPECT_FALSE(read_json(R"([["some", {"long enough to have a block": "of its own"}], "and another" 1])"));
  heap.drain(SIZE_MAX);
  EXPECT_EQ(heap.bytes(), 0u);
}

TEST(JsonReader, ReadsEveryDoubleBackAsItWasWritten) {
  std::uint64_t bits = 0x9E3779B97F4A7C15;
  for (int i = 0; i < 200'000; ++i) {
    bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
    const auto wanted = std::bit_cast<double>(bits);
    if (!std::isfinite(wanted)) continue;
    std::string text;
    ASSERT_TRUE(append_json(text, Value(wanted), 100));
    ASSERT_EQ(std::bit_cast<std::uint64_t>(number_read(text)), bits) << text;
  }
}

TEST(JsonReader, ReadsEveryCutOfATextWithoutHarm) {
  const std::string text = R"( {"a\u00e9": [1.5e3, -0, true, null, "\ud83d\ude00", {"": []}], "b": "é"} )";
  EXPECT_FALSE(reread(text).starts_with("error"));
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    const std::string cut = text.substr(0, size);  // its own memory, so that a read past the end shows
    EXPECT_TRUE(reread(cut).starts_with("error: ")) << cut;
  }
}

}  // namespace
}  // namespace relay
