#pragma once

#include <optional>

#include "vm/value_work.h"

namespace relay {

// Whether comparing any value with this one takes one short step.
[[nodiscard]] bool is_quick_to_compare(const Value& value);

// Looks for the first element that equals `wanted`, as collections see it, and makes what the method gives of it.
class SearchWork final : public NativeWork {
 public:
  enum class Gives : std::uint8_t { kIndex, kWhether, kRemoved, kReplaced };

  // `replacement` is for kReplaced.
  SearchWork(const Value& list, const Value& wanted, Gives gives, Value replacement = Value())
      : list_(list), wanted_(wanted), replacement_(std::move(replacement)), gives_(gives) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  void look(std::size_t& budget);
  Progress give(NativeContext& context, Value& result);
  Progress give_removed(NativeContext& context, Value& result);

  Value list_;
  Value wanted_;
  Value replacement_;
  Gives gives_;
  std::size_t at_ = 0;
  bool is_found_ = false;
  std::optional<Comparison> comparison_;  // of the element at at_
  std::optional<AppendWork> tail_;        // of the list without the element
};

}  // namespace relay
