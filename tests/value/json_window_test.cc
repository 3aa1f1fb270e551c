#include "value/json_window.h"

#include <gtest/gtest.h>

#include <string>

#include "value/array.h"
#include "value/equal.h"
#include "value/heap.h"
#include "value/json_cursor.h"
#include "value/json_reader.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

// A text of more than one window: an array of `unit` over and over, moved by `shift` spaces.
std::string long_text(std::string_view unit, std::size_t shift) {
  std::string text = "[" + std::string(shift, ' ');
  while (text.size() < JsonWindow::kBytes + 2 * unit.size() + 64) text += unit;
  return text += "0]";
}

std::string fault_of(std::string_view text) {
  const Result<Value> read = read_json(text);
  return read ? "none" : read.error().detail;
}

TEST(JsonWindow, CutsLongTextsWithoutHarmWhereverTheyAreCut) {
  const std::string unit = R"({"k\"é":[12345,true,"😀\\\\\"",null, -1.5e3]},)";
  const Result<Value> one = read_json(unit.substr(0, unit.size() - 1));
  ASSERT_TRUE(one.has_value());
  for (std::size_t shift = 0; shift < unit.size(); ++shift) {
    const Result<Value> read = read_json(long_text(unit, shift));
    ASSERT_TRUE(read.has_value()) << shift << ": " << read.error().detail;
    const std::size_t count = array::size(*read);
    ASSERT_GT(count, JsonWindow::kBytes / unit.size());
    std::size_t same = 0;
    for (std::size_t i = 0; i + 1 < count; ++i) same += equal(array::at(*read, i), *one) ? 1 : 0;
    ASSERT_EQ(same, count - 1) << shift;
  }
}

TEST(JsonWindow, TakesTokensThatAreLongerThanItself) {
  const std::string spaces(2 * JsonWindow::kBytes, ' ');
  EXPECT_EQ(fault_of(spaces + "[1," + spaces + "2]" + spaces), "none");
  const std::string digits = "0." + std::string(2 * JsonWindow::kBytes, '0') + "1";
  const Result<Value> number = read_json("[1," + digits + ",2]");
  ASSERT_TRUE(number.has_value());
  EXPECT_EQ(array::size(*number), 3u);
  EXPECT_EQ(array::at(*number, 1).as_number(), 0.0);
  const std::string letters(3 * JsonWindow::kBytes, 'x');
  const Result<Value> object = read_json("{\"" + letters + "\":[\"" + letters + "\"]}");
  ASSERT_TRUE(object.has_value());
  const Value* content = object::find(*object, letters);
  ASSERT_NE(content, nullptr);
  EXPECT_EQ(string::text(array::at(*content, 0)), letters);
}

TEST(JsonWindow, TellsFaultsBehindTheFirstAtTheirByte) {
  const std::string text = long_text("\"abc\",", 0);
  const std::string begin = text.substr(0, text.size() - 2);
  const std::string at = std::to_string(begin.size());
  EXPECT_NE(fault_of(begin + "1 2]").find("byte " + std::to_string(begin.size() + 2)), std::string::npos);
  for (const std::string end : {"\"\x01\"]", "\"\xFF\"]", "\"abc"}) {
    const std::string fault = fault_of(begin + end);
    const std::size_t byte = begin.size() + (end.back() == 'c' ? 0 : 1);
    EXPECT_NE(fault.find("byte " + std::to_string(byte)), std::string::npos) << fault;
  }
  EXPECT_NE(fault_of(begin).find("byte " + at), std::string::npos) << fault_of(begin);
  EXPECT_NE(fault_of(text + "x").find("expected the end of the text"), std::string::npos) << fault_of(text + "x");
}

TEST(JsonWindow, FindsNothingWhereThereIsNothing) {
  EXPECT_EQ(fault_of(""), "expected a value, found the end at byte 0");
  EXPECT_EQ(fault_of(std::string(2 * JsonWindow::kBytes, '\n')), "expected a value, found the end at byte 1048576");
}

// Escapes of every kind, so many that pieces end in the middle of each.
std::string escapes(std::size_t count) {
  static constexpr std::string_view kEscapes[] = {R"(\ud83d\ude00)", R"(\\)", R"(\u00e9)", "é", R"(\")", "x", R"(\ud83d\ude00\u20ac)"};
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += kEscapes[i * i % 7];
  return text;
}

