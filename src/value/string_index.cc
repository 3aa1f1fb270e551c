#include <algorithm>

#include "value/string.h"

// Where code points stand in long strings. Behind the room for text, a long string has room for an entry each kStride
// bytes: how many code points begin before. `extra` counts the entries that are filled; they stay right when the string
// grows, as only bytes behind them are added.

namespace relay::string {
namespace {

constexpr std::size_t kStride = 1024;
constexpr std::size_t kMaxEntries = 0xFFFF;

std::size_t room_for_entries(std::size_t capacity) { return std::min(capacity / kStride, kMaxEntries); }

std::uint32_t* entries(StringBlock* string) { return reinterpret_cast<std::uint32_t*>(string->data() + string->capacity); }

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Fills the entries within the first `bytes` of the text.
void fill_entries(StringBlock* string, std::size_t bytes) {
  std::uint32_t* const index = entries(string);
  std::size_t filled = string->extra;
  std::size_t count = filled == 0 ? 0 : index[filled - 1];
  const std::size_t end = std::min(bytes / kStride, room_for_entries(string->capacity));
  for (; filled < end; ++filled) {
    count += count_code_points({string->data() + filled * kStride, kStride});
    index[filled] = static_cast<std::uint32_t>(count);
  }
  string->extra = static_cast<std::uint16_t>(filled);
}

// Where the code point begins that is number `index` of those that begin at or behind `at`.
std::size_t skip_code_points(std::string_view text, std::size_t at, std::size_t index) {
  for (; at < text.size(); ++at) {
    if (is_continuation(text[at])) continue;
    if (index == 0) break;
    --index;
  }
  return at;
}

}  // namespace

std::size_t index_bytes(std::size_t capacity) {
  return (room_for_entries(capacity) * sizeof(std::uint32_t) + 15) / 16 * 16;
}

std::size_t uncounted_bytes(const Value& value) {
  const StringBlock* string = block(value);
  return string->code_points != StringBlock::kUnknown ? 0 : string->size - string->extra * kStride;
}

std::size_t code_points(const Value& value) {
  StringBlock* string = block(value);
  if (string->code_points != StringBlock::kUnknown) return string->code_points;
  fill_index(string);
  return string->code_points;
}

void fill_index(StringBlock* string) {
  fill_entries(string, string->size);
  const std::size_t before = string->extra == 0 ? 0 : entries(string)[string->extra - 1];
  const std::size_t behind = count_code_points(string->text().substr(string->extra * kStride));
  string->code_points = static_cast<std::uint32_t>(before + behind);
}

void count_written(Value& value, std::size_t bytes) { fill_entries(block(value), bytes); }

std::size_t offset_of(const Value& value, std::size_t code_point_index) {
  const std::size_t count = code_points(value);
  if (code_point_index >= count) return size(value);
  if (count == size(value)) return code_point_index;
  StringBlock* string = block(value);
  const std::uint32_t* const first = entries(string);
  const std::uint32_t* const behind = std::upper_bound(first, first + string->extra, code_point_index);
  const auto entry = static_cast<std::size_t>(behind - first);
  const std::size_t before = entry == 0 ? 0 : first[entry - 1];
  return skip_code_points(string->text(), entry * kStride, code_point_index - before);
}

std::size_t code_points_before(const Value& value, std::size_t offset) {
  if (code_points(value) == size(value)) return offset;
  StringBlock* string = block(value);
  const std::size_t entry = std::min<std::size_t>(offset / kStride, string->extra);
  const std::size_t before = entry == 0 ? 0 : entries(string)[entry - 1];
  return before + count_code_points(string->text().substr(entry * kStride, offset - entry * kStride));
}

}  // namespace relay::string
