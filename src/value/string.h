#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "value/value.h"

namespace relay {

// The text follows the head. `capacity` may exceed `size`: a string that only its builder holds grows in place. Behind
// that, a long string has room for an index of code points (string_index.cc), of which `extra` entries are filled.
struct StringBlock : Block {
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFFu;
  std::uint32_t size;         // bytes
  std::uint32_t capacity;     // bytes
  std::uint32_t hash;         // 0: not computed yet
  std::uint32_t code_points;  // kUnknown: not counted yet

  [[nodiscard]] char* data() { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] const char* data() const { return reinterpret_cast<const char*>(this + 1); }
  [[nodiscard]] std::string_view text() const { return {data(), size}; }
};

// Strings of the language: immutable UTF-8. Sizes and offsets here are bytes unless a name says code points.
namespace string {

// The longest string (spec architecture.md); who makes a longer one must refuse first.
inline constexpr std::size_t kMaxBytes = 64u << 20;
// What is done in steps copies or compares so much at a time: about a tenth of a millisecond, most of it for memory that
// the system has yet to give.
inline constexpr std::size_t kPieceBytes = 128u << 10;

[[nodiscard]] Value make(std::string_view text);
// An uninitialised string of `size` bytes to be filled by its only holder before anybody else sees it; it grows in place
// by `spare` bytes.
[[nodiscard]] Value make_uninitialised(std::size_t size, std::size_t spare = 0);
[[nodiscard]] inline StringBlock* block(const Value& value) { return value.block_as<StringBlock>(); }
[[nodiscard]] inline std::string_view text(const Value& value) { return block(value)->text(); }
[[nodiscard]] inline std::size_t size(const Value& value) { return block(value)->size; }
// Counted once, then remembered; when the string has grown, what was added is counted.
[[nodiscard]] std::size_t code_points(const Value& value);
// The bytes that code_points() has yet to look at; what offset_of() costs beside.
[[nodiscard]] std::size_t uncounted_bytes(const Value& value);
[[nodiscard]] std::uint32_t hash(const Value& value);
[[nodiscard]] std::uint32_t hash_text(std::string_view text);
[[nodiscard]] inline bool equal(const Value& a, const Value& b) {
  return a.is_same(b) || text(a) == text(b);
}

// Appends to `self`, in place when nobody else holds it, in amortised O(size of tail).
// Invariant: the caller has checked that the result stays within kMaxBytes.
void append(Value& self, std::string_view tail);

// The byte offset of code point `index`, or size() when there are not that many. Once the code points are counted it
// looks at 1 KiB at most.
[[nodiscard]] std::size_t offset_of(const Value& value, std::size_t code_point_index);
// The number of code points that begin before byte `offset`. As cheap.
[[nodiscard]] std::size_t code_points_before(const Value& value, std::size_t offset);

// For who fills an uninitialised string in steps: the first `bytes` are there, and will be counted already.
void count_written(Value& value, std::size_t bytes);
// For makers of blocks: bytes that a block has behind its capacity, and the index made whole.
[[nodiscard]] std::size_t index_bytes(std::size_t capacity);
void fill_index(StringBlock* string);

// Bytes of the UTF-8 sequence that `lead` begins; 1 for a stray byte.
[[nodiscard]] std::size_t sequence_length(char lead);
[[nodiscard]] std::size_t count_code_points(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
[[nodiscard]] std::string upper(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);

}  // namespace string
}  // namespace relay
