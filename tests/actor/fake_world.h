#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "actor/world.h"

namespace relay {

// Keeps what is printed; can be full.
class KeptOutput final : public Output {
 public:
  Host::Printed print(std::string_view text) override {
    text_.append(text);
    return is_full ? Host::Printed::kWait : Host::Printed::kAccepted;
  }
  void when_room(std::function<void()> resume) override { waiting.push_back(std::move(resume)); }
  [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

  bool is_full = false;
  std::vector<std::function<void()>> waiting;

 private:
  std::string text_;
};

class KeptInput final : public Input {
 public:
  void read_line(std::function<void(Line)> done) override { waiting.push_back(std::move(done)); }
  std::vector<std::function<void(Line)>> waiting;
};

// Counts: what is random in Relay is decided elsewhere.
class CountingRandom final : public RandomSource {
 public:
  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = ++last_;
  }

 private:
  std::uint64_t last_ = 0;
};

class OneVariable final : public Environment {
 public:
  [[nodiscard]] Result<std::optional<std::string>> get(const std::string& variable) const override {
    if (variable == "HOME") return std::optional<std::string>("/home/relay");
    return Error{Errc::kDenied, "env '" + variable + "' is not allowed"};
  }
};

}  // namespace relay
