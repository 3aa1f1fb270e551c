#include "bytecode/type_table.h"

#include <gtest/gtest.h>

#include "value/array.h"
#include "value/boxed.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::bytecode {
namespace {

class TypeTableTest : public testing::Test {
 protected:
  TypeTableTest() {
    number = table.intern({.kind = TypeKind::kNumber});
    text = table.intern({.kind = TypeKind::kString});
    numbers = table.intern({.kind = TypeKind::kListOf, .inner = number});
    texts = table.intern({.kind = TypeKind::kMapOf, .inner = text});
    maybe = table.intern({.kind = TypeKind::kOptional, .inner = number});
  }

  static Value list(std::size_t count) {
    Value out = array::make();
    for (std::size_t i = 0; i < count; ++i) array::push(out, Value(static_cast<double>(i)));
    return out;
  }
  static Value map(std::size_t count) {
    Value out = object::make();
    for (std::size_t i = 0; i < count; ++i)
      object::set(out, string::make("k" + std::to_string(i)), string::make("v"));
    return out;
  }

  TypeTable table;
  TypeId number, text, numbers, texts, maybe;
};

TEST_F(TypeTableTest, GivesEqualTypesOneId) {
  EXPECT_EQ(table.intern({}), kAny);
  EXPECT_EQ(table.intern({.kind = TypeKind::kListOf, .inner = number}), numbers);
  EXPECT_NE(table.intern({.kind = TypeKind::kListOf, .inner = text}), numbers);
}

TEST_F(TypeTableTest, GivesAnyWhenItIsFull) {
  TypeId inner = number;
  while (!table.is_full()) inner = table.intern({.kind = TypeKind::kListOf, .inner = inner});
  EXPECT_EQ(table.intern({.kind = TypeKind::kMapOf, .inner = inner}), kAny);
  EXPECT_EQ(table.intern({.kind = TypeKind::kListOf, .inner = number}), numbers);
}

TEST_F(TypeTableTest, WritesTypesAsAnnotationsDo) {
  StructInfo user;
  user.name = string::make("User");
  const TypeId users = table.intern(
      {.kind = TypeKind::kListOf, .inner = table.intern({.kind = TypeKind::kStruct, .structure = &user})});
  EXPECT_EQ(table.text(users), "[User]");
  EXPECT_EQ(table.text(texts), "{string: string}");
  EXPECT_EQ(table.text(maybe), "optional(number)");
  EXPECT_EQ(table.text(kAny), "any");
  EXPECT_EQ(table.text(table.intern({.kind = TypeKind::kDatetime})), "datetime");
}

TEST_F(TypeTableTest, FitsPlainTypes) {
  EXPECT_TRUE(table.fits(Value(1.0), number));
  EXPECT_FALSE(table.fits(Value(true), number));
  EXPECT_FALSE(table.fits(Value::nil(), number));
  EXPECT_TRUE(table.fits(Value::nil(), maybe));
  EXPECT_TRUE(table.fits(Value(1.0), maybe));
  EXPECT_FALSE(table.fits(string::make("x"), maybe));
  EXPECT_TRUE(table.fits(Value::nil(), kAny));
  EXPECT_TRUE(table.fits(datetime::make(0), table.intern({.kind = TypeKind::kDatetime})));
  EXPECT_TRUE(table.fits(Value::nil(), table.intern({.kind = TypeKind::kNil})));
}

TEST_F(TypeTableTest, AStructIsNoObjectAndNoOtherStruct) {
  StructInfo user;
  user.name = string::make("User");
  StructInfo other;
  other.name = string::make("Other");
  const Value instance = structure::make(&user, {});
  EXPECT_TRUE(table.fits(instance, table.intern({.kind = TypeKind::kStruct, .structure = &user})));
  EXPECT_FALSE(table.fits(instance, table.intern({.kind = TypeKind::kStruct, .structure = &other})));
  EXPECT_FALSE(table.fits(instance, table.intern({.kind = TypeKind::kObject})));
}

TEST_F(TypeTableTest, LooksAtEveryElement) {
  for (const std::size_t count : {0u, 1u, 31u, 33u, 2000u}) {
    Value fitting = list(count);
    EXPECT_TRUE(table.fits(fitting, numbers)) << count;
    array::push(fitting, string::make("x"));
    EXPECT_FALSE(table.fits(fitting, numbers)) << count;
    EXPECT_TRUE(table.fits(fitting, table.intern({.kind = TypeKind::kArray}))) << count;
    EXPECT_FALSE(table.fits(map(count), numbers)) << count;
  }
}

TEST_F(TypeTableTest, LooksAtEveryContent) {
  for (const std::size_t count : {0u, 1u, 16u, 17u, 2000u}) {
    Value fitting = map(count);
    EXPECT_TRUE(table.fits(fitting, texts)) << count;
    object::set(fitting, string::make("last"), Value(1.0));
    EXPECT_FALSE(table.fits(fitting, texts)) << count;
    object::remove(fitting, string::make("last"));
    EXPECT_TRUE(table.fits(fitting, texts)) << count;
  }
}

TEST_F(TypeTableTest, AnswersAnewForAnotherTypeAndAfterAChange) {
  const TypeId many_texts = table.intern({.kind = TypeKind::kListOf, .inner = text});
  Value values = list(500);
  EXPECT_TRUE(table.fits(values, numbers));
  EXPECT_FALSE(table.fits(values, many_texts));
  EXPECT_TRUE(table.fits(values, numbers));
  array::set(values, 250, Value::nil());
  EXPECT_FALSE(table.fits(values, numbers));
  array::set(values, 250, Value(1.0));
  EXPECT_TRUE(table.fits(values, numbers));
}

TEST_F(TypeTableTest, LooksIntoListsOfLists) {
  const TypeId lists = table.intern({.kind = TypeKind::kListOf, .inner = numbers});
  Value outer = array::make();
  array::push(outer, list(40));
  EXPECT_TRUE(table.fits(outer, lists));
  EXPECT_FALSE(table.fits(outer, numbers));
  Value wrong = list(40);
  array::push(wrong, Value(false));
  array::push(outer, wrong);
  EXPECT_FALSE(table.fits(outer, lists));
}

}  // namespace
}  // namespace relay::bytecode
