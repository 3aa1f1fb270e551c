#include "analysis/builtin_types.h"

#include "analysing.h"
#include "analysis/describe.h"
#include "bytecode/builtins.h"
#include "bytecode/methods.h"

namespace relay::analysis {
namespace {

class BuiltinTypes : public testing::Test {
 protected:
  BuiltinTypes()
      : parsed_(parse(std::make_shared<SourceFile>("test.rl", ""))), definitions(*parsed_.module) {}

  [[nodiscard]] std::string result(std::string_view method, TypeId receiver,
                                   std::vector<TypeId> arguments = {}) {
    const BuiltinType* found = find_method(method_owner(definitions.pool.kind(receiver)), method);
    return found == nullptr ? "no method"
                            : type_text(definitions, found->result(definitions, receiver, arguments));
  }

 private:
  ParseResult parsed_;

 protected:
  Definitions definitions;
};

TEST_F(BuiltinTypes, HaveASignatureForEachMethodAndBuiltin) {
  for (const bytecode::TypeMethod& method : bytecode::type_methods()) {
    ASSERT_NE(find_method(method.type, method.signature.name), nullptr) << method.signature.name;
  }
  for (const bytecode::Signature& builtin : bytecode::builtin_names()) {
    EXPECT_EQ(find_builtin(builtin.name) != nullptr, !builtin.name.starts_with("__")) << builtin.name;
  }
}

TEST_F(BuiltinTypes, FollowTheElementsOfTheReceiver) {
  const TypeId words = definitions.pool.array_of(kString);
  EXPECT_EQ(result("first", words), "optional(string)");
  EXPECT_EQ(result("get", words), "string");
  EXPECT_EQ(result("filter", words), "[string]");
  EXPECT_EQ(result("group_by", words), "{string: [string]}");
}

TEST_F(BuiltinTypes, GrowByWhatIsAdded) {
  const TypeId none = definitions.pool.array_of(kNever);
  EXPECT_EQ(result("push", none, {kNumber}), "[number]");
  EXPECT_EQ(result("push", definitions.pool.array_of(kString), {kNumber}), "array");
  EXPECT_EQ(result("concat", definitions.pool.array_of(kString), {definitions.pool.array_of(kString)}),
            "[string]");
  EXPECT_EQ(result("set", definitions.pool.object_of(kNumber), {kString, kNumber}), "{string: number}");
}

TEST_F(BuiltinTypes, KnowOtherSpellings) {
  EXPECT_EQ(result("toString", kNumber), "string");
  EXPECT_EQ(result("toISOString", kDatetime), "string");
  EXPECT_EQ(result("toISOString", kNumber), "no method");
}

TEST_F(BuiltinTypes, OfferElementsToCallbacks) {
  const TypeId words = definitions.pool.array_of(kString);
  EXPECT_EQ(find_method("array", "map")->offered(definitions, 0, words),
            std::vector<TypeId>({kString, kNumber}));
  EXPECT_TRUE(find_method("array", "push")->offered(definitions, 0, words).empty());
}

}  // namespace
}  // namespace relay::analysis
