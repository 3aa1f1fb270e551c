#include "value/string.h"

#include <array>

#include "value/immortal.h"
#include "value/symbol_table.h"
#include "value/transfer.h"
#include "value_fixture.h"

namespace relay {
namespace {

using String = ValueTest;

TEST_F(String, HoldsItsText) {
  const Value value = text("hello");
  EXPECT_EQ(string::text(value), "hello");
  EXPECT_EQ(string::size(value), 5u);
  EXPECT_TRUE(value.truthy());
  EXPECT_FALSE(text("").truthy());
}

TEST_F(String, OfOneAsciiCharacterIsSharedAndImmortal) {
  EXPECT_TRUE(text("a").is_same(text("a")));
  EXPECT_TRUE(text("").is_same(text("")));
  EXPECT_FALSE(text("a").is_counted());
  EXPECT_EQ(string::text(text(std::string(1, '\0'))), std::string_view("\0", 1));
  EXPECT_EQ(string::hash(text("a")), string::hash_text("a"));
  EXPECT_EQ(heap().bytes(), 0u);
}

TEST_F(String, CountsCodePoints) {
  EXPECT_EQ(string::code_points(text("")), 0u);
  EXPECT_EQ(string::code_points(text("plain")), 5u);
  EXPECT_EQ(string::code_points(text("Grüße, 世界 🌍!")), 12u);
  std::string long_text;
  for (int i = 0; i < 1000; ++i) long_text += "é世🌍x";
  EXPECT_EQ(string::code_points(text(long_text)), 4000u);
}

TEST_F(String, FindsTheOffsetOfACodePoint) {
  const Value value = text("aé世🌍z");
  EXPECT_EQ(string::offset_of(value, 0), 0u);
  EXPECT_EQ(string::offset_of(value, 1), 1u);
  EXPECT_EQ(string::offset_of(value, 2), 3u);
  EXPECT_EQ(string::offset_of(value, 3), 6u);
  EXPECT_EQ(string::offset_of(value, 4), 10u);
  EXPECT_EQ(string::offset_of(value, 5), 11u);
  EXPECT_EQ(string::offset_of(value, 99), 11u);
  EXPECT_EQ(string::offset_of(text("plain"), 3), 3u);
  EXPECT_EQ(string::offset_of(text("plain"), 9), 5u);
}

TEST_F(String, OfAnyBytesIsReadWithoutLeavingIt) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::size_t i = random() % 20; i > 0; --i) bytes.push_back(static_cast<char>(random()));
    const Value value = text(bytes);
    for (std::size_t i = 0; i < 22; ++i) EXPECT_LE(string::offset_of(value, i), bytes.size());
    (void)string::upper(bytes);
    (void)string::lower(bytes);
  }
}

TEST_F(String, GrowsInPlaceWhileOnlyItsBuilderHoldsIt) {
  Value value = text("start");
  std::string model = "start";
  std::size_t moves = 0;
  const Block* block = value.block();
  for (int i = 0; i < 10000; ++i) {
    string::append(value, "0123456789");
    model += "0123456789";
    if (value.block() != block) ++moves;
    block = value.block();
  }
  EXPECT_EQ(string::text(value), model);
  EXPECT_LT(moves, 20u);
}

TEST_F(String, IsCopiedWhenAppendedToWhileShared) {
  Value value = text("start");
  const Value held = value;
  string::append(value, " and more");
  EXPECT_EQ(string::text(held), "start");
  EXPECT_EQ(string::text(value), "start and more");
  Value empty = text("");
  string::append(empty, "x");
  EXPECT_EQ(string::text(empty), "x");
  EXPECT_EQ(string::text(text("")), "");
}

TEST_F(String, CanBeAppendedToItself) {
  Value value = text("0123456789");
  for (int i = 0; i < 5; ++i) string::append(value, string::text(value));
  EXPECT_EQ(string::size(value), 320u);
  EXPECT_EQ(string::text(value).substr(310), "0123456789");
}

TEST_F(String, ForgetsItsHashAndLengthWhenItGrows) {
  Value value = text("abc");
  const std::uint32_t before = string::hash(value);
  EXPECT_EQ(string::code_points(value), 3u);
  string::append(value, "é");
  EXPECT_NE(string::hash(value), before);
  EXPECT_EQ(string::hash(value), string::hash_text("abcé"));
  EXPECT_EQ(string::code_points(value), 4u);
}

