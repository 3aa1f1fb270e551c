#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bytecode/program.h"

namespace relay {

using Register = std::uint16_t;

// Writes the code of one function: instructions with their places, constants, registers and jumps.
//
// Registers: variables first (add_variable), temporaries above them like a stack (temporary, release_to).
// Bound:     65,000 registers, constants and captures; past that is_too_large() and the code must not be used.
class FunctionBuilder {
 public:
  using Op = bytecode::Op;
  // An instruction whose jump target is not known yet.
  using Jump = std::uint32_t;

  FunctionBuilder(bytecode::Program& program, bytecode::Function& function)
      : program_(program), function_(function) {}

  // The place in the source that the next instructions belong to.
  void at(Span span) { span_ = span; }
  [[nodiscard]] Span span() const { return span_; }

  std::uint32_t emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0, std::uint8_t n = 0);
  // The word behind an instruction: a jump target to be patched, or the number of a new inline cache.
  Jump emit_target_word();
  void emit_cache_word();

  // kJump, kJumpIf...: `reg` is operand a where the instruction has one.
  Jump jump(Op op, Register reg = 0);
  void loop_to(std::uint32_t target);
  void patch(Jump jump) { patch_to(jump, here()); }
  void patch_to(Jump jump, std::uint32_t target) { function_.code[jump].set_target(target); }
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(function_.code.size()); }

  std::uint16_t constant(const Value& value);  // immortal or no block
  std::uint16_t number(double value) { return constant(Value(value)); }
  std::uint16_t text(std::string_view text) { return constant(program_.symbols.intern(text)); }

  Register add_variable();
  Register temporary();
  // `count` temporaries in a row.
  Register temporaries(std::uint32_t count);
  [[nodiscard]] std::uint32_t mark() const { return top_; }
  void release_to(std::uint32_t mark) { top_ = mark; }

  void add_handler(const bytecode::Handler& handler) { function_.handlers.push_back(handler); }
  [[nodiscard]] bool is_too_large() const { return too_large_; }
  [[nodiscard]] bytecode::Function& function() { return function_; }

 private:
  std::uint16_t narrow(std::uint32_t operand);

  bytecode::Program& program_;
  bytecode::Function& function_;
  Span span_;
  std::uint32_t top_ = 0;
  std::unordered_map<std::uint64_t, std::uint16_t> constants_;
  bool too_large_ = false;
};

}  // namespace relay
