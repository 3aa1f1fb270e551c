#include "mesh/call_window.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"
#include "mesh/mesh_limits.h"

namespace relay::mesh {

static_assert(std::has_single_bit(kCallWindow));

CallWindow::State CallWindow::at(std::uint64_t n) const {
  const bool is_below = n == 0 || (top_ >= kCallWindow && n <= top_ - kCallWindow);
  if (is_below) return State::kBelow;
  if (n < bottom_ || n > top_) return State::kNew;
  return static_cast<State>(read(n));
}

void CallWindow::set(std::uint64_t n, State state) {
  RELAY_CHECK(at(n) != State::kBelow, "a call below the window has no state to be set");
  if (n > top_) raise(n);
  if (n < bottom_) lower(n);
  write(n, static_cast<std::uint64_t>(state));
}

std::uint64_t CallWindow::read(std::uint64_t n) const {
  const std::size_t slot = n & (slots() - 1);
  return words_[slot / kStatesPerWord] >> (slot % kStatesPerWord * 2) & 3;
}

void CallWindow::write(std::uint64_t n, std::uint64_t state) {
  const std::size_t slot = n & (slots() - 1);
  const std::size_t shift = slot % kStatesPerWord * 2;
  std::uint64_t& word = words_[slot / kStatesPerWord];
  word = (word & ~(std::uint64_t{3} << shift)) | state << shift;
}

void CallWindow::raise(std::uint64_t top) {
  const std::uint64_t lowest = top >= kCallWindow ? top - kCallWindow + 1 : 1;
  bottom_ = std::max(bottom_, lowest);
  if (bottom_ > top_) {
    // Nothing that was known is in the window any more.
    bottom_ = top;
    top_ = top - 1;
  }
  make_room(top - bottom_ + 1);
  clear(top_ + 1, top - top_);
  top_ = top;
}

void CallWindow::lower(std::uint64_t bottom) {
  make_room(top_ - bottom + 1);
  clear(bottom, bottom_ - bottom);
  bottom_ = bottom;
}

void CallWindow::make_room(std::uint64_t count) {
  if (count <= slots()) return;
  const std::size_t slots_needed = std::bit_ceil(std::max<std::uint64_t>(count, kStatesPerWord));
  CallWindow larger;
  larger.words_.resize(slots_needed / kStatesPerWord);
  const std::uint64_t known = words_.empty() ? 0 : top_ - bottom_ + 1;
  for (std::uint64_t i = 0; i < known; ++i) larger.write(bottom_ + i, read(bottom_ + i));
  words_ = std::move(larger.words_);
}

// Whole words where that is possible: a counter that jumps ahead costs no more than the ring has words.
void CallWindow::clear(std::uint64_t first, std::uint64_t count) {
  while (count > 0) {
    const std::size_t slot = first & (slots() - 1);
    const bool is_whole_word = slot % kStatesPerWord == 0 && count >= kStatesPerWord;
    const std::uint64_t step = is_whole_word ? kStatesPerWord : 1;
    if (is_whole_word) {
      words_[slot / kStatesPerWord] = 0;
    } else {
      write(first, 0);
    }
    first += step;
    count -= step;
  }
}

}  // namespace relay::mesh
