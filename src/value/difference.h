#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "value/equal.h"
#include "value/value.h"

namespace relay {

// Whether two values are equal, as collections see it (NaN is itself), and if not, where they first differ: in steps, for
// values so large that one step would hold a core. Holds both meanwhile.
//
// Bound: the place is followed kMaxDepth containers deep; what is deeper counts as one difference there.
class Difference {
 public:
  enum class Verdict { kEqual, kDifferent, kUnfinished };
  static constexpr std::size_t kMaxDepth = 40;

  Difference(Value left, Value right);
  Difference(const Difference&) = delete;
  Difference& operator=(const Difference&) = delete;

  // Goes on until `budget` is used up, counted down as Comparison does.
  [[nodiscard]] Verdict advance(std::size_t& budget);

  // After kDifferent: how a program would write the place behind the value: `.posts[2].title`; empty for the values
  // themselves.
  [[nodiscard]] const std::string& path() const { return path_; }
  // What stands there; null where there is nothing on that side.
  [[nodiscard]] const Value* left() const { return left_; }
  [[nodiscard]] const Value* right() const { return right_; }
  // Both are strings: the byte from which they differ, the begin of a code point, and the number of code points before it.
  [[nodiscard]] bool is_in_string() const;
  [[nodiscard]] std::size_t byte() const { return byte_; }
  [[nodiscard]] std::size_t character() const { return character_; }

  [[nodiscard]] const Value& whole_left() const { return whole_left_; }
  [[nodiscard]] const Value& whole_right() const { return whole_right_; }

 private:
  // What the path gets for the child that is looked at.
  struct Child {
    const Value* left = nullptr;
    const Value* right = nullptr;
    const Value* key = nullptr;  // null in an array
  };
  void step(std::size_t& budget);
  void look_at(const Child& child);
  void look_into();
  void look_into_array();
  void look_into_object();
  void look_into_struct();
  void look_into_string();
  void descend(const Child& child);
  [[nodiscard]] bool is_last_level() const { return depth_ == kMaxDepth; }

  Value whole_left_;
  Value whole_right_;
  const Value* left_;
  const Value* right_;
  std::string path_;
  std::size_t depth_ = 0;
  bool is_known_unequal_ = false;
  bool is_found_ = false;
  bool is_equal_ = false;

  Child child_;
  std::optional<Comparison> comparison_;  // of the child; before the first descent, of the whole values
  std::size_t position_ = 0;              // of the next child
  bool is_behind_left_ = false;           // of objects: what only the right one has is looked for
  std::size_t byte_ = 0;
  std::size_t character_ = 0;
};

}  // namespace relay
