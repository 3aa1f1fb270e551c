#pragma once

#include <cstddef>
#include <optional>

#include "value/equal.h"
#include "vm/native.h"
#include "vm/operations.h"

// Comparing, searching and joining large values piece by piece.

namespace relay {

// The order of two strings by code point, in steps. Holds them meanwhile.
class TextOrder {
 public:
  TextOrder(Value left, Value right) : left_(std::move(left)), right_(std::move(right)) {}

  // Compares up to string::kPieceBytes more and charges it; true when order() is known.
  [[nodiscard]] bool advance(NativeContext& context);
  [[nodiscard]] Order order() const { return order_; }
  void visit(const std::function<void(const Value&)>& visitor) const;

  // Whether two strings can be compared at once.
  [[nodiscard]] static bool is_short(const Value& left, const Value& right);

 private:
  Value left_;
  Value right_;
  std::size_t at_ = 0;  // bytes that are the same
  Order order_ = Order::kEqual;
};

// `==` of two values: a bool.
class EqualWork final : public NativeWork {
 public:
  EqualWork(const Value& left, const Value& right) : left_(left), right_(right), comparison_(left, right) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Value left_;
  Value right_;
  Comparison comparison_;
};

// The order of two strings: a number, that of the enumerator.
class OrderWork final : public NativeWork {
 public:
  OrderWork(const Value& left, const Value& right) : order_(left, right) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override { order_.visit(visitor); }

 private:
  TextOrder order_;
};

// An array with the elements [from, to) of another behind its own.
class AppendWork final : public NativeWork {
 public:
  AppendWork(const Value& head, const Value& source, std::size_t from, std::size_t to)
      : out_(head), source_(source), at_(from), to_(to) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Value out_;
  Value source_;
  std::size_t at_;
  std::size_t to_;
};

}  // namespace relay
