#include "http/output_queue.h"

#include <algorithm>
#include <utility>

#include "base/release_text.h"

namespace relay::http {
namespace {

// A text that grew above this is freed once it is sent: a waiting connection holds next to nothing.
constexpr std::size_t kKeptTextBytes = 4096;

}  // namespace

void OutputQueue::append_body(std::string body) {
  if (body.size() <= kCopyBytes) {
    text_ += body;
  } else {
    block_bytes_ += body.size();
    blocks_.push_back({text_.size(), std::move(body)});
  }
}

std::size_t OutputQueue::next_pieces(std::span<std::string_view> pieces) const {
  std::size_t count = 0;
  std::size_t text_at = text_sent_;
  std::size_t block_at = block_sent_;
  const std::string_view text = text_;
  const auto add = [&](std::string_view piece) {
    if (!piece.empty()) pieces[count++] = piece;
  };
  for (std::size_t i = next_block_; i < blocks_.size() && count + 2 < pieces.size(); ++i) {
    add(text.substr(text_at, blocks_[i].text_end - text_at));
    add(std::string_view(blocks_[i].body).substr(block_at));
    text_at = blocks_[i].text_end;
    block_at = 0;
    if (i + 1 == blocks_.size()) add(text.substr(text_at));
  }
  if (next_block_ == blocks_.size()) add(text.substr(text_at));
  return count;
}

void OutputQueue::consume(std::size_t bytes) {
  while (bytes > 0) {
    const bool has_block = next_block_ < blocks_.size();
    const std::size_t text_end = has_block ? blocks_[next_block_].text_end : text_.size();
    const std::size_t from_text = std::min(bytes, text_end - text_sent_);
    text_sent_ += from_text;
    bytes -= from_text;
    if (!has_block) break;
    const std::size_t from_block = std::min(bytes, blocks_[next_block_].body.size() - block_sent_);
    block_sent_ += from_block;
    block_bytes_ -= from_block;
    bytes -= from_block;
    if (text_sent_ < text_end || block_sent_ < blocks_[next_block_].body.size()) break;
    release_text(blocks_[next_block_].body);
    ++next_block_;
    block_sent_ = 0;
  }
  // What is kept of the text is moved for each half that is sent, so a byte is moved once on average.
  if (empty()) {
    clear();
  } else if (text_sent_ > kKeptTextBytes && text_sent_ > text_.size() / 2) {
    forget_sent();
  }
}

void OutputQueue::clear() {
  text_.clear();
  if (text_.capacity() > kKeptTextBytes) release_text(text_);
  blocks_.clear();
  text_sent_ = 0;
  next_block_ = 0;
  block_sent_ = 0;
}

void OutputQueue::forget_sent() {
  blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(next_block_));
  for (Block& block : blocks_) block.text_end -= text_sent_;
  text_.erase(0, text_sent_);
  if (text_.capacity() > 4 * std::max(text_.size(), kKeptTextBytes)) text_.shrink_to_fit();
  text_sent_ = 0;
  next_block_ = 0;
}

}  // namespace relay::http
