#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/builtin_types.h"
#include "analysis/symbol_index.h"
#include "analysis/type.h"
#include "base/source.h"

namespace relay::analysis {

// What the last walk has seen, for what can be said only when all of it is known.

// How the text uses a variable.
struct VariableUse {
  struct Place {
    Span span;
    Span loop;  // the outermost loop around it in its function; empty outside loops
    bool is_in_try = false;
  };
  std::vector<Place> sets;
  std::vector<Place> early_reads;  // by the function that binds it, with no `set` of it before in the text
  std::size_t reads = 0;
  std::size_t uncaught_reads = 0;  // of them, those outside `try`; of the walks before too
  bool is_bound_otherwise = false;  // parameter, `for`, `catch`, nested `fn`
  bool is_set_by_closure = false;
  bool is_value_used = false;  // somebody takes the value of one of its `set`s, or of its `fn`
};

// A call that a function makes, as far as it is known which function it calls.
struct KnownCall {
  enum class Form : std::uint8_t {
    kPlain,    // in the same message
    kMessage,  // waits for another message
    kNotice,   // sends one and does not wait
  };
  Form form = Form::kPlain;
  std::uint32_t from = kUnknown;  // of Definitions::functions; kUnknown: the top level
  std::uint32_t to = kUnknown;
  Span span;
  bool is_caught = false;  // it stands where failing is caught
};

// A server that is named and that the program does not define.
struct UnknownServer {
  Span span;
  std::string name;
  std::string hint;                 // one that it nearly is
  std::uint32_t caller = kUnknown;  // as KnownCall::from
  bool is_caught = false;
};

struct TypedPlace {
  Span span;
  TypeId type = kAny;
};

// The name of a method of a type of the language, where it is called.
struct MethodPlace {
  Span span;
  const BuiltinType* method = nullptr;
  TypeId receiver = kAny;
};

struct Observations {
  std::vector<VariableUse> variables;  // by SymbolId; grows as needed
  std::vector<KnownCall> calls;
  std::vector<UnknownServer> unknown_servers;
  std::vector<TypedPlace> expressions;
  std::vector<MethodPlace> methods;
  std::uint64_t visits = 0;  // of expressions, in all walks together

  VariableUse& variable(SymbolId symbol) {
    if (variables.size() <= symbol) variables.resize(symbol + 1);
    return variables[symbol];
  }
};

}  // namespace relay::analysis
