#include "value/struct.h"

#include "value/symbol_table.h"
#include "value_fixture.h"

namespace relay {
namespace {

class Struct : public ValueTest {
 protected:
  SymbolTable symbols_;
  const StructType point_{symbols_.intern("Point"), {symbols_.intern("x_axis"), symbols_.intern("y_axis")}};

  Value make(Value x, Value y) {
    std::vector<Value> fields = {std::move(x), std::move(y)};
    return structure::make(&point_, fields);
  }
};

TEST_F(Struct, FindsAFieldByIdentityAndByText) {
  EXPECT_EQ(point_.index_of("y_axis"), 1u);
  EXPECT_EQ(point_.index_of(symbols_.intern("y_axis")), 1u);
  EXPECT_EQ(point_.index_of(text("y_axis")), 1u);
  EXPECT_EQ(point_.index_of("z_axis"), StructType::kNone);
}

TEST_F(Struct, ChangesInPlaceWhenUniqueElseInACopy) {
  Value value = make(number(1), range_array(3));
  const Block* block = value.block();
  structure::set(value, 0, number(2));
  EXPECT_EQ(value.block(), block);
  const Value old = value;
  structure::set(value, 1, number(5));
  EXPECT_EQ(display(old), "Point{x_axis: 2, y_axis: [0, 1, 2]}");
  EXPECT_EQ(display(value), "Point{x_axis: 2, y_axis: 5}");
}

TEST_F(Struct, IsFlaggedWhenItHoldsAFunction) {
  EXPECT_TRUE(make(number(1), closure_over(number(1))).holds_function());
  Value value = make(number(1), number(2));
  EXPECT_FALSE(value.holds_function());
  structure::set(value, 0, closure_over(number(1)));
  EXPECT_TRUE(value.holds_function());
}

}  // namespace
}  // namespace relay
