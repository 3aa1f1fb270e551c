#include "actor/globals_image.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <new>
#include <vector>

#include "base/check.h"
#include "value/block_walk.h"
#include "value/heap.h"
#include "value/string.h"
#include "value/transfer.h"

namespace relay {
namespace {

// Stands in front of each block of an image.
struct alignas(16) Holders {
  explicit Holders(std::uint32_t first) : count(first) {}
  std::atomic<std::uint32_t> count;
};

// The count that blocks of an image show: neither immortal nor unique, for a copy must find out itself what is shared.
constexpr std::uint32_t kShownCount = 2;
// What flags say of the content. What else they may say holds for the only owner of a block, and so not for an image.
constexpr std::uint8_t kContentFlags = Block::kHoldsFunction | Block::kLarge | Block::kCollision;
// What is not worth a tidy().
constexpr std::size_t kMinToTidy = 1024;

Holders* holders(Block* image) { return reinterpret_cast<Holders*>(image) - 1; }

// A string leaves behind the room that it had for growth.
std::size_t bytes_of(const Block* original) {
  const std::size_t bytes = block_bytes(original);
  if (original->kind != BlockKind::kString) return bytes;
  const auto* string = static_cast<const StringBlock*>(original);
  return std::min(bytes, (sizeof(StringBlock) + string->size + 15) / 16 * 16);
}

// `original` byte for byte, held once.
Block* clone(const Block* original) {
  const std::size_t bytes = bytes_of(original);
  auto* image = reinterpret_cast<Block*>(new (::operator new(sizeof(Holders) + bytes)) Holders(1) + 1);
  std::memcpy(static_cast<void*>(image), static_cast<const void*>(original), bytes);
  image->refs = kShownCount;
  image->flags &= kContentFlags;
  if (image->kind == BlockKind::kString) {
    static_cast<StringBlock*>(image)->capacity = static_cast<std::uint32_t>(bytes - sizeof(StringBlock));
  }
  return image;
}

void drop(Block* image) {
  std::vector<Block*> dropped{image};
  while (!dropped.empty()) {
    Block* block = dropped.back();
    dropped.pop_back();
    if (block->is_immortal() || holders(block)->count.fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
    visit_children(
        block,
        [&](Value& child) {
          if (child.is_counted()) dropped.push_back(child.block());
        },
        [&](Block*& child) { dropped.push_back(child); });
    ::operator delete(holders(block));
  }
}

}  // namespace

Image::~Image() {
  if (root_.is_counted()) drop(root_.detach());
}

Value Image::copy() const { return copy_out(root_).open(); }

Image ImageMaker::make(const Value& value) {
  if (!value.is_counted()) return Image(value);
  RELAY_CHECK(!value.holds_function(), "an image is made of a function");
  Image result(Value::adopt(image_of(value.block())));
  while (!unfinished_.empty()) {
    Block* image = unfinished_.back();
    unfinished_.pop_back();
    visit_children(
        image,
        [this](Value& slot) {
          if (slot.is_counted()) slot = Value::adopt(image_of(slot.detach()));
        },
        [this](Block*& slot) { slot = image_of(slot); });
  }
  return result;
}

// A hold on the image of `original`, which may be still unfinished; `original` itself if it is immortal.
Block* ImageMaker::image_of(Block* original) {
  if (original->is_immortal()) return original;
  const auto [entry, is_new] = images_.emplace(original, nullptr);
  if (is_new) {
    retain(original);
    entry->second = clone(original);
    unfinished_.push_back(entry->second);
  }
  holders(entry->second)->count.fetch_add(1, std::memory_order_relaxed);
  return entry->second;
}

void ImageMaker::tidy(std::span<const Value> in_use) {
  if (images_.size() < 2 * in_use_ + kMinToTidy) return;
  Images kept;
  std::vector<Block*> waiting;
  const auto visit = [&](Block* block) {
    const auto found = images_.find(block);
    if (found == images_.end()) return;  // kept already, or of no image
    kept.insert(*found);
    images_.erase(found);
    waiting.push_back(block);
  };
  for (const Value& value : in_use) {
    if (value.is_counted()) visit(value.block());
  }
  while (!waiting.empty()) {
    Block* block = waiting.back();
    waiting.pop_back();
    visit_children(
        block,
        [&](Value& child) {
          if (child.is_counted()) visit(child.block());
        },
        [&](Block*& child) { visit(child); });
  }
  images_.swap(kept);
  in_use_ = images_.size();
  release_all(kept);
}

void ImageMaker::forget() {
  release_all(images_);
  in_use_ = 0;
}

void ImageMaker::release_all(Images& images) {
  for (const auto& [original, image] : images) {
    drop(image);
    release(original);
  }
  images.clear();
}

}  // namespace relay
