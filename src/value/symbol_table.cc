#include "value/symbol_table.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include "value/immortal.h"
#include "value/string.h"

namespace relay {

struct SymbolTable::Entries {
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(std::string_view text) const { return string::hash_text(text) * 0x9E3779B97F4A7C15u; }
  };
  ImmortalArena arena;
  // The keys are the texts of the values. References to values outlive later additions: they stand in their own blocks.
  boost::unordered_flat_map<std::string_view, std::unique_ptr<Value>, Hash> values;
};

SymbolTable::SymbolTable() : entries_(std::make_unique<Entries>()) {}
SymbolTable::~SymbolTable() = default;

const Value& SymbolTable::intern(std::string_view text) {
  if (const Value* known = find(text)) return *known;
  auto value = std::make_unique<Value>(entries_->arena.keep(string::make(text)));
  const std::string_view key = string::text(*value);
  return *entries_->values.emplace(key, std::move(value)).first->second;
}

const Value* SymbolTable::find(std::string_view text) const {
  const auto found = entries_->values.find(text);
  return found == entries_->values.end() ? nullptr : found->second.get();
}

}  // namespace relay
