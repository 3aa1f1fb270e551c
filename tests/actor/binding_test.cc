#include "script_fixture.h"

namespace relay {
namespace {

const std::string kShop = R"(
struct Item { name: string, price: number, note: optional(string) }
struct Order { items: [Item], at: datetime }
server s {
  receive fn f(n: number) { n }
  receive fn two(title: string, count: optional(number)) { [title, count] }
  receive fn none() { "none" }
  receive fn whole(user: object) { user }
  receive fn anything(x) { x }
  receive fn at(when: datetime) { when.year() }
  receive fn days(all: [datetime]) { all.map(fn (d) { d.day() }) }
  receive fn by_name(all: {string: datetime}) { all.map(fn (d) { d.day() }) }
  receive fn item(item: Item) { item.name + " " + type(item) }
  receive fn order(order: Order) { [order.items.length(), order.items.get(0).price, order.at.month()] }
  receive fn maybe(item: optional(Item)) { type(item) }
}
)";

class Binding : public ::testing::Test {
 protected:
  std::string ask(const std::string& method, const std::string& args = "") { return stage.ask("s." + method, args); }
  Stage stage{kShop};
};

TEST_F(Binding, BindsByPositionAndByName) {
  EXPECT_EQ(ask("two", R"(["a", 2])"), R"(["a",2])");
  EXPECT_EQ(ask("two", R"({"count": 2, "title": "a"})"), R"(["a",2])");
  EXPECT_EQ(ask("none"), R"("none")");
  EXPECT_EQ(ask("none", "[]"), R"("none")");
  EXPECT_EQ(ask("none", "{}"), R"("none")");
}

TEST_F(Binding, AMissingOptionalIsNil) {
  EXPECT_EQ(ask("two", R"(["a"])"), R"(["a",null])");
  EXPECT_EQ(ask("two", R"({"title": "a"})"), R"(["a",null])");
  EXPECT_EQ(ask("two", R"({"title": "a", "count": null})"), R"(["a",null])");
}

TEST_F(Binding, NamesWhatIsMissing) {
  EXPECT_EQ(ask("two"), "invalid_params: method 's.two': missing argument for parameter 'title'");
  EXPECT_EQ(ask("two", R"({"count": 1})"), "invalid_params: method 's.two': missing argument for parameter 'title'");
}

TEST_F(Binding, RefusesTooManyAndUnknown) {
  EXPECT_EQ(ask("f", "[1, 2]"), "invalid_params: method 's.f' expects 1 argument, got 2");
  EXPECT_EQ(ask("two", R"(["a", 1, 2])"), "invalid_params: method 's.two' expects 1 to 2 arguments, got 3");
  EXPECT_EQ(ask("none", "[1]"), "invalid_params: method 's.none' expects 0 arguments, got 1");
  EXPECT_EQ(ask("two", R"({"titel": "a"})"), "invalid_params: method 's.two' has no parameter 'titel', did you mean 'title'?");
  EXPECT_EQ(ask("none", R"({"zzzzzz": 1})"), "invalid_params: method 's.none' has no parameter 'zzzzzz'");
}

TEST_F(Binding, NamesExpectedAndGivenType) {
  EXPECT_EQ(ask("f", R"(["x"])"), "invalid_params: method 's.f': parameter 'n' must be number, got string");
  EXPECT_EQ(ask("f", R"([null])"), "invalid_params: method 's.f': parameter 'n' must be number, got nil");
  EXPECT_EQ(ask("two", R"(["x", true])"),
            "invalid_params: method 's.two': parameter 'count' must be optional(number), got bool");
}

TEST_F(Binding, GivesTheWholeObjectToAnOnlyParameterThatTakesOne) {
  EXPECT_EQ(ask("whole", R"({"name": "Ann", "age": 3})"), R"({"name":"Ann","age":3})");
  EXPECT_EQ(ask("whole", R"({"user": {"name": "Ann"}})"), R"({"name":"Ann"})");
  EXPECT_EQ(ask("anything", R"({"b": 1})"), R"({"b":1})");
  EXPECT_EQ(ask("item", R"({"name": "pen", "price": 2})"), R"("pen Item")");
  EXPECT_EQ(ask("f", R"({"b": 1})"), "invalid_params: method 's.f' has no parameter 'b'");
  EXPECT_EQ(ask("whole", "{}"), "invalid_params: method 's.whole': missing argument for parameter 'user'");
}

TEST_F(Binding, TheLanguageHasNoRuleOfTheWhole) {
  Stage program(kShop + R"(print(try { send "s" whole {name: "Ann"} } catch e { e.error }))");
  EXPECT_EQ(program.run_program(), "method 's.whole' has no parameter 'name'\n");
}

TEST_F(Binding, ConvertsTextToDatetimes) {
  EXPECT_EQ(ask("at", R"(["2024-05-06T07:08:09Z"])"), "2024");
  EXPECT_EQ(ask("days", R"([["2024-05-06", "2024-05-07T00:00:00Z"]])"), "[6,7]");
  EXPECT_EQ(ask("by_name", R"([{"a": "2024-05-06", "b": "2024-05-07"}])"), R"({"a":6,"b":7})");
  EXPECT_EQ(ask("at", R"(["yesterday"])"), "invalid_params: method 's.at': parameter 'when' must be datetime, got string");
  EXPECT_EQ(ask("anything", R"(["2024-05-06"])"), R"("2024-05-06")");
}

TEST_F(Binding, ConvertsObjectsToStructsDeeply) {
  EXPECT_EQ(ask("order", R"([{"items": [{"name": "pen", "price": 2}], "at": "2024-05-06"}])"), "[1,2,5]");
  EXPECT_EQ(ask("maybe", R"([{"name": "pen", "price": 2}])"), R"("Item")");
  EXPECT_EQ(ask("maybe", "[null]"), R"("nil")");
}

TEST_F(Binding, AStructKeepsItsChecks) {
  EXPECT_EQ(ask("item", R"([{"name": "pen"}])"),
            "invalid_params: method 's.item': parameter 'item': missing required field 'price' for struct Item");
  EXPECT_EQ(ask("item", R"([{"name": "pen", "price": 1, "x": 1}])"),
            "invalid_params: method 's.item': parameter 'item': struct Item has no field 'x'");
  EXPECT_EQ(ask("order", R"([{"items": [{"name": 1, "price": 2}], "at": "2024-05-06"}])"),
            "invalid_params: method 's.order': parameter 'order': field 'name' of struct Item must be string, got number");
}

TEST_F(Binding, AStructsOwnTypeIsAcceptedAndAnothersRefused) {
  EXPECT_EQ(ask("item", R"([{"_type": "Item", "name": "pen", "price": 2}])"), R"("pen Item")");
  EXPECT_EQ(ask("item", R"([{"_type": "Order", "name": "pen", "price": 2}])"),
            "invalid_params: method 's.item': parameter 'item' must be Item, got _type \"Order\"");
}

TEST_F(Binding, TheLanguagesObjectsAreNoStructs) {
  Stage program(kShop + R"(print(try { message("s", "item", {name: "pen", price: 2}) } catch e { [e.error, e.kind] }))");
  EXPECT_EQ(program.run_program(),
            "[\"method 's.item': parameter 'item' must be Item, got object\", \"invalid_params\"]\n");
}

TEST_F(Binding, ARefusedCallDidNotRun) {
  const auto answers = stage.send("s.f", R"(["x"])");
  stage.run();
  EXPECT_EQ(answers->ran, Ran::kNo);
}

}  // namespace
}  // namespace relay
