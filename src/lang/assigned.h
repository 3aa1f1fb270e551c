#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace relay {

// Which variables of a function, by number, are certainly set at a place of its text. Kept a word at a time: branches copy
// and join it, and a generated program has ten thousands of both.
class Assigned {
 public:
  Assigned() = default;
  explicit Assigned(std::size_t variables) : words_((variables + kBits - 1) / kBits) {}

  [[nodiscard]] bool operator[](std::size_t variable) const {
    return (words_[variable / kBits] >> (variable % kBits) & 1) != 0;
  }
  void add(std::size_t variable) { words_[variable / kBits] |= std::uint64_t{1} << (variable % kBits); }
  void add_all() { std::fill(words_.begin(), words_.end(), ~std::uint64_t{0}); }
  // What is set whichever of two ways was taken.
  void keep_common(const Assigned& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }

 private:
  static constexpr std::size_t kBits = 64;
  std::vector<std::uint64_t> words_;
};

}  // namespace relay
