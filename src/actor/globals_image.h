#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "value/value.h"

namespace relay {

// A frozen copy of a value without functions. Images that one ImageMaker has made of two versions of a value share what
// the versions share, so an image costs what has changed since the last one.
//
// Its blocks are laid out as those of a heap, which is how copy_out() reads them, but stand under no heap, and their
// holders are counted with atomics in front of them.
// Invariant: nothing of it is ever written but those counts.
// Thread: any; the last holder frees it.
class Image {
 public:
  Image() = default;
  Image(Image&& other) noexcept : root_(std::exchange(other.root_, Value())) {}
  Image& operator=(Image&& other) noexcept {
    std::swap(root_, other.root_);
    return *this;
  }
  ~Image();

  // A copy for the owner whose heap is current.
  [[nodiscard]] Value copy() const;

 private:
  friend class ImageMaker;
  explicit Image(Value root) : root_(std::move(root)) {}

  Value root_;  // has no count of the heap's
};

// Makes images of the values of one owner, and remembers of which block which image was made. It keeps those blocks, so
// that no other takes their address; changing a value in place then copies what changes, and only that is new to it.
//
// Bound:  remembers at most about twice the blocks that tidy() is told are in use.
// Thread: the owner's, under its heap.
class ImageMaker {
 public:
  ImageMaker() = default;
  ~ImageMaker() { forget(); }
  ImageMaker(const ImageMaker&) = delete;
  ImageMaker& operator=(const ImageMaker&) = delete;

  // Invariant: `value` holds no function.
  [[nodiscard]] Image make(const Value& value);
  // To be called now and then with all values that later images may share with: lets go of what is in none of them, when
  // that has become much.
  void tidy(std::span<const Value> in_use);
  void forget();
  // Blocks of which it remembers an image.
  [[nodiscard]] std::size_t size() const { return images_.size(); }

 private:
  using Images = boost::unordered_flat_map<Block*, Block*>;

  [[nodiscard]] Block* image_of(Block* original);
  static void release_all(Images& images);

  Images images_;                   // by original
  std::vector<Block*> unfinished_;  // images whose children are still the originals
  std::size_t in_use_ = 0;          // entries that the last tidy() found
};

}  // namespace relay
