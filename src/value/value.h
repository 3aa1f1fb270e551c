#pragma once

#include <bit>
#include <cstdint>
#include <string_view>
#include <utility>

#include "value/block.h"

namespace relay {

// The types of the language (spec language.md, "Values and types").
enum class Type : std::uint8_t {
  kNil, kBool, kNumber, kString, kDatetime, kArray, kObject, kStruct, kFunction, kServer,
};
// "nil", "bool", ...; "struct" for any struct instance (its own name: type_name() in value/display.h).
[[nodiscard]] std::string_view name(Type type);

// One value of the language in 8 bytes: a double as it is, everything else inside the space of NaNs.
//
// Encoding, by the upper 16 bits:
//   anything else    a double; every NaN is one of the two quiet NaNs without payload
//   0x7FF9           undefined, nil, false, true
//   0x7FFA - 0x7FFF  pointer to an immortal block, kind by tag 1 to 6; copies touch no memory
//   0xFFFA - 0xFFFF  pointer to a counted block, same tags
// Owner:  values are immutable and belong to one owner at a time; see value/heap.h.
// Thread: the owner's; immortal values may be read from any.
class Value {
 public:
  enum class Tag : std::uint8_t { kString = 1, kArray = 2, kObject = 3, kStruct = 4, kFunction = 5, kBoxed = 6 };

  constexpr Value() : bits_(kUndefinedBits) {}
  explicit constexpr Value(double number) : bits_(std::bit_cast<std::uint64_t>(number)) {}
  explicit constexpr Value(bool boolean) : bits_(boolean ? kTrueBits : kFalseBits) {}
  template <typename T>
  explicit Value(T*) = delete;  // no pointer is meant as a bool

