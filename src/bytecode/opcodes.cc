#include "bytecode/opcodes.h"

#include <array>

namespace relay::bytecode {
namespace {

constexpr std::array<std::string_view, kOpCount> kNames = {
#define X(name, operands) std::string_view(#name).substr(1),
    RELAY_OPCODES(X)
#undef X
};

constexpr std::array<std::string_view, kOpCount> kOperands = {
#define X(name, operands) std::string_view(operands),
    RELAY_OPCODES(X)
#undef X
};

}  // namespace

std::string_view name(Op op) {
  return kNames[static_cast<std::size_t>(op)];
}

std::string_view operands(Op op) {
  return kOperands[static_cast<std::size_t>(op)];
}

}  // namespace relay::bytecode
