#include "value/difference.h"

#include <algorithm>

#include "value/array.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay {
namespace {

bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }

bool is_word(std::string_view text) {
  const auto continues = [](char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9'); };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), continues);
}

bool begins_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

std::size_t first_entry(const Value& object, std::size_t position) {
  return position == 0 ? object::first(object) : object::next(object, position - 1);
}

}  // namespace

Difference::Difference(Value left, Value right)
    : whole_left_(std::move(left)), whole_right_(std::move(right)), left_(&whole_left_), right_(&whole_right_) {
  comparison_.emplace(whole_left_, whole_right_, Comparison::Place::kInside);
}

bool Difference::is_in_string() const {
  return left_ != nullptr && right_ != nullptr && left_->is_string() && right_->is_string();
}

Difference::Verdict Difference::advance(std::size_t& budget) {
  while (budget != 0 && !is_found_ && !is_equal_) step(budget);
  if (is_equal_) return Verdict::kEqual;
  return is_found_ ? Verdict::kDifferent : Verdict::kUnfinished;
}

void Difference::step(std::size_t& budget) {
  if (!comparison_) {
    --budget;
    return look_into();
  }
  const Comparison::Verdict verdict = comparison_->advance(budget);
  if (verdict == Comparison::Verdict::kUnfinished) return;
  comparison_.reset();
  const bool is_equal = verdict == Comparison::Verdict::kEqual;
  if (!is_known_unequal_) {
    is_known_unequal_ = !is_equal;
    is_equal_ = is_equal;
  } else if (!is_equal) {
    descend(child_);
  }
}

// The two values are unequal: finds their next pair of children, or that the difference is here.
void Difference::look_into() {
  if (is_in_string()) return look_into_string();
  if (is_last_level()) {
    is_found_ = true;
  } else if (left_->is_array() && right_->is_array()) {
    look_into_array();
  } else if (left_->is_object() && right_->is_object()) {
    look_into_object();
  } else if (left_->is_struct() && right_->is_struct() && structure::type(*left_) == structure::type(*right_)) {
    look_into_struct();
  } else {
    is_found_ = true;
  }
}

void Difference::look_into_array() {
  const auto element = [this](const Value& list) {
    return position_ < array::size(list) ? &array::at(list, position_) : nullptr;
  };
  look_at({element(*left_), element(*right_), nullptr});
}

void Difference::look_into_object() {
  const Value& from = is_behind_left_ ? *right_ : *left_;
  const std::size_t at = first_entry(from, position_);
  if (at == object::kNone) {
    position_ = 0;
    is_found_ = is_behind_left_;  // never: unequal objects differ in a content or a key
    is_behind_left_ = true;
    return;
  }
  position_ = at;
  const object::Entry entry = object::entry(from, at);
  const Value* const other = object::find(is_behind_left_ ? *left_ : *right_, *entry.key);
  if (!is_behind_left_) return look_at({entry.content, other, entry.key});
  if (other == nullptr) return look_at({nullptr, entry.content, entry.key});
  ++position_;
}

void Difference::look_into_struct() {
  const auto field = static_cast<std::uint32_t>(position_);
  look_at({&structure::at(*left_, field), &structure::at(*right_, field), &structure::type(*left_)->fields[field]});
}

void Difference::look_into_string() {
  const std::string_view left = string::text(*left_).substr(byte_, string::kPieceBytes);
  const std::string_view right = string::text(*right_).substr(byte_, left.size());
  std::size_t same = static_cast<std::size_t>(
      std::mismatch(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(right.size()), right.begin()).first - left.begin());
  is_found_ = same < left.size() || left.empty();
  const auto is_inside = [&same](std::string_view text) { return same < text.size() && !begins_code_point(text[same]); };
  while (is_found_ && same > 0 && (is_inside(left) || is_inside(right))) --same;
  character_ += static_cast<std::size_t>(std::count_if(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(same),
                                                       begins_code_point));
  byte_ += same;
}

void Difference::look_at(const Child& child) {
  ++position_;
  child_ = child;
  if (child.left == nullptr || child.right == nullptr) {
    descend(child);
    is_found_ = true;
  } else {
    comparison_.emplace(*child.left, *child.right, Comparison::Place::kInside);
  }
}

void Difference::descend(const Child& child) {
  if (child.key == nullptr) {
    path_ += "[" + std::to_string(position_ - 1) + "]";
  } else if (const std::string_view key = string::text(*child.key); is_word(key)) {
    path_ += "." + std::string(key);
  } else {
    path_ += "[" + brief(*child.key, Quotes::kQuoted) + "]";
  }
  left_ = child.left;
  right_ = child.right;
  ++depth_;
  position_ = 0;
  is_behind_left_ = false;
}

}  // namespace relay
