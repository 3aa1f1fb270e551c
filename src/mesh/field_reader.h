#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "value/json_cursor.h"

namespace relay::mesh {

// Whole messages may nest this deep, so that values that are too deep for a call are the call's fault and not
// the link's.
inline constexpr std::size_t kMaxMessageDepth = 1024;

// Reads the fields of one JSON text strictly, each by what it must be.
//
// Use:    object() and array() call back for each part, which consumes one value with another function of
// this
//         class; then finish(). Everything returns false after the first fault, which error() then tells.
// Errors: a sentence with the field's name and what it must be; kTooLarge for too many bytes or elements,
// else
//         kParse.
// Owner:  `text` outlives the reader. Fields' names are literals, or live as long as the call.
class FieldReader {
 public:
  FieldReader(std::string_view text, std::size_t max_depth, JsonText state = JsonText::kUnchecked)
      : cursor_(text, {.max_depth = max_depth, .text = state}) {}

  // At most `max` members.
  template <typename OnMember>
  bool object(std::string_view field, std::size_t max, OnMember on_member) {
    std::size_t count = 0;
    return object(
        field, [&](std::string_view key) { return count++ == max ? too_many(field, max) : on_member(key); });
  }
  // on_member(key) reads the member's value; `key` is valid until it reads. Duplicates come all: the last
  // wins.
  template <typename OnMember>
  bool object(std::string_view field, OnMember on_member) {
    if (!is_next(JsonKind::kObject, field, "an object") || !cursor_.enter_object()) return false;
    std::string_view key;
    while (cursor_.next_member(key)) {
      if (!on_member(key)) return false;
    }
    return !has_failed();
  }
  // on_element() reads one element; at most `max`.
  template <typename OnElement>
  bool array(std::string_view field, std::size_t max, OnElement on_element) {
    if (!is_next(JsonKind::kArray, field, "an array") || !cursor_.enter_array()) return false;
    for (std::size_t count = 0; cursor_.next_element(); ++count) {
      if (count == max) return too_many(field, max);
      if (!on_element()) return false;
    }
    return !has_failed();
  }

  // A string of 1 to `max` bytes, or of 0 to `max`.
  bool text(std::string_view field, std::size_t max, std::string& out);
  bool text_or_empty(std::string_view field, std::size_t max, std::string& out);
  bool node(std::string_view field, std::string& out);
  bool nodes(std::string_view field, std::size_t max, std::vector<std::string>& out);
  // A member's key, which is data in itself, by the same rules.
  bool key_text(std::string_view field, std::size_t max, std::string_view key, std::string& out);
  bool key_node(std::string_view field, std::string_view key, std::string& out);
  // A number without a fraction from `min` to `max`; 3.0 and 3e0 are 3.
  bool whole(std::string_view field, std::uint64_t min, std::uint64_t max, std::uint64_t& out);
  bool number(std::string_view field, double& out);
  bool flag(std::string_view field, bool& out);
  // The text of a value of the kind; of any kind.
  bool object_text(std::string_view field, std::string_view& out);
  bool value_text(std::string_view field, std::string_view& out);
  // An object or array.
  bool container_text(std::string_view field, std::string_view& out);
  // Any value, of a member that is not known.
  bool ignore();
  // Consumes `null`, which stands for a member that is not there; false when something else comes.
  bool take_null();

  [[nodiscard]] JsonKind peek() const { return cursor_.peek(); }
  // Where the next token begins.
  [[nodiscard]] std::size_t position() const { return cursor_.position(); }
  [[nodiscard]] bool has_failed() const { return fault_.has_value() || cursor_.has_failed(); }
  // Nothing follows, and nothing was wrong.
  bool finish() { return !fault_ && cursor_.finish(); }
  [[nodiscard]] Error error() const;

  // What is wrong, for a rule of the caller's own.
  bool fail(std::string_view field, std::string_view must, Errc code = Errc::kParse);
  bool missing(std::string_view field);
  bool too_long(std::string_view field, std::size_t max);

 private:
  bool is_next(JsonKind kind, std::string_view field, std::string_view must);
  bool too_many(std::string_view field, std::size_t max) {
    return fail(field, "must have at most " + std::to_string(max) + " elements", Errc::kTooLarge);
  }
  bool keep_text(std::string_view field, std::size_t max, std::string_view text, std::string& out);
  bool keep_node(std::string_view field, std::string_view text, std::string& out);

  JsonCursor cursor_;
  std::optional<Error> fault_;
};

}  // namespace relay::mesh
