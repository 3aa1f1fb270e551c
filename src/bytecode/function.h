#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "bytecode/opcodes.h"
#include "bytecode/type_table.h"
#include "value/function.h"

namespace relay::bytecode {

struct Parameter {
  Value name;  // an immortal string
  TypeId type = kAny;
};

// Where a closure takes a captured variable from when it is made.
struct Capture {
  enum class From : std::uint8_t { kRegister, kCapture };
  From from = From::kRegister;
  std::uint16_t index = 0;
};

// While the program counter is in [begin, end), an error goes to `target` with the error value in `reg`.
struct Handler {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t target = 0;
  std::uint16_t reg = 0;
};

inline constexpr std::uint16_t kNoServer = 0xFFFF;

// The code of one function of a program. Immutable once loaded; shared by all cores.
//
// Registers: parameters first, then locals and temporaries; `register_count` in all.
// Handlers:  innermost first.
struct Function : FunctionInfo {
  std::shared_ptr<const SourceFile> source;
  Span span;  // the definition
  std::vector<Instruction> code;
  std::vector<Span> spans;  // one an instruction
  std::vector<Value> constants;
  std::vector<Handler> handlers;
  std::vector<Parameter> parameters;
  std::vector<Capture> captures;
  std::uint16_t required = 0;        // parameters that must be given; the rest are optional(T)
  std::uint16_t register_count = 0;
  std::uint16_t server = kNoServer;  // the server in whose braces it stands
  TypeId return_type = kAny;
  std::uint32_t checked_entry = 0;   // where to begin when the arguments are known to fit
  bool is_prelude = false;           // part of the language, not of the program: left out of stack traces
};

}  // namespace relay::bytecode
