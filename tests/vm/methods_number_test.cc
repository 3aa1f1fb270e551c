#include "vm/script_fixture.h"

namespace relay::test {
namespace {

using MethodsNumber = ScriptTest;
using MethodsDatetime = ScriptTest;

TEST_F(MethodsNumber, RoundHalfAwayFromZero) {
  EXPECT_EQ(value_of("[0.5.round(), 1.5.round(), 2.5.round(), (-0.5).round(), (-2.5).round(), "
                     "0.49999999999999994.round()]"),
            "[1, 2, 3, -1, -3, 0]");
  EXPECT_EQ(value_of("[3.14159.round(2), 2.675.round(2), 1.005.round(2), 1234.5.round(-2), 0.1.round(20), "
                     "1e300.round(2)]"),
            "[3.14, 2.68, 1.01, 1200, 0.1, 1e+300]");
  EXPECT_EQ(value_of("[5e-324.round(3), 1e300.round(-400), (1e308 * 10).round(2) == 1e308 * 10]"),
            "[0, 0, true]");
  EXPECT_EQ(error_of("1.round(0.5)"), "method 'round' of number: argument 1 must be an integer, got 0.5");
}

TEST_F(MethodsNumber, Compute) {
  EXPECT_EQ(
      value_of("[3.7.floor(), 3.2.ceil(), (-3.5).floor(), (-4).abs(), 16.sqrt(), 2.pow(10), 2.pow(-1)]"),
      "[3, 4, -4, 4, 4, 1024, 0.5]");
  EXPECT_EQ(value_of("[3.min(2), 3.max(2), 4.is_integer(), 4.5.is_integer(), (1e308 * 10).is_integer()]"),
            "[2, 3, true, false, false]");
  EXPECT_EQ(value_of("[5.to_string(), 1.5.toString(), 1e21.to_string()]"), "[\"5\", \"1.5\", \"1e+21\"]");
}

TEST_F(MethodsNumber, RefuseWhatHasNoAnswer) {
  EXPECT_EQ(kind_of_error("(-1).sqrt()"), "arithmetic");
  EXPECT_EQ(error_of("2.pow(\"x\")"), "method 'pow' of number: argument 1 must be number, got string");
  EXPECT_EQ(error_of("42.push(1)"), "method 'push' not supported for number");
}

TEST_F(MethodsDatetime, GiveTheirParts) {
  EXPECT_EQ(value_of("set d = 2024-01-31T12:30:45.5Z; [d.year(), d.month(), d.day(), d.hour(), d.minute(), "
                     "d.second(), d.unix()]"),
            "[2024, 1, 31, 12, 30, 45, 1706704245]");
  EXPECT_EQ(value_of("[1969-12-31T23:59:59.5Z.unix(), 1970-01-01.unix()]"), "[-1, 0]");
}

TEST_F(MethodsDatetime, Add) {
  EXPECT_EQ(value_of("[2024-02-28.add(86400), 2024-03-01.add(-1), 2024-01-01.add(0.001)]"),
            "[2024-02-29T00:00:00Z, 2024-02-29T23:59:59Z, 2024-01-01T00:00:00.001Z]");
  EXPECT_EQ(kind_of_error("2024-01-01.add(1e12)"), "range");
  EXPECT_EQ(kind_of_error("2262-01-01.add(86400 * 365)"), "range");
}

TEST_F(MethodsDatetime, Format) {
  EXPECT_EQ(value_of("2024-01-02T03:04:05.678Z.format(\"YYYY/MM/DD HH:mm:ss.SSS\")"),
            "\"2024/01/02 03:04:05.678\"");
  EXPECT_EQ(value_of("set d = 2024-01-02T03:04:05Z; [d.to_iso(), d.toISOString(), d.to_string(), "
                     "d.toString()].unique()"),
            "[\"2024-01-02T03:04:05Z\"]");
  EXPECT_EQ(error_of("2024-01-01.format(1)"),
            "method 'format' of datetime: argument 1 must be string, got number");
}

}  // namespace
}  // namespace relay::test