TEST_F(String, HashesDifferForTextsThatDifferInOnePlace) {
  std::vector<std::uint32_t> hashes;
  for (std::size_t length = 0; length < 70; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string word(length, 'a');
      word[at] = 'b';
      hashes.push_back(string::hash_text(word));
    }
    hashes.push_back(string::hash_text(std::string(length, 'a')));
    hashes.push_back(string::hash_text(std::string(length, '\0')));
  }
  std::sort(hashes.begin(), hashes.end());
  const auto end = std::unique(hashes.begin(), hashes.end());
  // The empty text is there twice; 2,500 draws of 32 bits collide about once in a thousand runs.
  EXPECT_GE(static_cast<std::size_t>(end - hashes.begin()) + 2, hashes.size());
}

TEST_F(String, ChangesTheCaseOfLettersBeyondAscii) {
  EXPECT_EQ(string::upper("straße äé ñ λόγος"), "STRASSE ÄÉ Ñ ΛΌΓΟΣ");
  EXPECT_EQ(string::lower("ÄÉ Ñ ABC-123"), "äé ñ abc-123");
  EXPECT_EQ(string::upper("plain_1z"), "PLAIN_1Z");
}

TEST_F(String, KnowsValidUtf8) {
  EXPECT_TRUE(string::is_valid_utf8("aé世🌍"));
  EXPECT_TRUE(string::is_valid_utf8(""));
  EXPECT_FALSE(string::is_valid_utf8("\xff"));
  EXPECT_FALSE(string::is_valid_utf8("\xc0\xaf"));
  EXPECT_FALSE(string::is_valid_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(string::is_valid_utf8("\xe4\xb8"));
}

TEST_F(String, InternedTwiceIsOneValue) {
  SymbolTable symbols;
  const Value& first = symbols.intern("a_field_name");
  for (int i = 0; i < 1000; ++i) symbols.intern("other" + std::to_string(i));
  EXPECT_TRUE(symbols.intern("a_field_name").is_same(first));
  EXPECT_EQ(symbols.find("a_field_name"), &first);
  EXPECT_EQ(symbols.find("unknown"), nullptr);
  EXPECT_FALSE(first.is_counted());
  EXPECT_EQ(string::text(*symbols.find("other77")), "other77");
}

// Letters of one to four bytes, `count` of them.
std::string mixed_letters(std::size_t count) {
  static constexpr std::array<std::string_view, 4> kLetters = {"a", "\u00e9", "\u20ac", "\U0001F600"};
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += kLetters[i * 7 % 5 % 4];
  return out;
}

void expect_offsets(const Value& value) {
  const std::string_view all = string::text(value);
  std::size_t index = 0;
  for (std::size_t at = 0; at < all.size(); at += string::sequence_length(all[at]), ++index) {
    ASSERT_EQ(string::offset_of(value, index), at) << index;
    ASSERT_EQ(string::code_points_before(value, at), index) << at;
  }
  EXPECT_EQ(string::code_points(value), index);
  EXPECT_EQ(string::offset_of(value, index), all.size());
  EXPECT_EQ(string::code_points_before(value, all.size()), index);
}

TEST_F(String, FindCodePointsInLongTexts) {
  for (const std::size_t count : {300u, 512u, 5000u, 20'000u}) expect_offsets(text(mixed_letters(count)));
}

TEST_F(String, FindCodePointsAgainAfterTheyHaveGrown) {
  Value value = text(mixed_letters(700));
  for (int round = 0; round < 8; ++round) {
    expect_offsets(value);
    string::append(value, mixed_letters(900));
  }
  EXPECT_EQ(string::code_points(value), 700u + 8 * 900);
  EXPECT_EQ(string::uncounted_bytes(value), 0u);
  string::append(value, "x");
  EXPECT_LT(string::uncounted_bytes(value), 2048u);
}

TEST_F(String, FindCodePointsInCopiesAndConstants) {
  Value value = text(mixed_letters(5000));
  expect_offsets(value);
  string::append(value, mixed_letters(1));  // leaves room behind the text
  ImmortalArena arena;
  expect_offsets(arena.keep(value));
  Heap other;
  const HeapScope scope(other);
  const Value copied = copy_out(value).open();
  EXPECT_EQ(other.bytes(), block_bytes(copied.block()));
  expect_offsets(copied);
}

TEST_F(String, CountTheirIndexAmongTheirBytes) {
  const std::size_t before = heap().bytes();
  {
    const Value value = text(mixed_letters(50'000));
    EXPECT_EQ(heap().bytes() - before, block_bytes(value.block()));
    EXPECT_GT(block_bytes(value.block()), string::size(value) + string::size(value) / 1024 * 4);
  }
  EXPECT_EQ(heap().bytes(), before);
}

}  // namespace
}  // namespace relay
