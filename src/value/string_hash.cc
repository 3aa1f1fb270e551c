#include <sys/random.h>

#include <array>
#include <cstring>

#include "base/check.h"
#include "value/string.h"

namespace relay::string {
namespace {

using Secret = std::array<std::uint64_t, 4>;

// Drawn once a process, so that nobody outside can prepare keys that collide.
Secret draw_secret() {
  Secret secret;
  const ssize_t got = getrandom(secret.data(), sizeof(secret), 0);
  RELAY_CHECK(got == static_cast<ssize_t>(sizeof(secret)), "the system gives no random bytes");
  for (std::uint64_t& word : secret) word |= 1;
  return secret;
}

const Secret& secret() {
  static const Secret drawn = draw_secret();
  return drawn;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Word>
std::uint64_t load(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

struct Words {
  std::uint64_t low;
  std::uint64_t high;
};

// All of a text of at most 16 bytes, some of it twice: the size, mixed in later, makes it unambiguous.
Words load_short(const char* at, std::size_t size) {
  if (size >= 8) return {load<std::uint64_t>(at), load<std::uint64_t>(at + size - 8)};
  if (size >= 4) return {load<std::uint32_t>(at), load<std::uint32_t>(at + size - 4)};
  if (size == 0) return {0, 0};
  const auto byte = [at](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
  return {byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1), 0};
}

}  // namespace

// Multiply and fold, 16 bytes a step, in the manner of wyhash, with all constants secret.
std::uint32_t hash_text(std::string_view text) {
  const Secret& key = secret();
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t state = key[0];
  for (; left > 16; at += 16, left -= 16) {
    state = mix(load<std::uint64_t>(at) ^ key[1], load<std::uint64_t>(at + 8) ^ state);
  }
  const Words last = load_short(at, left);
  state = mix(last.low ^ key[2], last.high ^ state);
  state = mix(state ^ key[3], text.size() ^ key[1]);
  const auto folded = static_cast<std::uint32_t>(state ^ (state >> 32));
  return folded == 0 ? 1 : folded;
}

std::uint32_t hash(const Value& value) {
  StringBlock* string = block(value);
  if (string->hash != 0) return string->hash;
  const std::uint32_t computed = hash_text(string->text());
  if (!string->is_immortal()) string->hash = computed;
  return computed;
}

}  // namespace relay::string
