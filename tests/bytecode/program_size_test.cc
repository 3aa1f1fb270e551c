#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "lang/compiler.h"

namespace relay {
namespace {

TEST(ProgramSize, MoreFunctionsThanInstructionsCanNameAreRefused) {
  std::string text;
  for (int i = 0; i < 65'600; ++i) text += "fn f" + std::to_string(i) + "() { 1 }\n";
  const CompileResult compiled = load_program(std::make_shared<SourceFile>("test.rl", text));
  EXPECT_EQ(compiled.program, nullptr);
  ASSERT_FALSE(compiled.diagnostics.empty());
  EXPECT_EQ(compiled.diagnostics.back().message,
            "the program has more than 65,000 functions, structs, servers or types");
}

}  // namespace
}  // namespace relay
