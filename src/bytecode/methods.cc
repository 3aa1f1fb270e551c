#include "bytecode/methods.h"

#include <array>

namespace relay::bytecode {
namespace {

constexpr std::array kMethods = {
#define X(type, name, text) TypeMethod{#type, make_signature(#name, text)},
    RELAY_METHODS(X)
#undef X
};

}  // namespace

std::span<const TypeMethod> type_methods() {
  return kMethods;
}

}  // namespace relay::bytecode
