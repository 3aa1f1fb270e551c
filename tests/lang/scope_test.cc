#include "lang/scope.h"

#include <gtest/gtest.h>

#include "lang/parser.h"

namespace relay {
namespace {

// The scopes of a program whose functions are all reached by name.
class Scopes {
 public:
  explicit Scopes(const std::string& text)
      : parsed_(parse(std::make_shared<SourceFile>("t.rl", text))), table_(*parsed_.module) {
    EXPECT_TRUE(parsed_.diagnostics.empty());
  }

  // A variable of the named function of the program.
  Variable of(std::string_view function, std::string_view name) {
    for (const ast::Function* one : table_.program_functions()) {
      if (one->name.text != function) continue;
      Variable* variable = table_.of(*one).find(name);
      if (variable != nullptr) return *variable;
    }
    ADD_FAILURE() << function << " binds no " << name;
    return {};
  }
  [[nodiscard]] const std::vector<std::string>& program() const { return table_.program_names(); }
  bool binds(std::string_view function, std::string_view name) {
    for (const ast::Function* one : table_.program_functions()) {
      if (one->name.text == function) return table_.of(*one).find(name) != nullptr;
    }
    return false;
  }

 private:
  ParseResult parsed_;
  ScopeTable table_;
};

TEST(Scope, OfTheProgramHoldsWhatTopLevelCodeBinds) {
  const Scopes scopes("set a = 1\nfor i, x in [1] { set b = x }\ntry { 1 } catch e { 2 }\nfn f() { set c = 1 }");
  EXPECT_EQ(scopes.program(), (std::vector<std::string>{"a", "i", "x", "b", "e"}));
}

TEST(Scope, OfAFunctionHoldsWhatItsTextBindsAnywhere) {
  Scopes scopes("fn f(p) { if p { set a = 1 }\n for x in p { 1 }\n try { 1 } catch e { 2 }\n fn g() { 1 } }");
  for (const char* name : {"p", "a", "x", "e", "g"}) EXPECT_TRUE(scopes.binds("f", name)) << name;
}

TEST(Scope, GivesASetToTheNearestEnclosingFunctionThatBindsTheName) {
  Scopes scopes("fn f() { set n = 0\n fn () { set n = n + 1 } }");
  EXPECT_TRUE(scopes.of("f", "n").is_captured);
  EXPECT_TRUE(scopes.of("f", "n").needs_cell);
}

TEST(Scope, KeepsASetOfANameThatTheFunctionBindsOtherwise) {
  Scopes scopes("fn f(x) { set i = 0\n fn g(x) { set x = 1\n set i = 2\n for i in x { 1 } } }");
  EXPECT_EQ(scopes.of("f", "x").sets, 0u);
  EXPECT_EQ(scopes.of("f", "i").sets, 1u);
  EXPECT_FALSE(scopes.of("f", "i").is_captured);
}

TEST(Scope, CopiesACapturedParameterThatNeverChanges) {
  Scopes scopes("fn f(p) { fn () { p } }");
  EXPECT_TRUE(scopes.of("f", "p").is_captured);
  EXPECT_FALSE(scopes.of("f", "p").needs_cell);
}

TEST(Scope, CopiesAVariableThatIsSetOnceBeforeItsCapture) {
  Scopes scopes("fn f() { set a = 1\n fn () { a } }");
  EXPECT_FALSE(scopes.of("f", "a").needs_cell);
}

TEST(Scope, KeepsACellForWhatMayStillChange) {
  EXPECT_TRUE(Scopes("fn f() { set g = fn () { a }\n set a = 1\n g() }").of("f", "a").needs_cell);
  EXPECT_TRUE(Scopes("fn f() { set a = fn () { a } }").of("f", "a").needs_cell);
  EXPECT_TRUE(Scopes("fn f() { set a = 1\n set g = fn () { a }\n set a = 2\n g() }").of("f", "a").needs_cell);
  EXPECT_TRUE(Scopes("fn f(x) { while x { set a = 1\n fn () { a } } }").of("f", "a").needs_cell);
  EXPECT_TRUE(Scopes("fn f(p) { set p = 2\n fn () { p } }").of("f", "p").needs_cell);
  EXPECT_TRUE(Scopes("fn f() { set a = 1\n fn g() { a } }").of("f", "a").needs_cell);
}

TEST(Scope, CopiesALoopVariableOfEachTurn) {
  EXPECT_FALSE(Scopes("fn f() { for i in [1] { fn () { i } } }").of("f", "i").needs_cell);
  EXPECT_TRUE(Scopes("fn f() { for i in [1] { fn () { i }\n set i = 2 } }").of("f", "i").needs_cell);
}

TEST(Scope, HoldsManyVariables) {
  std::string text = "fn f() {";
  for (int i = 0; i < 500; ++i) text += " set v" + std::to_string(i) + " = " + std::to_string(i) + ";";
  Scopes scopes(text + " v0 }");
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(scopes.binds("f", "v" + std::to_string(i)));
}

}  // namespace
}  // namespace relay
