#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "value/json_token.h"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace relay {

// Where the tokens in one stretch of a JSON text begin. Texts are looked at stretch by stretch, so that a long one needs
// little memory for this and no step takes long.
//
// Bound: kBytes, or more by what ends the string or number at the end of the stretch.
class JsonWindow {
 public:
  static constexpr std::size_t kBytes = 512u << 10;

  JsonWindow();
  ~JsonWindow();
  JsonWindow(const JsonWindow&) = delete;
  JsonWindow& operator=(const JsonWindow&) = delete;

  // Begins anew with another text; nothing is looked at yet.
  void set_text(std::string_view text);
  // Goes on to the next stretch that has tokens. False at the end of the text, or with a fault: bytes that are not UTF-8,
  // a control character in a string, or a string without an end.
  [[nodiscard]] bool advance(JsonFault& fault);
  // There is text behind this stretch.
  [[nodiscard]] bool has_more() const { return end_ < text_.size(); }

  [[nodiscard]] std::size_t count() const { return count_; }
  // Where token `i` begins, as a byte of the text, and where the one after it does, or the stretch ends.
  [[nodiscard]] std::size_t begin_of(std::size_t i) const { return base_ + index_[i]; }
  [[nodiscard]] std::size_t end_of(std::size_t i) const { return i + 1 < count_ ? base_ + index_[i + 1] : end_; }
  // A backslash stands somewhere in the stretch.
  [[nodiscard]] bool has_escapes() const { return has_escapes_; }
  [[nodiscard]] std::size_t bytes() const { return end_ - base_; }
  // Little enough memory to be kept for the next text.
  [[nodiscard]] bool is_small() const;

 private:
  enum class Looked : std::uint8_t { kTokens, kNothing, kInString, kFault };
  [[nodiscard]] Looked look(std::size_t bytes, JsonFault& fault);
  [[nodiscard]] bool reserve(std::size_t bytes);
  [[nodiscard]] std::size_t cut(std::size_t bytes) const;
  [[nodiscard]] bool ends_in_token(std::size_t bytes) const;
  [[nodiscard]] std::size_t string_end(std::size_t from) const;

  std::string_view text_;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer_;
  const std::uint32_t* index_ = nullptr;
  std::size_t count_ = 0;
  std::size_t base_ = 0;
  std::size_t end_ = 0;
  bool has_escapes_ = false;
};

}  // namespace relay
