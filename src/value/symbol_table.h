#pragma once

#include <memory>
#include <string_view>

#include "value/value.h"

namespace relay {

// The strings that a program names (keys, fields, methods) as immortal values, so that equal keys are the same
// block and comparing them is comparing pointers. Filled while a program is compiled, then immutable.
// Thread: any, once filled.
class SymbolTable {
 public:
  SymbolTable();
  ~SymbolTable();
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;

  // Adds `text` if it is new. The value lives as long as the table. Thread: the compiler's.
  const Value& intern(std::string_view text);
  // nullptr for a text that the program does not name.
  [[nodiscard]] const Value* find(std::string_view text) const;

 private:
  struct Entries;
  std::unique_ptr<Entries> entries_;
};

}  // namespace relay
