#include "actor/globals.h"

#include <algorithm>

namespace relay {

Value FrozenVariable::copy() const {
  const bool holds_function = !with_functions.value().is_undefined();
  return holds_function ? copy_out(with_functions.value()).open() : image.copy();
}

void PublishedGlobals::publish(std::shared_ptr<const GlobalsSnapshot> snapshot) {
  const std::uint64_t version = snapshot->version;
  newest_.with([&](auto& newest) { newest.swap(snapshot); });
  version_.store(version, std::memory_order_release);
}

std::shared_ptr<const GlobalsSnapshot> PublishedGlobals::newest() const {
  return newest_.with([](const auto& newest) { return newest; });
}

void GlobalsPublisher::take_growth(const bytecode::Program& program) {
  is_watched_.resize(program.globals.size());
  for (; functions_seen_ < program.functions.size(); ++functions_seen_) {
    const bytecode::Function& function = *program.functions[functions_seen_];
    if (&function == program.main) continue;
    for (const bytecode::Instruction& instruction : function.code) {
      if (instruction.op != bytecode::Op::kGetGlobal || is_watched_[instruction.b]) continue;
      is_watched_[instruction.b] = true;
      watched_.push_back(instruction.b);
    }
  }
  contents_.resize(watched_.size());
  last_.variables.resize(program.globals.size());
}

void GlobalsPublisher::publish(const std::vector<Value>& globals, PublishedGlobals& published) {
  bool changed = false;
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    const Value& content = globals[watched_[i]];
    if (content.is_same(contents_[i])) continue;
    changed = true;
    contents_[i] = content;
    last_.variables[watched_[i]] = freeze(content);
  }
  if (!changed) return;
  images_.tidy(contents_);
  ++last_.version;
  published.publish(std::make_shared<const GlobalsSnapshot>(last_));
}

FrozenPtr GlobalsPublisher::freeze(const Value& content) {
  if (content.is_undefined()) return nullptr;
  if (content.holds_function()) return std::make_shared<const FrozenVariable>(FrozenVariable{Image(), copy_out(content)});
  return std::make_shared<const FrozenVariable>(FrozenVariable{images_.make(content), Parcel()});
}

void GlobalsPublisher::forget() {
  contents_.clear();
  images_.forget();
}

void GlobalsCopy::refresh(const PublishedGlobals& published, std::vector<Value>& globals) {
  const std::uint64_t version = published.version();
  if (version == 0 || (snapshot_ != nullptr && snapshot_->version == version)) return;
  snapshot_ = published.newest();
  std::erase_if(copied_, [&](const auto& copy) {
    if (snapshot_->variables[copy.first] == copy.second) return false;
    globals[copy.first] = Value();
    return true;
  });
}

bool GlobalsCopy::load(std::uint16_t slot, Value& out) {
  // A function that came with a reply may be newer than the snapshot.
  if (snapshot_ == nullptr || slot >= snapshot_->variables.size() || snapshot_->variables[slot] == nullptr) return false;
  const FrozenPtr& frozen = snapshot_->variables[slot];
  out = frozen->copy();
  copied_.emplace_back(slot, frozen);
  return true;
}

}  // namespace relay
