#include "node/random_source.h"

#include <sys/random.h>

#include <algorithm>

#include "base/check.h"

namespace relay::node {

void SystemRandom::fill(std::span<std::uint64_t> words) {
  // So much comes whole, whatever signals arrive.
  constexpr std::size_t kWordsAtOnce = 32;
  while (!words.empty()) {
    const auto part = words.first(std::min(kWordsAtOnce, words.size()));
    const ssize_t got = getrandom(part.data(), part.size_bytes(), 0);
    RELAY_CHECK(got == static_cast<ssize_t>(part.size_bytes()), "the system gives no random bits");
    words = words.subspan(part.size());
  }
}

}  // namespace relay::node
