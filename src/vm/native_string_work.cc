#include "vm/native_string_work.h"

#include <algorithm>
#include <cstring>

#include "value/array.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// The end of a piece of about kSlowStepBytes that begins at `at`.
std::size_t piece_end(std::string_view text, std::size_t at) {
  if (text.size() - at <= kSlowStepBytes) return text.size();
  std::size_t end = at + kSlowStepBytes;
  while (is_continuation(text[end])) --end;
  return end;
}

std::size_t find(std::string_view text, std::string_view wanted, std::size_t from) {
  const void* found = memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

std::string case_step(std::string_view text, Letters letters, std::size_t& at) {
  const std::size_t end = piece_end(text, at);
  const std::string_view piece = text.substr(at, end - at);
  at = end;
  return letters == Letters::kUpper ? string::upper(piece) : string::lower(piece);
}

std::string reverse_step(std::string_view text, std::size_t& at) {
  std::string out;
  std::size_t end = text.size() - at;
  while (end > 0 && out.size() < kSlowStepBytes) {
    std::size_t begin = end - 1;
    while (begin > 0 && is_continuation(text[begin])) --begin;
    out += text.substr(begin, end - begin);
    end = begin;
  }
  at = text.size() - end;
  return out;
}

std::string replace_step(std::string_view text, std::string_view old, std::string_view next,
                         std::size_t& at) {
  std::string out;
  const std::size_t begin = at;
  const auto is_enough = [&] { return out.size() >= kStepBytes || at - begin >= kStepBytes; };
  for (std::size_t n = 0; n < kSlowStepElements && at < text.size() && !is_enough(); ++n) {
    const std::size_t found = find(text, old, at);
    const bool is_last = found == std::string_view::npos;
    out += text.substr(at, is_last ? found : found - at);
    if (!is_last) out += next;
    at = is_last ? text.size() : found + old.size();
  }
  return out;
}

std::size_t replace_cost(std::size_t bytes, std::string_view old) {
  return cost_of_bytes(bytes) + std::min(bytes / old.size(), kSlowStepElements);
}

void split_step(Value& out, std::string_view text, std::string_view separator, std::size_t& at) {
  const std::size_t begin = at;
  for (std::size_t n = 0; n < kSlowStepElements && at <= text.size() && at - begin < kStepBytes; ++n) {
    const std::size_t found = find(text, separator, at);
    const bool is_last = found == std::string_view::npos;
    array::push(out, string::make(text.substr(at, is_last ? found : found - at)));
    at = is_last ? text.size() + 1 : found + separator.size();
  }
}

void chars_step(Value& out, std::string_view text, std::size_t& at) {
  for (std::size_t n = 0; n < kSlowStepElements && at < text.size(); ++n) {
    const std::size_t bytes = string::sequence_length(text[at]);
    array::push(out, string::make(text.substr(at, bytes)));
    at += bytes;
  }
}

}  // namespace relay
