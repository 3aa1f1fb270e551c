#include "value/text_builder.h"

#include <algorithm>
#include <cstring>

#include "value/string.h"

namespace relay {

void TextBuilder::settle() {
  if (piece_.size() >= string::kPieceBytes) put_away();
}

void TextBuilder::put_away() {
  if (piece_.empty()) return;
  settled_ += piece_.size();
  parts_.push_back({string::make(piece_), 0, piece_.size()});
  piece_.clear();
}

void TextBuilder::add(const Value& text, std::size_t from, std::size_t to) {
  if (to - from < string::kPieceBytes / 4) {
    piece_ += string::text(text).substr(from, to - from);
    return settle();
  }
  put_away();
  settled_ += to - from;
  parts_.push_back({text, from, to});
}

bool TextBuilder::assemble(Value& out, std::size_t spare) {
  if (whole_.is_undefined()) {
    if (parts_.empty() && spare == 0) {
      out = string::make(piece_);
      return true;
    }
    put_away();
    whole_ = string::make_uninitialised(settled_, spare);
  }
  for (std::size_t left = string::kPieceBytes; left != 0 && next_ < parts_.size();) {
    Part& part = parts_[next_];
    const std::size_t count = std::min(left, part.to - part.from);
    std::memcpy(string::block(whole_)->data() + copied_, string::text(part.text).data() + part.from, count);
    copied_ += count;
    part.from += count;
    left -= count;
    if (part.from < part.to) continue;
    part.text.clear();
    ++next_;
  }
  string::count_written(whole_, copied_);
  if (next_ < parts_.size()) return false;
  out = std::move(whole_);
  return true;
}

void TextBuilder::visit(const std::function<void(const Value&)>& visitor) const {
  for (const Part& part : parts_) visitor(part.text);
  visitor(whole_);
}

}  // namespace relay
