#include <gtest/gtest.h>

#include <set>

#include "base/diagnostic.h"
#include "bytecode/builtins.h"
#include "bytecode/program.h"
#include "lang/compiler.h"

namespace relay::bytecode {
namespace {

std::string listing_of(const std::string& text) {
  const CompileResult compiled = load_program(std::make_shared<SourceFile>("test.rl", text));
  for (const Diagnostic& diagnostic : compiled.diagnostics)
    ADD_FAILURE() << render(diagnostic, Colours::kOff);
  return compiled.program ? disassemble(*compiled.program) : std::string();
}

bool has(const std::string& listing, const std::string& part) {
  return listing.find(part) != std::string::npos;
}

TEST(Disassembler, ShowsEachFunctionWithItsSignatureAndPlace) {
  const std::string listing =
      listing_of("fn add(a: number, b: optional(string)) -> number { a }\n\nfn other() { add(1) }");
  EXPECT_TRUE(has(listing, "fn add(a: number, b: optional(string)) -> number")) << listing;
  EXPECT_TRUE(has(listing, "// test.rl:1:1")) << listing;
  EXPECT_TRUE(has(listing, "fn other()")) << listing;
  EXPECT_TRUE(has(listing, "// test.rl:3:1")) << listing;
  EXPECT_TRUE(has(listing, "fn main()")) << listing;
}

TEST(Disassembler, LeavesThePreludeOut) {
  EXPECT_FALSE(has(listing_of("1"), "fn map(")) << "the prelude is part of the language";
}

TEST(Disassembler, NamesWhatOperandsStandFor) {
  const std::string listing = listing_of(
      "struct Point { x: number }\n"
      "server counter { state { count: number = 0 }\n receive fn add(n) { state.set(\"count\", state.count + "
      "n) } }\n"
      "set total = \"text\"\n"
      "set p = Point{x: 1}\n"
      "print(total, p.x, len(total), {name: total, p: p}, counter)\n"
      "if total == 5 { total } else { fn (y) { y } }\n");
  EXPECT_TRUE(has(listing, "\"text\"")) << listing;
  EXPECT_TRUE(has(listing, "global total")) << listing;
  EXPECT_TRUE(has(listing, "struct Point")) << listing;
  EXPECT_TRUE(has(listing, "state count")) << listing;
  EXPECT_TRUE(has(listing, "  print")) << listing;
  EXPECT_TRUE(has(listing, "{name, p}")) << listing;
  EXPECT_TRUE(has(listing, "-> ")) << listing;
  EXPECT_TRUE(has(listing, "site ")) << listing;
  EXPECT_TRUE(has(listing, "fn lambda")) << listing;
  EXPECT_TRUE(has(listing, "server counter")) << listing;
}

TEST(Disassembler, ShowsWhereErrorsGo) {
  EXPECT_TRUE(has(listing_of("try { 1 / 0 } catch e { e }"), "errors in "))
      << "handlers are part of a function";
}

TEST(Disassembler, CutsLongConstantsBetweenCodePoints) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "é";
  const std::string listing = listing_of("print(\"" + text + "\")");
  EXPECT_TRUE(has(listing, "é...")) << listing;
  EXPECT_FALSE(has(listing, text));
}

TEST(Opcodes, HaveNamesAndOperands) {
  std::set<std::string_view> names;
  for (int i = 0; i < kOpCount; ++i) {
    const Op op = static_cast<Op>(i);
    EXPECT_EQ(operands(op).size(), 4u) << name(op);
    EXPECT_TRUE(names.insert(name(op)).second) << name(op);
  }
  EXPECT_EQ(name(Op::kLoad), "Load");
  EXPECT_EQ(operands(Op::kLoad), ".RK.");
}

TEST(Builtins, AreFoundByName) {
  EXPECT_EQ(builtin_names()[builtin_index("print")].name, "print");
  EXPECT_EQ(builtin_names()[builtin_index("range")].most, 3);
  EXPECT_EQ(builtin_index("no_such"), kNoBuiltin);
}

}  // namespace
}  // namespace relay::bytecode
