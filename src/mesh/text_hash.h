#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "value/string.h"

namespace relay::mesh {

// A hash of names and ids that peers choose, by a secret of the process: nobody outside can prepare
// collisions.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return string::hash_text(text); }
};

// Of two texts that together are a key; the border between them counts.
[[nodiscard]] inline std::uint64_t hash_pair(std::string_view first, std::string_view second) {
  return std::uint64_t{string::hash_text(first)} << 32 | string::hash_text(second);
}

// Of two numbers that together are a key, by a secret of the process too.
[[nodiscard]] inline std::uint64_t hash_numbers(std::uint64_t first, std::uint64_t second) {
  static const std::uint64_t secret_of_first = hash_pair("first", "number") | 1;
  static const std::uint64_t secret_of_second = hash_pair("second", "number") | 1;
  const auto product = static_cast<unsigned __int128>(first ^ secret_of_first) * (second ^ secret_of_second);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// By a text, looked up without a copy.
template <typename T>
using TextMap = boost::unordered_flat_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace relay::mesh
