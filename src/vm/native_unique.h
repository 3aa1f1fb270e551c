#pragma once

#include <optional>

#include "value/equal.h"
#include "vm/native.h"

namespace relay {

// The distinct elements of a small array, of which comparing and hashing any takes one short step.
[[nodiscard]] Value unique_of(const Value& list);

// The distinct elements of any array, the first of each, piece by piece.
class UniqueWork final : public NativeWork {
 public:
  explicit UniqueWork(const Value& list);
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  void look(std::size_t& budget);
  void find_candidates();
  void compare(std::size_t& budget);
  void keep();
  [[nodiscard]] const Value* next_candidate() const;

  Value list_;
  Value out_;
  // An object under this heap's account, from hashes to their one position in out_, or an array of positions.
  Value seen_;
  std::size_t at_ = 0;
  std::optional<ValueHash> hash_;  // of the element at at_
  Value key_;                      // its hash as seen_ knows it; undefined until it is there
  Value candidates_;               // where it may stand already: nil, a position, or an array of positions
  std::size_t next_ = 0;           // candidate to compare
  std::optional<Comparison> comparison_;
};

}  // namespace relay
