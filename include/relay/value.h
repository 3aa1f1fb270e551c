#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "relay/api.h"

namespace relay::RELAY_API {

class Value;
template <typename T>
class Result;

// A value is not of the type that was asked for. In a handler it becomes the caller's error.
class TypeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using Array = std::vector<Value>;

// What stands under a key.
struct Member;

// Keys to values, in the order of insertion; a key stands once.
//
// Cost:   find and set take constant time, erase is linear.
// Thread: as of a standard container.
class Object {
 public:
  Object();
  Object(std::initializer_list<Member> members);
  Object(const Object& other);
  Object(Object&& other) noexcept;
  Object& operator=(const Object& other);
  Object& operator=(Object&& other) noexcept;
  ~Object();

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != nullptr; }
  // nullptr when there is no such key.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  // A key that is there keeps its place; a new one goes to the end.
  void set(std::string_view key, Value value);
  // Whether it was there.
  bool erase(std::string_view key);
  void clear();
  void reserve(std::size_t size);

  [[nodiscard]] const Member* begin() const;
  [[nodiscard]] const Member* end() const;

  // Without regard to the order of the keys, as in the language.
  friend bool operator==(const Object& a, const Object& b);

 private:
  friend class Value;
  struct Index;
  [[nodiscard]] std::size_t position(std::string_view key) const;
  void append(std::string key, Value value);

  std::vector<Member> members_;
  std::unique_ptr<Index> index_;  // only of large objects
};

// A value of the language outside of it: an owned tree that is copied, moved and compared by content. What crosses between
// C++ and a server, a peer or a program is always one of these.
//
// What comes from the language arrives as its JSON would: a struct as an object with `_type` first, a datetime as ISO 8601
// text, a function or server as its label. Numbers are doubles: an integer of more than 53 bits is rounded.
// Strings are UTF-8; where a string leaves this process, bytes that are none become U+FFFD.
//
// Nothing here recurses natively by the depth of a value.
// Thread: as of a standard container: one writer, or many readers.
// Seed:   `*Value` of the Go runtime.
class Value {
 public:
  enum class Type : std::uint8_t { kNil, kBool, kNumber, kString, kArray, kObject };

  Value() = default;  // nil
  Value(std::nullptr_t) {}
  template <std::same_as<bool> T>
  Value(T boolean) : content_(boolean) {}
  template <typename T>
    requires((std::integral<T> || std::floating_point<T>) && !std::same_as<T, bool> && !std::same_as<T, char>)
  Value(T number) : content_(static_cast<double>(number)) {}
  Value(const char* text) : content_(std::string(text)) {}
  Value(std::string_view text) : content_(std::string(text)) {}
  Value(std::string text) : content_(std::move(text)) {}
  Value(Array array) : content_(std::move(array)) {}
  Value(Object object) : content_(std::move(object)) {}
  template <typename T>
    requires(!std::same_as<std::remove_cv_t<T>, char>)
  Value(T*) = delete;  // no pointer is meant as a bool

  Value(const Value& other);
  Value(Value&& other) noexcept : content_(std::exchange(other.content_, std::monostate())) {}
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  // Value::array({1, "two", nullptr}), Value::object({{"name", "Ann"}, {"age", 30}})
  [[nodiscard]] static Value array(std::initializer_list<Value> elements = {});
  [[nodiscard]] static Value object(std::initializer_list<Member> members = {});

  [[nodiscard]] Type type() const { return static_cast<Type>(content_.index()); }
  [[nodiscard]] bool is_nil() const { return type() == Type::kNil; }
  [[nodiscard]] bool is_bool() const { return type() == Type::kBool; }
  [[nodiscard]] bool is_number() const { return type() == Type::kNumber; }
  [[nodiscard]] bool is_string() const { return type() == Type::kString; }
  [[nodiscard]] bool is_array() const { return type() == Type::kArray; }
  [[nodiscard]] bool is_object() const { return type() == Type::kObject; }

  // The content. Errors: TypeError, "expected number, got string".
  [[nodiscard]] bool as_bool() const;
  [[nodiscard]] double as_number() const;
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const Array& as_array() const;
  [[nodiscard]] Array& as_array();
  [[nodiscard]] const Object& as_object() const;
  [[nodiscard]] Object& as_object();
  // The content, or nullptr when it is of another type.
  [[nodiscard]] const bool* if_bool() const { return std::get_if<bool>(&content_); }
  [[nodiscard]] const double* if_number() const { return std::get_if<double>(&content_); }
  [[nodiscard]] const std::string* if_string() const { return std::get_if<std::string>(&content_); }
  [[nodiscard]] const Array* if_array() const { return std::get_if<Array>(&content_); }
  [[nodiscard]] const Object* if_object() const { return std::get_if<Object>(&content_); }

  // A part, for reading; nil when there is none, also when this is no array or object: `v["user"]["name"]`.
  [[nodiscard]] const Value& operator[](std::size_t index) const;
  [[nodiscard]] const Value& operator[](std::string_view key) const;
  // Sets a member; nil becomes an object first. Errors: TypeError.
  void set(std::string_view key, Value value);
  // Appends an element; nil becomes an array first. Errors: TypeError.
  void push_back(Value element);
  // Elements, members, or 0.
  [[nodiscard]] std::size_t size() const;

  // As JSON.stringify would write it; NaN and infinities as null.
  [[nodiscard]] std::string to_json() const;
  // One JSON text, nested at most 128 deep; a duplicate key's last value wins. Errors: kParse, what and at which byte.
  // (relay/result.h)
  [[nodiscard]] static Result<Value> from_json(std::string_view text);

  // By content; objects without regard to the order of their keys. NaN equals nothing.
  friend bool operator==(const Value& a, const Value& b);

 private:
  void release();
  void copy_from(const Value& other);

  std::variant<std::monostate, bool, double, std::string, Array, Object> content_;
};

struct Member {
  std::string key;
  Value value;
};

// "nil", "bool", "number", "string", "array", "object"
[[nodiscard]] std::string_view name(Value::Type type);

}  // namespace relay::RELAY_API
