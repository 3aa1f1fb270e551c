#include "bytecode/builtins.h"

#include <array>
#include <unordered_map>

namespace relay::bytecode {
namespace {

constexpr std::array kNames = {
#define X(name, text) make_signature(#name, text),
    RELAY_BUILTINS(X)
#undef X
};

}  // namespace

std::span<const Signature> builtin_names() {
  return kNames;
}

std::uint16_t builtin_index(std::string_view name) {
  static const auto* const kIndex = [] {
    auto* index = new std::unordered_map<std::string_view, std::uint16_t>;
    for (std::uint16_t i = 0; i < kNames.size(); ++i) index->emplace(kNames[i].name, i);
    return index;
  }();
  const auto found = kIndex->find(name);
  return found == kIndex->end() ? kNoBuiltin : found->second;
}

}  // namespace relay::bytecode