  Value(const Value& other) : bits_(other.bits_) { retain_if_counted(); }
  Value(Value&& other) noexcept : bits_(other.bits_) { other.bits_ = kUndefinedBits; }
  Value& operator=(const Value& other) {
    other.retain_if_counted();
    const std::uint64_t old = bits_;
    bits_ = other.bits_;
    release_bits(old);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {  // `other` may be this one, which then stays as it is
    const std::uint64_t bits = other.bits_;
    other.bits_ = kUndefinedBits;
    replace(bits);
    return *this;
  }
  ~Value() { release_bits(bits_); }

  [[nodiscard]] static Value nil() { return from_bits(kNilBits); }
  // Takes over one count of `block`; immortal blocks give immortal values.
  [[nodiscard]] static Value adopt(Block* block) {
    const std::uint64_t sign = block->is_immortal() ? 0 : kSign;
    return from_bits(sign | (kImmediateTop + (tag_of(block->kind) << 48)) | reinterpret_cast<std::uint64_t>(block));
  }
  // Adds a count.
  [[nodiscard]] static Value share(Block* block) {
    relay::retain(block);
    return adopt(block);
  }

  // Not a value of the language: a variable not yet set, a place whose value has been moved away.
  [[nodiscard]] bool is_undefined() const { return bits_ == kUndefinedBits; }
  [[nodiscard]] bool is_nil() const { return bits_ == kNilBits; }
  [[nodiscard]] bool is_bool() const { return (bits_ | 1) == kTrueBits; }
  [[nodiscard]] bool is_number() const { return (bits_ << 1) < (kImmediateTop << 1); }
  [[nodiscard]] bool is_string() const { return has_tag(Tag::kString); }
  [[nodiscard]] bool is_array() const { return has_tag(Tag::kArray); }
  [[nodiscard]] bool is_object() const { return has_tag(Tag::kObject); }
  [[nodiscard]] bool is_struct() const { return has_tag(Tag::kStruct); }
  [[nodiscard]] bool is_function() const { return has_tag(Tag::kFunction); }
  [[nodiscard]] bool is_datetime() const { return is_boxed(BlockKind::kDatetime); }
  [[nodiscard]] bool is_server() const { return is_boxed(BlockKind::kServer); }
  [[nodiscard]] bool is_cell() const { return is_boxed(BlockKind::kCell); }
  [[nodiscard]] bool is_block() const { return !is_number() && (bits_ & kTopMask & ~kSign) != kImmediateTop; }
  [[nodiscard]] bool is_counted() const { return bits_ >= kFirstCounted; }
  // An array that is not immortal.
  [[nodiscard]] bool is_counted_array() const {
    constexpr std::uint64_t kTop = kSign + kImmediateTop + (static_cast<std::uint64_t>(Tag::kArray) << 48);
    return bits_ >> 48 == kTop >> 48;
  }
  // Points to a block that nobody else points to: it may be changed in place.
  [[nodiscard]] bool is_unique() const { return is_counted() && block()->is_unique(); }
  [[nodiscard]] bool holds_function() const { return is_block() && block()->holds_function(); }

  // The type of a value that is not undefined and no cell.
  [[nodiscard]] Type type() const {
    if (is_number()) return Type::kNumber;
    if (!is_block()) return is_nil() ? Type::kNil : Type::kBool;
    return kTypes[static_cast<std::size_t>(block()->kind)];
  }
  // Falsy are nil, false, 0, NaN, "", [] and {}.
  [[nodiscard]] bool truthy() const {
    if (bits_ == kTrueBits) return true;
    if (bits_ == kFalseBits || bits_ == kNilBits) return false;
    return truthy_slow();
  }

  [[nodiscard]] bool as_bool() const { return bits_ == kTrueBits; }
  [[nodiscard]] double as_number() const { return std::bit_cast<double>(bits_); }
  [[nodiscard]] Block* block() const { return reinterpret_cast<Block*>(bits_ & kPayloadMask); }
  template <typename B>
  [[nodiscard]] B* block_as() const {
    return static_cast<B*>(block());
  }

  // Assignments that the interpreter does most, without a temporary in between.
  void set_number(double number) { replace(std::bit_cast<std::uint64_t>(number)); }
  void set_bool(bool boolean) { replace(boolean ? kTrueBits : kFalseBits); }
  void clear() { replace(kUndefinedBits); }

  [[nodiscard]] std::uint64_t bits() const { return bits_; }
  // Gives the count away: the caller now owns it. The value becomes undefined.
  [[nodiscard]] Block* detach() {
    Block* result = block();
    bits_ = kUndefinedBits;
    return result;
  }
  // Same bits: same number, same immediate or same block. Not the language's `==`.
  [[nodiscard]] bool is_same(const Value& other) const { return bits_ == other.bits_; }

 private:
  // By BlockKind; those that no value points to give the last.
  static constexpr Type kTypes[] = {Type::kString,   Type::kArray,  Type::kObject, Type::kStruct, Type::kFunction,
                                    Type::kDatetime, Type::kServer, Type::kServer, Type::kServer, Type::kServer,
                                    Type::kServer};
  static constexpr std::uint64_t kSign = 0x8000'0000'0000'0000;
  static constexpr std::uint64_t kTopMask = 0xFFFF'0000'0000'0000;
  static constexpr std::uint64_t kPayloadMask = 0x0000'FFFF'FFFF'FFFF;
  static constexpr std::uint64_t kImmediateTop = 0x7FF9'0000'0000'0000;
  static constexpr std::uint64_t kFirstCounted = 0xFFF9'0000'0000'0000;
  static constexpr std::uint64_t kUndefinedBits = kImmediateTop;
  static constexpr std::uint64_t kNilBits = kImmediateTop | 1;
  static constexpr std::uint64_t kFalseBits = kImmediateTop | 2;
  static constexpr std::uint64_t kTrueBits = kImmediateTop | 3;

  static Value from_bits(std::uint64_t bits) {
    Value value;
    value.bits_ = bits;
    return value;
  }
  [[nodiscard]] bool has_tag(Tag tag) const {
    return (bits_ & kTopMask & ~kSign) == kImmediateTop + (static_cast<std::uint64_t>(tag) << 48);
  }
  [[nodiscard]] bool is_boxed(BlockKind kind) const { return has_tag(Tag::kBoxed) && block()->kind == kind; }
  // The first five kinds have a tag each, the other values share kBoxed.
  [[nodiscard]] static constexpr std::uint64_t tag_of(BlockKind kind) {
    const auto tag = static_cast<std::uint64_t>(kind) + 1;
    return tag < static_cast<std::uint64_t>(Tag::kBoxed) ? tag : static_cast<std::uint64_t>(Tag::kBoxed);
  }
  [[nodiscard]] bool truthy_slow() const;
  void retain_if_counted() const {
    if (is_counted()) ++block()->refs;
  }
  void replace(std::uint64_t bits) {
    const std::uint64_t old = bits_;
    bits_ = bits;
    release_bits(old);
  }
  static void release_bits(std::uint64_t bits) {
    if (bits < kFirstCounted) return;
    auto* block = reinterpret_cast<Block*>(bits & kPayloadMask);
    if (--block->refs == 0) destroy(block);
  }

  std::uint64_t bits_;
};
static_assert(sizeof(Value) == 8);

}  // namespace relay
