#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/error.h"

namespace relay {

// A value or the Error that stood in its way. The member names are those of std::expected (C++23), so that a
// later standard library can take its place.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return checked(); }
  T&& value() && { return std::move(checked()); }
  const T& value() const& { return const_cast<Result*>(this)->checked(); }
  T& operator*() & { return checked(); }
  T&& operator*() && { return std::move(checked()); }
  const T& operator*() const& { return const_cast<Result*>(this)->checked(); }
  T* operator->() { return &checked(); }
  const T* operator->() const { return &const_cast<Result*>(this)->checked(); }

  Error& error() {
    RELAY_CHECK(!has_value(), "error() of a Result that has a value");
    return std::get<1>(state_);
  }
  const Error& error() const { return const_cast<Result*>(this)->error(); }

 private:
  T& checked() {
    RELAY_CHECK(has_value(), "value() of a Result that holds an error");
    return std::get<0>(state_);
  }
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  Error& error() {
    RELAY_CHECK(error_.has_value(), "error() of a Result without an error");
    return *error_;
  }
  const Error& error() const { return const_cast<Result*>(this)->error(); }

 private:
  std::optional<Error> error_;
};

}  // namespace relay
