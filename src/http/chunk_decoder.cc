#include "http/chunk_decoder.h"

#include <algorithm>

#include "http/chars.h"
#include "http/field_line.h"

namespace relay::http {
namespace {

constexpr Refusal kBadChunk{400, "the chunked body is malformed"};
// 15 digits of 4 bits cannot overflow; longer ones are padded with zeros only to confuse.
constexpr std::size_t kMaxSizeDigits = 15;

// The value of a hexadecimal digit, -1 for another character.
int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

void ChunkDecoder::reset() {
  state_ = State::kSizeStart;
  chunk_left_ = 0;
  size_digits_ = 0;
  body_bytes_ = 0;
  extension_bytes_ = 0;
  trailer_.clear();
  trailer_scanner_.reset();
  trailer_fields_ = 0;
  refusal_ = {};
}

ChunkDecoder::Status ChunkDecoder::refuse(Refusal refusal) {
  refusal_ = refusal;
  return Status::kRefused;
}

ChunkDecoder::Status ChunkDecoder::advance(std::string_view& input, std::string& body) {
  while (!input.empty()) {
    if (state_ == State::kTrailer) return take_trailer(input);
    if (state_ == State::kData) {
      take_data(input, body);
      continue;
    }
    if (const Refusal refusal = take_byte(input.front())) return refuse(refusal);
    input.remove_prefix(1);
  }
  return Status::kIncomplete;
}

Refusal ChunkDecoder::take_byte(char c) {
  switch (state_) {
    case State::kSizeStart:
    case State::kSize: return take_size_digit(c);
    case State::kExtension:
      if (c == '\r') {
        state_ = State::kSizeLineFeed;
        return {};
      }
      if (++extension_bytes_ > limits_.chunk_extension_bytes) return {400, "the chunk extensions are too long"};
      return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f ? kBadChunk : Refusal{};
    case State::kSizeLineFeed: return c == '\n' ? end_size_line() : kBadChunk;
    case State::kDataReturn: state_ = State::kDataLineFeed; return c == '\r' ? Refusal{} : kBadChunk;
    case State::kDataLineFeed: state_ = State::kSizeStart; return c == '\n' ? Refusal{} : kBadChunk;
    case State::kData:
    case State::kTrailer: break;
  }
  return kBadChunk;
}

Refusal ChunkDecoder::take_size_digit(char c) {
  if (state_ == State::kSizeStart) {
    chunk_left_ = 0;
    size_digits_ = 0;
  }
  const int digit = digit_value(c);
  if (digit >= 0) {
    state_ = State::kSize;
    chunk_left_ = chunk_left_ * 16 + static_cast<std::uint64_t>(digit);
    return ++size_digits_ <= kMaxSizeDigits ? Refusal{} : kBadChunk;
  }
  if (state_ == State::kSizeStart) return kBadChunk;
  if (c == '\r') {
    state_ = State::kSizeLineFeed;
    return {};
  }
  if (c != ';') return kBadChunk;
  state_ = State::kExtension;
  return ++extension_bytes_ <= limits_.chunk_extension_bytes ? Refusal{}
                                                             : Refusal{400, "the chunk extensions are too long"};
}

Refusal ChunkDecoder::end_size_line() {
  if (chunk_left_ == 0) {
    state_ = State::kTrailer;
    return {};
  }
  if (chunk_left_ > limits_.body_bytes - body_bytes_) return {413, "the request's body is too large; -max-body raises the limit"};
  body_bytes_ += chunk_left_;
  state_ = State::kData;
  return {};
}

void ChunkDecoder::take_data(std::string_view& input, std::string& body) {
  const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, input.size()));
  body.append(input.substr(0, count));
  input.remove_prefix(count);
  chunk_left_ -= count;
  if (chunk_left_ == 0) state_ = State::kDataReturn;
}

ChunkDecoder::Status ChunkDecoder::take_trailer(std::string_view& input) {
  // One byte more than the limit is enough to see that it is passed.
  const std::size_t before = trailer_.size();
  trailer_.append(input.substr(0, limits_.head_bytes + 1 - std::min(before, limits_.head_bytes)));
  for (;;) {
    const LineScanner::Status found = trailer_scanner_.next(trailer_, limits_.head_bytes);
    if (found == LineScanner::Status::kTooLong) return refuse({431, "the request's trailer is too large"});
    if (found == LineScanner::Status::kBadByte) return refuse(kBadChunk);
    if (found == LineScanner::Status::kIncomplete) {
      input.remove_prefix(input.size());
      return Status::kIncomplete;
    }
    const std::string_view line = trailer_scanner_.line(trailer_);
    trailer_scanner_.advance();
    if (line.empty()) break;
    if (const Refusal refusal = take_trailer_line(line)) return refuse(refusal);
  }
  input.remove_prefix(trailer_scanner_.line_begin() - before);
  return Status::kComplete;
}

Refusal ChunkDecoder::take_trailer_line(std::string_view line) {
  if (++trailer_fields_ > limits_.head_fields) return {431, "the request's trailer has too many fields"};
  FieldLine field;
  return parse_field_line(line, field);
}

}  // namespace relay::http
