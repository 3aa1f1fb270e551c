#include "lang/function_builder.h"

#include <algorithm>

namespace relay {
namespace {

constexpr std::uint32_t kMaxOperand = 65'000;

}  // namespace

std::uint16_t FunctionBuilder::narrow(std::uint32_t operand) {
  if (operand > kMaxOperand) too_large_ = true;
  return static_cast<std::uint16_t>(operand);
}

std::uint32_t FunctionBuilder::emit(Op op, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint8_t n) {
  function_.code.push_back({op, n, narrow(a), narrow(b), narrow(c)});
  function_.spans.push_back(span_);
  return here() - 1;
}

FunctionBuilder::Jump FunctionBuilder::emit_target_word() { return emit(Op::kData); }

void FunctionBuilder::emit_cache_word() {
  const std::uint32_t word = emit(Op::kData);
  function_.code[word].set_target(program_.cache_sites++);
}

FunctionBuilder::Jump FunctionBuilder::jump(Op op, Register reg) { return emit(op, reg); }

void FunctionBuilder::loop_to(std::uint32_t target) { patch_to(emit(Op::kLoop), target); }

std::uint16_t FunctionBuilder::constant(const Value& value) {
  const auto [entry, is_new] =
      constants_.emplace(value.bits(), static_cast<std::uint16_t>(function_.constants.size()));
  if (!is_new) return entry->second;
  narrow(static_cast<std::uint32_t>(function_.constants.size()));
  function_.constants.push_back(value);
  return entry->second;
}

Register FunctionBuilder::add_variable() { return temporary(); }

Register FunctionBuilder::temporary() { return temporaries(1); }

Register FunctionBuilder::temporaries(std::uint32_t count) {
  const Register first = narrow(top_);
  top_ += count;
  function_.register_count = narrow(std::max<std::uint32_t>(function_.register_count, top_ + 1));
  return first;
}

}  // namespace relay
