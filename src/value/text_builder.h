#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "value/value.h"

namespace relay {

// Builds a string in steps: pieces are appended, or parts of other strings noted, and then copied together, so that no
// step copies or touches more than a piece of fresh memory.
//
// Bound:  the caller looks at size(); string::kMaxBytes is the most that assemble() takes.
// Thread: the owner's.
class TextBuilder {
 public:
  // Where a step appends; after about string::kPieceBytes it calls settle().
  [[nodiscard]] std::string& piece() { return piece_; }
  void settle();
  // Adds bytes [from, to) of the string `text`, which is held until it is copied.
  void add(const Value& text, std::size_t from, std::size_t to);

  [[nodiscard]] std::size_t size() const { return settled_ + piece_.size(); }

  // Copies the next piece; true when `out` is the whole text, with room for `spare` bytes more. Nothing is added after
  // the first call.
  [[nodiscard]] bool assemble(Value& out, std::size_t spare = 0);

  void visit(const std::function<void(const Value&)>& visitor) const;

 private:
  struct Part {
    Value text;
    std::size_t from;
    std::size_t to;
  };
  void put_away();

  std::string piece_;
  std::vector<Part> parts_;
  std::size_t settled_ = 0;  // bytes of the parts
  Value whole_;              // being assembled
  std::size_t copied_ = 0;
  std::size_t next_ = 0;  // part to copy from
};

}  // namespace relay
