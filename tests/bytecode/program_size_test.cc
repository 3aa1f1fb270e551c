#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lang/compiler.h"

namespace relay {
namespace {

std::string numbered(int count, const std::string& before, const std::string& after) {
  std::string text;
  for (int i = 0; i < count; ++i) text += before + std::to_string(i) + after;
  return text;
}

// What is wrong with a program that is too large.
std::vector<std::string> errors_in(std::string text) {
  const CompileResult compiled = load_program(std::make_shared<SourceFile>("test.rl", std::move(text)));
  EXPECT_EQ(compiled.program, nullptr);
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : compiled.diagnostics) messages.push_back(diagnostic.message);
  return messages;
}

using Messages = std::vector<std::string>;

TEST(ProgramSize, MoreFunctionsThanInstructionsCanNameAreRefusedOnce) {
  EXPECT_EQ(errors_in(numbered(66'000, "fn f", "() { 1 }\n")), Messages({"the program has more than 65,000 functions"}));
  EXPECT_EQ(errors_in("set all = [" + numbered(66'000, "fn (x) { x + ", " },\n") + "]"),
            Messages({"the program has more than 65,000 functions"}));
}

TEST(ProgramSize, MoreVariablesThanInstructionsCanNameAreRefusedOnce) {
  EXPECT_EQ(errors_in(numbered(66'000, "set v", " = 1\n")), Messages({"the program has more than 65,000 variables"}));
}

TEST(ProgramSize, MoreDefinitionsThanInstructionsCanNameAreRefusedOnce) {
  const Messages one({"the program has more than 65,000 functions, structs, servers or types"});
  EXPECT_EQ(errors_in(numbered(66'000, "struct S", " { a: number }\n")), one);
  EXPECT_EQ(errors_in(numbered(66'000, "server s", " { }\n")), one);
}

}  // namespace
}  // namespace relay
