#include "native/declaration.h"

#include <gtest/gtest.h>

#include <string>

#include "native_fixture.h"

namespace relay::native {
namespace {

std::string refused(const DeclarationText& text) {
  const auto declaration = Declaration::compile(text);
  if (declaration) return "accepted";
  EXPECT_EQ(declaration.error().code, Errc::kParse);
  return declaration.error().detail;
}

TEST(Declaration, TellsMethodsAndStateInTheirOrder) {
  const auto declaration =
      declared({"store", "size: number, log: [string]", {"put(key: string, value)", "get(key: string) -> optional(string)"}});
  const ServerSummary summary = declaration->summary();
  EXPECT_EQ(summary.name, "store");
  EXPECT_EQ(summary.methods, (std::vector<std::string>{"put", "get"}));
  const std::vector<std::pair<std::string, std::string>> state = {{"size", "number"}, {"log", "[string]"}};
  EXPECT_EQ(summary.state, state);
  EXPECT_EQ(declaration->quoted(declaration->server().methods[1]), "'store.get'");
  EXPECT_EQ(declaration->index_of(declaration->server().methods[1]), 1U);
}

TEST(Declaration, MayBeOfNothing) {
  EXPECT_TRUE(declared({"empty", "", {}})->summary().methods.empty());
}

TEST(Declaration, RefusesWhatTheLanguageWouldRefuse) {
  EXPECT_NE(refused({"two words", "", {}}), "accepted");
  EXPECT_NE(refused({"a.b", "", {}}), "accepted");
  EXPECT_NE(refused({"", "", {}}), "accepted");
  EXPECT_NE(refused({"s", "", {"m("}}), "accepted");
  EXPECT_NE(refused({"s", "", {"m()", "m()"}}), "accepted");
  EXPECT_NE(refused({"s", "", {"m(a, a)"}}), "accepted");
  EXPECT_NE(refused({"s", "a: number, a: number", {}}), "accepted");
}

TEST(Declaration, RefusesATypeThatNobodyKnows) {
  EXPECT_EQ(refused({"s", "", {"m(a: nubmer)"}}),
            "server 's': unknown type: nubmer at `nubmer` (did you mean `number`?)");
}

TEST(Declaration, RefusesATextThatHoldsMoreThanItShould) {
  EXPECT_NE(refused({"s", "", {"m() { 1 } receive fn n()"}}), "accepted");
  EXPECT_NE(refused({"s", "", {"m() { 1 } } server t { receive fn n()"}}), "accepted");
  EXPECT_NE(refused({"s", "a: number } receive fn m() { 1 } state { b: number", {}}), "accepted");
}

TEST(Declaration, RefusesDefaultsOfAStateThatLivesInCpp) {
  EXPECT_EQ(refused({"s", "n: number = 0", {}}), "server 's': its state has no defaults, it lives in C++");
}

}  // namespace
}  // namespace relay::native
