#include "vm/state_store.h"

#include "value/object.h"

namespace relay {

StateStore::StateStore(const bytecode::ServerInfo& info)
    : info_(info), committed_(info.state.size(), Value::nil()), overlay_(info.state.size()) {}

Value StateStore::snapshot() const {
  const auto count = static_cast<std::uint32_t>(committed_.size());
  if (info_.state_keys != nullptr) {
    std::vector<Value> contents;
    contents.reserve(count);
    for (std::uint32_t field = 0; field < count; ++field) contents.push_back(get(field));
    return object::make(info_.state_keys, contents);
  }
  Value all = object::make();
  for (std::uint32_t field = 0; field < count; ++field) object::set(all, info_.state[field].name, get(field));
  return all;
}

void StateStore::commit() {
  for (const std::uint32_t field : changed_) {
    if (!overlay_[field].is_undefined()) committed_[field] = std::move(overlay_[field]);
  }
  changed_.clear();
}

void StateStore::rollback() {
  for (const std::uint32_t field : changed_) overlay_[field] = Value();
  changed_.clear();
}

void StateStore::visit_replaced(const std::function<void(const Value&)>& visitor) const {
  for (const std::uint32_t field : changed_) {
    if (!overlay_[field].is_undefined()) visitor(committed_[field]);
  }
}

void StateStore::visit(const std::function<void(const Value&)>& visitor) const {
  for (const Value& value : committed_) visitor(value);
  for (const std::uint32_t field : changed_) visitor(overlay_[field]);
}

}  // namespace relay
