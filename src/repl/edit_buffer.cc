#include "repl/edit_buffer.h"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace relay::repl {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || c == '_' || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

}  // namespace

Cluster cluster_at(std::string_view text, std::size_t at) {
  Utf8Step step = decode_utf8(text, at);
  Cluster cluster{step.size, static_cast<std::size_t>(std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(step.code_point))))};
  utf8proc_int32_t state = 0;
  while (at + cluster.bytes < text.size()) {
    const Utf8Step next = decode_utf8(text, at + cluster.bytes);
    const auto a = static_cast<utf8proc_int32_t>(step.code_point);
    const auto b = static_cast<utf8proc_int32_t>(next.code_point);
    if (utf8proc_grapheme_break_stateful(a, b, &state)) break;
    cluster.bytes += next.size;
    cluster.columns = std::max(cluster.columns, static_cast<std::size_t>(std::max(0, utf8proc_charwidth(b))));
    step = next;
  }
  return cluster;
}

void EditBuffer::set(std::string text) {
  text_ = std::move(text);
  cursor_ = text_.size();
}

void EditBuffer::insert(std::string_view text) { replace(cursor_, cursor_, text); }

void EditBuffer::replace(std::size_t begin, std::size_t end, std::string_view text) {
  text_.replace(begin, end - begin, text);
  cursor_ = begin + text.size();
}

std::size_t EditBuffer::start_of_line(std::size_t at) const {
  const std::size_t line_break = at == 0 ? std::string::npos : text_.rfind('\n', at - 1);
  return line_break == std::string::npos ? 0 : line_break + 1;
}

std::size_t EditBuffer::end_of_line(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

// Clusters are known from their beginning only: looks from the start of the line, or from a blank not too far back.
std::size_t EditBuffer::before(std::size_t at) const {
  if (at == 0) return 0;
  constexpr std::size_t kReach = 256;
  std::size_t from = start_of_line(at);
  if (at - from > kReach) {
    const std::size_t blank = text_.rfind(' ', at - 2);
    if (blank != std::string::npos && blank > from) from = blank;
  }
  if (from == at) return at - 1;
  std::size_t last = from;
  for (std::size_t next = from; next < at; next += cluster_at(text_, next).bytes) last = next;
  return last;
}

std::size_t EditBuffer::after(std::size_t at) const {
  return at >= text_.size() ? text_.size() : at + cluster_at(text_, at).bytes;
}

std::size_t EditBuffer::word_start() const {
  std::size_t at = cursor_;
  while (at > 0 && !is_word_byte(text_[at - 1])) --at;
  while (at > 0 && is_word_byte(text_[at - 1])) --at;
  return at;
}

std::size_t EditBuffer::word_end() const {
  std::size_t at = cursor_;
  while (at < text_.size() && !is_word_byte(text_[at])) ++at;
  while (at < text_.size() && is_word_byte(text_[at])) ++at;
  return at;
}

void EditBuffer::left() { cursor_ = before(cursor_); }
void EditBuffer::right() { cursor_ = after(cursor_); }
void EditBuffer::word_left() { cursor_ = word_start(); }
void EditBuffer::word_right() { cursor_ = word_end(); }
void EditBuffer::line_start() { cursor_ = start_of_line(cursor_); }
void EditBuffer::line_end() { cursor_ = end_of_line(cursor_); }

void EditBuffer::move_in_line(std::size_t start, std::size_t steps) {
  cursor_ = start;
  const std::size_t end = end_of_line(start);
  for (std::size_t i = 0; i < steps && cursor_ < end; ++i) right();
}

bool EditBuffer::up() {
  const std::size_t start = start_of_line(cursor_);
  if (start == 0) return false;
  std::size_t steps = 0;
  for (std::size_t at = start; at < cursor_; at = after(at)) ++steps;
  move_in_line(start_of_line(start - 1), steps);
  return true;
}

bool EditBuffer::down() {
  const std::size_t end = end_of_line(cursor_);
  if (end == text_.size()) return false;
  std::size_t steps = 0;
  for (std::size_t at = start_of_line(cursor_); at < cursor_; at = after(at)) ++steps;
  move_in_line(end + 1, steps);
  return true;
}

void EditBuffer::erase_back() { replace(before(cursor_), cursor_, {}); }

void EditBuffer::erase() { replace(cursor_, after(cursor_), {}); }

void EditBuffer::kill(std::size_t begin, std::size_t end) {
  if (begin == end) return;
  killed_ = text_.substr(begin, end - begin);
  replace(begin, end, {});
}

void EditBuffer::kill_to_end() {
  const std::size_t end = end_of_line(cursor_);
  kill(cursor_, end == cursor_ ? after(cursor_) : end);
}

void EditBuffer::kill_to_start() { kill(start_of_line(cursor_), cursor_); }
void EditBuffer::kill_word_back() { kill(word_start(), cursor_); }
void EditBuffer::kill_word() { kill(cursor_, word_end()); }

void EditBuffer::transpose() {
  if (cursor_ == end_of_line(cursor_)) left();
  const std::size_t first = before(cursor_);
  const std::size_t end = after(cursor_);
  if (first == cursor_ || end == cursor_ || first < start_of_line(cursor_)) return;
  const std::string swapped = text_.substr(cursor_, end - cursor_) + text_.substr(first, cursor_ - first);
  replace(first, end, swapped);
}

}  // namespace relay::repl
