// The words that the editors' grammar colours are those of the lexer.

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "lang/token.h"
#include "value/array.h"
#include "value/heap.h"
#include "value/json_reader.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

using Words = std::multiset<std::string>;

// The words of `\b(a|b|c)\b` in the rules of a part of the grammar, where nothing else is asked for.
Words words_of(const Value& part) {
  static const std::regex list(R"(\\b\(([a-z|]+)\)\\b)");
  Words words;
  const Value& patterns = *object::find(part, "patterns");
  for (std::size_t i = 0; i < array::size(patterns); ++i) {
    const Value* match = object::find(array::at(patterns, i), "match");
    const std::string text(string::text(*match));
    std::smatch found;
    if (!std::regex_match(text, found, list)) continue;
    std::istringstream each(found[1].str());
    for (std::string word; std::getline(each, word, '|');) words.insert(word);
  }
  return words;
}

TEST(Grammar, ColoursTheReservedWordsOfTheLexer) {
  Heap heap;
  const HeapScope scope(heap);
  std::ostringstream text;
  text << std::ifstream(std::string(RELAY_ROOT) + "/editors/vscode/syntaxes/relay.tmLanguage.json").rdbuf();
  const auto grammar = read_json(text.str());
  ASSERT_TRUE(grammar) << grammar.error().detail;
  const Value& repository = *object::find(*grammar, "repository");
  Words words = words_of(*object::find(repository, "keywords"));
  words.merge(words_of(*object::find(repository, "literals")));
  const auto reserved = reserved_words();
  EXPECT_EQ(words, Words(reserved.begin(), reserved.end()));
}

}  // namespace
}  // namespace relay
