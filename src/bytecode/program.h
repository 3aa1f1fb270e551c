#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source.h"
#include "bytecode/function.h"
#include "bytecode/type_table.h"
#include "value/immortal.h"
#include "value/object.h"
#include "value/symbol_table.h"

namespace relay::bytecode {

// A field of a server's state.
struct StateField {
  Value name;
  TypeId type = kAny;
};

// A `receive fn`.
struct Method {
  Value name;
  const Function* function = nullptr;
};

// A server declaration.
struct ServerInfo {
  std::string name;
  Value handle;                       // immortal
  std::vector<StateField> state;
  object::KeysBlock* state_keys = nullptr;  // null when there are more than object::kMaxShared fields
  std::vector<Method> methods;        // in source order
  const Function* initializer = nullptr;  // evaluates the defaults; null when there are none
  Span span;
  bool is_replaced = false;  // a later input of a session has defined the name again

  [[nodiscard]] const Method* method(std::string_view method_name) const;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  [[nodiscard]] std::uint32_t field(const Value& field_name) const;
};

// A `template` definition: parsed, checked and reported, not yet served.
struct TemplateInfo {
  std::string path;
  std::string handler;
};

// A `test` block, where tests are compiled.
struct TestInfo {
  std::string name;
  const Function* function = nullptr;
};

// Where an entry of `config` stands.
struct ConfigEntry {
  Span key;
  Span value;
};

// What a variable of the program holds before top-level code begins.
struct Definition {
  std::uint16_t slot = 0;
  Value content;  // immortal
};

// A program as the VM runs it: all code, types, servers and constants. Immutable once loaded; shared by all cores
// without counting, so it must outlive every value and fiber made from it.
//
// Growth: only a session (lang/growing_program.h) adds to a program that runs, and only while no core runs. Every table
//         grows at its end, so what code, values and fibers name by number or address stays what it is.
class Program {
 public:
  Program() = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::shared_ptr<const SourceFile> source;
  ImmortalArena arena;
  SymbolTable symbols;
  TypeTable types;
  std::vector<std::unique_ptr<Function>> functions;
  std::vector<std::unique_ptr<StructInfo>> structs;
  std::vector<std::unique_ptr<ServerInfo>> servers;
  std::vector<object::KeysBlock*> key_lists;  // kNewObject
  std::vector<Value> globals;                 // names of the program's variables, by slot
  std::vector<TemplateInfo> templates;
  std::vector<TestInfo> tests;                // in source order; empty unless the compiler was asked for them
  Value config;                               // an object, or undefined without `config`
  std::map<std::string, ConfigEntry, std::less<>> config_entries;  // by path, as in "limits.max_body"
  const Function* main = nullptr;             // top-level code; its value is that of the last expression
  std::vector<Definition> definitions;        // of a session: of the newest input
  std::optional<std::uint16_t> last_value;    // of a session: the variable that keeps what top-level code gave
  std::uint32_t cache_sites = 0;              // inline caches: arrays per core, indexed by site
  // Methods of the types that are written in Relay (the prelude), by type and name.
  std::unordered_map<std::string, const Function*> prelude;

  [[nodiscard]] const ServerInfo* server(std::string_view server_name) const;
  [[nodiscard]] std::uint16_t server_index(std::string_view server_name) const;  // kNoServer when there is none
};

// The code of a program as text for people (-dump-bytecode): one function after the other, one instruction a line.
[[nodiscard]] std::string disassemble(const Program& program);

}  // namespace relay::bytecode
