#include "value/json_window.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace relay {
namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// A character that numbers and words are made of.
bool is_in_word(char c) {
  return std::string_view(" \n\r\t{}[],:\"").find(c) == std::string_view::npos;
}

}  // namespace

JsonWindow::JsonWindow() = default;
JsonWindow::~JsonWindow() = default;

void JsonWindow::set_text(std::string_view text) {
  text_ = text;
  count_ = 0;
  base_ = 0;
  end_ = 0;
}

bool JsonWindow::is_small() const {
  constexpr std::size_t kKeptBytes = 256u << 10;
  return indexer_ && indexer_->capacity() <= kKeptBytes;
}

bool JsonWindow::advance(JsonFault& fault) {
  while (has_more()) {
    base_ = end_;
    std::size_t bytes = cut(kBytes);
    Looked looked = look(bytes, fault);
    while (true) {
      if (looked == Looked::kFault) return false;
      const bool is_whole = base_ + bytes == text_.size();
      if (looked == Looked::kInString) {
        bytes = string_end(base_ + bytes) - base_;
      } else if (looked == Looked::kTokens && !is_whole && ends_in_token(bytes) && count_ == 1) {
        bytes = cut(bytes * 2);
      } else {
        break;
      }
      looked = look(bytes, fault);
    }
    end_ = base_ + bytes;
    if (looked == Looked::kNothing) continue;
    // A number or word that is cut in two belongs to the next stretch.
    if (ends_in_token(bytes)) end_ = base_ + index_[--count_];
    return true;
  }
  count_ = 0;
  return false;
}

// Finds the tokens in the next `bytes`.
JsonWindow::Looked JsonWindow::look(std::size_t bytes, JsonFault& fault) {
  count_ = 0;
  if (!reserve(bytes)) {
    fault = {"the text is too long", 0};
    return Looked::kFault;
  }
  const std::string_view stretch = text_.substr(base_, bytes);
  const auto* data = reinterpret_cast<const std::uint8_t*>(stretch.data());
  const auto code = indexer_->stage1(data, stretch.size(), simdjson::stage1_mode::regular);
  if (code == simdjson::EMPTY) return Looked::kNothing;
  if (code == simdjson::UNCLOSED_STRING && base_ + bytes < text_.size()) return Looked::kInString;
  if (code != simdjson::SUCCESS) {
    fault = find_text_fault(stretch);
    fault.at += base_;
    return Looked::kFault;
  }
  index_ = indexer_->structural_indexes.get();
  count_ = indexer_->n_structural_indexes;
  has_escapes_ = std::memchr(stretch.data(), '\\', stretch.size()) != nullptr;
  return Looked::kTokens;
}

// Makes room for `bytes` of text; false when there is none.
bool JsonWindow::reserve(std::size_t bytes) {
  constexpr std::size_t kSmallest = 4096;
  constexpr std::size_t kNoDepth = 1;  // its own stack is not used
  if (indexer_ && indexer_->capacity() >= bytes) return true;
  const std::size_t capacity = std::bit_ceil(std::max(bytes, kSmallest));
  if (indexer_) return indexer_->allocate(capacity, kNoDepth) == simdjson::SUCCESS;
  return simdjson::get_active_implementation()->create_dom_parser_implementation(
             capacity, kNoDepth, indexer_) == simdjson::SUCCESS;
}

// Not more than `bytes` from here on, ending between code points.
std::size_t JsonWindow::cut(std::size_t bytes) const {
  const std::size_t rest = text_.size() - base_;
  if (bytes >= rest) return rest;
  std::size_t end = bytes;
  while (end > bytes - 4 && is_continuation(text_[base_ + end])) --end;
  return end;
}

bool JsonWindow::ends_in_token(std::size_t bytes) const {
  const std::size_t end = base_ + bytes;
  return end < text_.size() && is_in_word(text_[end - 1]) && is_in_word(text_[end]);
}

// Behind the quote that ends the string in which `from` stands; the end of the text when there is none.
std::size_t JsonWindow::string_end(std::size_t from) const {
  std::size_t quote = from;
  while ((quote = text_.find('"', quote)) != std::string_view::npos) {
    std::size_t plain = quote;
    while (plain > base_ && text_[plain - 1] == '\\') --plain;
    ++quote;
    if ((quote - 1 - plain) % 2 == 0) return quote;
  }
  return text_.size();
}

}  // namespace relay