TEST(JsonReading, InStepsGivesTheSameAsInOne) {
  std::string text = R"({"long": ")" + escapes(60'000) + R"(", "plain": ")" + std::string(300'000, 'y') + R"(", "rows": [)";
  for (int i = 0; i < 20'000; ++i) text += R"({"a": )" + std::to_string(i) + R"(, "b": ["x"]},)";
  text += "[]]}";
  const Result<Value> whole = read_json(text);
  ASSERT_TRUE(whole.has_value()) << whole.error().detail;
  EXPECT_GT(string::size(*object::find(*whole, "long")), 100'000u);
  for (const std::size_t budget : {1u, 100u, 50'000u}) {
    JsonCursor cursor(text, {});
    Value value;
    std::size_t steps = 0;
    JsonCursor::Progress progress = JsonCursor::Progress::kUnfinished;
    for (; progress == JsonCursor::Progress::kUnfinished; ++steps) {
      std::size_t left = budget;
      progress = cursor.read_on(value, left);
    }
    ASSERT_EQ(progress, JsonCursor::Progress::kDone);
    EXPECT_TRUE(cursor.finish());
    EXPECT_TRUE(equal(value, *whole));
    EXPECT_GT(steps, 60'000 / budget);
  }
}

TEST(JsonReading, OfLongStringsCutsNoPairOfSurrogates) {
  for (const std::string pair : {R"(\ud83d\ude00)", R"(\uD83D\uDE00)"}) {
    for (std::size_t shift = 0; shift < 12; ++shift) {
      std::string quoted = "\"" + std::string(shift, 'y');
      std::string plain(shift, 'y');
      for (int i = 0; i < 25'000; ++i) {
        quoted += pair;
        plain += "\xF0\x9F\x98\x80";
      }
      const Result<Value> read = read_json(quoted + "\"");
      ASSERT_TRUE(read.has_value()) << shift << ": " << read.error().detail;
      EXPECT_TRUE(string::text(*read) == plain) << shift;
    }
  }
}

TEST(JsonReading, OfLongStringsRefusesALoneSurrogateWhereverItStands) {
  for (std::size_t shift = 0; shift < 14; ++shift) {
    const std::string before(string::kPieceBytes - shift, 'y');
    for (const std::string lone : {R"(\ud83d)", R"(\ude00)", R"(\ud83dxyz\n)", R"(\ud83d\ud83d\ude00)", R"(\ud8)"}) {
      const std::string fault = fault_of("\"" + before + lone + std::string(20, 'y') + "\"");
      EXPECT_NE(fault.find("at byte " + std::to_string(1 + before.size())), std::string::npos) << shift << ": " << fault;
    }
  }
}

TEST(JsonReading, OfLongStringsTellsAFaultAtItsByte) {
  const std::string text = "[\"" + std::string(300'000, 'y') + R"(\q"])";
  EXPECT_NE(fault_of(text).find("byte 300002"), std::string::npos) << fault_of(text);
}

TEST(JsonReading, LetsTheLastOfADuplicateKeyWinInLargeObjectsToo) {
  std::string text = "{";
  for (int i = 0; i < 10'000; ++i) text += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  const Result<Value> read = read_json(text + R"("k5":"last"})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(object::size(*read), 10'000u);
  EXPECT_EQ(string::text(*object::find(*read, "k5")), "last");
  EXPECT_EQ(string::text(*object::entry(*read, object::next(*read, 4)).key), "k5");
}

TEST(JsonReading, GivenUpLeavesNothingBehind) {
  Heap heap;
  const HeapScope scope(heap);
  {
    std::string text = "[";
    for (int i = 0; i < 20'000; ++i) text += R"(["a longer text than one character"],)";
    JsonCursor cursor(text, {});
    Value value;
    std::size_t budget = 30'000;
    EXPECT_EQ(cursor.read_on(value, budget), JsonCursor::Progress::kUnfinished);
    EXPECT_GT(heap.bytes(), 100'000u);
  }
  heap.drain_whole();
  EXPECT_EQ(heap.bytes(), 0u);
}

}  // namespace
}  // namespace relay
