#include "value/value.h"

#include <cmath>
#include <limits>

#include "value/boxed.h"
#include "value_fixture.h"

namespace relay {
namespace {

using ValueBits = ValueTest;

TEST_F(ValueBits, KeepEveryDoubleApartFromEverythingElse) {
  const double numbers[] = {0.0,
                            -0.0,
                            1.5,
                            -1e308,
                            5e-324,
                            std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity(),
                            std::nan(""),
                            -std::nan("")};
  for (const double each : numbers) {
    const Value value(each);
    EXPECT_TRUE(value.is_number());
    EXPECT_FALSE(value.is_block());
    EXPECT_FALSE(value.is_nil() || value.is_bool() || value.is_undefined());
    EXPECT_EQ(value.type(), Type::kNumber);
    EXPECT_TRUE(value.as_number() == each || std::isnan(each));
  }
}

TEST_F(ValueBits, KnowTheTypeOfEveryValue) {
  EXPECT_EQ(Value::nil().type(), Type::kNil);
  EXPECT_EQ(Value(true).type(), Type::kBool);
  EXPECT_EQ(text("a text").type(), Type::kString);
  EXPECT_EQ(datetime::make(1).type(), Type::kDatetime);
  EXPECT_EQ(array::make().type(), Type::kArray);
  EXPECT_EQ(object::make().type(), Type::kObject);
  EXPECT_EQ(closure_over(Value()).type(), Type::kFunction);
  EXPECT_EQ(server::make(text("s")).type(), Type::kServer);
  EXPECT_TRUE(cell::make(Value(), 1).is_cell());
  EXPECT_TRUE(datetime::make(1).is_datetime());
  EXPECT_FALSE(datetime::make(1).is_server());
}

TEST_F(ValueBits, AreFalsyForTheSixThatTheLanguageNames) {
  const std::vector<Value> falsy = {Value::nil(), Value(false), number(0), number(-0.0), text(""), array::make(),
                                    object::make()};
  for (const Value& value : falsy) EXPECT_FALSE(value.truthy()) << display(value);
  const std::vector<Value> truthy = {Value(true),         number(-1),        text("0"), array_of({Value::nil()}),
                                     datetime::make(0),   closure_over(Value()), server::make(text("s")),
                                     object_of({{"a", Value::nil()}})};
  for (const Value& value : truthy) EXPECT_TRUE(value.truthy()) << display(value);
  Value emptied = range_array(40);
  while (array::size(emptied) != 0) array::pop(emptied);
  EXPECT_FALSE(emptied.truthy());
}

TEST_F(ValueBits, CountTheirHolders) {
  Value first = text("a text of its own");
  EXPECT_TRUE(first.is_unique());
  Value second = first;
  EXPECT_FALSE(first.is_unique());
  second = second;  // NOLINT: assigning a value to itself must be harmless
  EXPECT_EQ(first.block()->refs, 2u);
  second = std::move(first);
  EXPECT_TRUE(first.is_undefined());
  EXPECT_TRUE(second.is_unique());
}

}  // namespace
}  // namespace relay
