#include "value/display.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "value/boxed.h"
#include "value/struct.h"
#include "value_fixture.h"

namespace relay {
namespace {

using DisplayText = ValueTest;

std::string shown(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST_F(DisplayText, ShowsNumbersAsJavaScriptDoes) {
  EXPECT_EQ(shown(0), "0");
  EXPECT_EQ(shown(-0.0), "0");
  EXPECT_EQ(shown(3), "3");
  EXPECT_EQ(shown(-42), "-42");
  EXPECT_EQ(shown(0.1), "0.1");
  EXPECT_EQ(shown(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(shown(123456.789), "123456.789");
  EXPECT_EQ(shown(1e15), "1000000000000000");
  EXPECT_EQ(shown(-1e20), "-100000000000000000000");
  EXPECT_EQ(shown(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(shown(1e21), "1e+21");
  EXPECT_EQ(shown(1.5e300), "1.5e+300");
  EXPECT_EQ(shown(0.000001), "0.000001");
  EXPECT_EQ(shown(0.00000123), "0.00000123");
  EXPECT_EQ(shown(1e-7), "1e-7");
  EXPECT_EQ(shown(-1.25e-9), "-1.25e-9");
  EXPECT_EQ(shown(5e-324), "5e-324");
  EXPECT_EQ(shown(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(shown(9007199254740993), "9007199254740992");
  EXPECT_EQ(shown(std::nan("")), "NaN");
  EXPECT_EQ(shown(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(shown(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST_F(DisplayText, ShowsEveryNumberSoThatItReadsBackTheSame) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 50000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string out = shown(value);
    double back = 0;
    const auto end = std::from_chars(out.data(), out.data() + out.size(), back);
    ASSERT_EQ(end.ptr, out.data() + out.size()) << out;
    ASSERT_EQ(back, value) << out;
  }
}

TEST_F(DisplayText, ShowsStringsBareAtTheTopAndQuotedInside) {
  const Value value = text("say \"hi\"\n");
  EXPECT_EQ(display(value), "say \"hi\"\n");
  EXPECT_EQ(display(value, Quotes::kQuoted), "\"say \\\"hi\\\"\\n\"");
  EXPECT_EQ(display(array_of({value})), "[\"say \\\"hi\\\"\\n\"]");
}

TEST_F(DisplayText, EscapesWhatAStringLiteralEscapes) {
  EXPECT_EQ(display(text("\"\\\b\f\n\r\t\x01\x1f é🌍"), Quotes::kQuoted),
            "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f é🌍\"");
}

TEST_F(DisplayText, ShowsEveryTypeAsTheTableOfTheLanguageSays) {
  const StructType user{text("User"), {text("name"), text("age")}};
  std::vector<Value> fields = {text("x"), number(3)};
  EXPECT_EQ(display(Value::nil()), "nil");
  EXPECT_EQ(display(Value(true)), "true");
  EXPECT_EQ(display(datetime::make(1704110400LL * 1'000'000'000)), "2024-01-01T12:00:00Z");
  EXPECT_EQ(display(array_of({number(1), text("a"), Value::nil()})), "[1, \"a\", nil]");
  EXPECT_EQ(display(array::make()), "[]");
  EXPECT_EQ(display(object::make()), "{}");
  EXPECT_EQ(display(object_of({{"name", text("x")}, {"odd key", number(1)}, {"if", number(2)}, {"", number(3)},
                               {"1st", number(4)}, {"_x9", number(5)}})),
            "{name: \"x\", \"odd key\": 1, if: 2, \"\": 3, \"1st\": 4, _x9: 5}");
  EXPECT_EQ(display(structure::make(&user, fields)), "User{name: \"x\", age: 3}");
  EXPECT_EQ(display(closure_over(Value())), "<function: helper>");
  EXPECT_EQ(display(server::make(text("counter"))), "<server: counter>");
}

TEST_F(DisplayText, ShowsNestedValuesOfAllKinds) {
  const Value value = array_of({object_of({{"a", array_of({object_of({{"b", array::make()}})})}, {"c", number(1)}}),
                                datetime::make(0), array_of({number(2)})});
  EXPECT_EQ(display(value), "[{a: [{b: []}], c: 1}, 1970-01-01T00:00:00Z, [2]]");
}

TEST_F(DisplayText, OfValuesAMillionDeepNeedsNoNativeStack) {
  const std::string shown_text = display(nested_array(1'000'000, number(7)));
  EXPECT_EQ(shown_text.size(), 2'000'001u);
  EXPECT_EQ(shown_text[1'000'000], '7');
}

TEST_F(DisplayText, StopsAtItsBoundAndLeavesTheTextAsItWas) {
  Value value = array_of({number(1)});
  for (int i = 0; i < 100; ++i) value = array_of({value, value});
  std::string out = "before";
  EXPECT_FALSE(append_display(out, value, Quotes::kBare, 1 << 20));
  EXPECT_EQ(out, "before");
  EXPECT_TRUE(append_display(out, number(5), Quotes::kBare, 7));
  EXPECT_EQ(out, "before5");
  EXPECT_FALSE(append_display(out, text("more"), Quotes::kBare, 10));
  EXPECT_EQ(out, "before5");
}

TEST_F(DisplayText, IsMadeInStepsOfAnySize) {
  const Value value = array_of({object_of({{"a", range_array(100)}, {"b", text("x")}}), nested_array(30, number(1))});
  for (const std::size_t budget : {1u, 3u, 50u, 100000u}) {
    Display steps(value, Quotes::kBare, SIZE_MAX);
    std::string out;
    std::size_t left = budget;
    while (steps.advance(out, left) == Display::Progress::kUnfinished) left = budget;
    EXPECT_EQ(out, display(value));
  }
}

TEST_F(DisplayText, OfLongStringsAndKeysIsMadeInPieces) {
  const std::string letters(100'000, 'x');
  const std::string quotes(100'000, '"');
  std::string escaped;
  for (std::size_t i = 0; i < quotes.size(); ++i) escaped += "\\\"";
  const Value inside = array_of({object_of({{letters, text(quotes)}, {quotes, number(1)}})});
  struct Case {
    Value value;
    std::string expected;
  };
  for (const Case& shown_case : {Case{text(quotes), quotes},
                                 Case{inside, "[{\"" + letters + "\": \"" + escaped + "\", \"" + escaped + "\": 1}]"}}) {
    Display steps(shown_case.value, Quotes::kBare, SIZE_MAX);
    std::string whole;
    Display::Progress progress = Display::Progress::kUnfinished;
    while (progress == Display::Progress::kUnfinished) {
      std::string piece;
      std::size_t budget = 1;
      progress = steps.advance(piece, budget);
      EXPECT_LT(piece.size(), 70'000u);
      whole += piece;
    }
    EXPECT_EQ(whole, shown_case.expected);
  }
}

TEST_F(DisplayText, CountsItsBoundOverAllSteps) {
  Display steps(text(std::string(100'000, 'x')), Quotes::kBare, 99'999);
  Display::Progress progress = Display::Progress::kUnfinished;
  while (progress == Display::Progress::kUnfinished) {
    std::string piece;
    std::size_t budget = 1;
    progress = steps.advance(piece, budget);
  }
  EXPECT_EQ(progress, Display::Progress::kTooLong);
}

TEST_F(DisplayText, NamesTheTypes) {
  const StructType user{text("User"), {}};
  EXPECT_EQ(type_name(Value::nil()), "nil");
  EXPECT_EQ(type_name(Value(false)), "bool");
  EXPECT_EQ(type_name(number(1)), "number");
  EXPECT_EQ(type_name(text("x")), "string");
  EXPECT_EQ(type_name(datetime::make(1)), "datetime");
  EXPECT_EQ(type_name(array::make()), "array");
  EXPECT_EQ(type_name(object::make()), "object");
  EXPECT_EQ(type_name(closure_over(Value())), "function");
  EXPECT_EQ(type_name(server::make(text("s"))), "server");
  EXPECT_EQ(type_name(structure::make(&user, {})), "User");
}

}  // namespace
}  // namespace relay
