#include "value/string.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "value/heap.h"

namespace relay::string {
namespace {

// The empty string and those of one ASCII character exist once, for all cores.
struct SharedString {
  StringBlock head;
  char text[8];
};
constexpr std::size_t kCharacters = 128;

constexpr SharedString make_shared_string(std::uint32_t size, char character) {
  return {{{Block::kImmortal, BlockKind::kString, 0, 0}, size, 8, 0, size}, {character}};
}
constexpr std::array<SharedString, kCharacters + 1> make_shared_strings() {
  std::array<SharedString, kCharacters + 1> strings{};
  for (std::size_t i = 0; i < kCharacters; ++i) strings[i] = make_shared_string(1, static_cast<char>(i));
  strings[kCharacters] = make_shared_string(0, 0);
  return strings;
}
constinit std::array<SharedString, kCharacters + 1> shared_strings = make_shared_strings();

// Their hashes belong to this process, so they are computed before other threads start.
[[maybe_unused]] const bool shared_strings_hashed = [] {
  for (SharedString& shared : shared_strings) shared.head.hash = hash_text(shared.head.text());
  return true;
}();

// Room for `bytes` of text in a block whose size is a multiple of 16.
std::uint32_t capacity_for(std::size_t bytes) {
  const std::size_t block_size = (sizeof(StringBlock) + bytes + 15) / 16 * 16;
  return static_cast<std::uint32_t>(block_size - sizeof(StringBlock));
}

StringBlock* make_block(std::size_t size, std::uint32_t capacity) {
  auto* string = static_cast<StringBlock*>(heap_allocate(sizeof(StringBlock) + capacity + index_bytes(capacity)));
  string->refs = 1;
  string->kind = BlockKind::kString;
  string->flags = 0;
  string->extra = 0;
  string->size = static_cast<std::uint32_t>(size);
  string->capacity = capacity;
  string->hash = 0;
  string->code_points = StringBlock::kUnknown;
  return string;
}

}  // namespace

Value make(std::string_view text) {
  if (text.empty()) return Value::adopt(&shared_strings[kCharacters].head);
  if (text.size() == 1 && static_cast<unsigned char>(text[0]) < kCharacters) {
    return Value::adopt(&shared_strings[static_cast<unsigned char>(text[0])].head);
  }
  StringBlock* string = make_block(text.size(), capacity_for(text.size()));
  std::memcpy(string->data(), text.data(), text.size());
  return Value::adopt(string);
}

Value make_uninitialised(std::size_t size, std::size_t spare) {
  return Value::adopt(make_block(size, capacity_for(size + spare)));
}

void append(Value& self, std::string_view tail) {
  if (tail.empty()) return;
  StringBlock* string = block(self);
  const std::size_t size = string->size + tail.size();
  if (string->is_unique() && size <= string->capacity) {
    std::memcpy(string->data() + string->size, tail.data(), tail.size());
    string->size = static_cast<std::uint32_t>(size);
    string->hash = 0;
    string->code_points = StringBlock::kUnknown;
    return;
  }
  // A string that only its builder holds is likely to grow further.
  const std::size_t room = string->is_unique() ? std::min(size * 2, std::max(size, kMaxBytes)) : size;
  StringBlock* grown = make_block(size, capacity_for(room));
  std::memcpy(grown->data(), string->data(), string->size);
  std::memcpy(grown->data() + string->size, tail.data(), tail.size());
  self = Value::adopt(grown);
}

}  // namespace relay::string
