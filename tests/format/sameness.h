#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>
#include <string>

#include "format/format.h"
#include "lang/compiler.h"
#include "lang/dump.h"
#include "lang/parser.h"

namespace relay {

inline std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

inline ParseResult parsed(const std::string& text) {
  return parse(std::make_shared<SourceFile>("test.rl", text));
}

// The layout of a program that parses.
inline std::string formatted(const std::string& text) {
  const ParseResult result = parsed(text);
  EXPECT_TRUE(result.diagnostics.empty()) << text << "\n" << (result.diagnostics.empty() ? "" : result.diagnostics[0].message);
  if (!result.diagnostics.empty()) return {};
  const auto layout = format::format(*result.module);
  EXPECT_TRUE(layout) << text << "\n" << (layout ? "" : layout.error().detail);
  return layout ? *layout : std::string();
}

// The code without where it stands in the source; empty for a program that does not compile.
inline std::string bytecode_of(const std::string& text) {
  const CompileResult loaded = load_program(std::make_shared<SourceFile>("test.rl", text));
  if (!loaded.program) return {};
  static const std::regex place("test\\.rl:[0-9]+(:[0-9]+)?");
  return std::regex_replace(bytecode::disassemble(*loaded.program), place, "test.rl");
}

// Formats it and expects of the result all that can be expected of any program's. Gives the result.
inline std::string expect_same_program(const std::string& text) {
  const std::string once = formatted(text);
  EXPECT_EQ(dump(*parsed(text).module), dump(*parsed(once).module)) << text << "\n--- became\n" << once;
  EXPECT_EQ(formatted(once), once) << "not stable:\n" << text;
  EXPECT_EQ(bytecode_of(text), bytecode_of(once)) << text << "\n--- became\n" << once;
  return once;
}

}  // namespace relay
