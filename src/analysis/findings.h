#pragma once

#include <string>
#include <vector>

#include "lang/reporter.h"

namespace relay::analysis {

// What the walk finds, kept silent while it only collects types.
class Findings {
 public:
  explicit Findings(Reporter& reporter) : reporter_(reporter) {}

  enum class Mode : std::uint8_t { kSilent, kSpeak };
  void set_mode(Mode mode) { mode_ = mode; }
  [[nodiscard]] bool speaks() const { return mode_ == Mode::kSpeak && expected_ == 0; }

  // What fails whenever it is evaluated. Inside `try` that may be what the program wants: there it is a
  // warning.
  void error(Span span, std::string message, std::string hint = {}, std::vector<std::string> notes = {});
  void warning(Span span, std::string message, std::string hint = {}, std::vector<std::string> notes = {});
  // The nearest of the names that `gather` gives, as a hint; a bounded number of times, for each looks at all
  // of them.
  template <typename Gather>
  [[nodiscard]] std::string nearest(std::string_view name, Gather&& gather) {
    if (!speaks() || hints_left_ == 0) return {};
    --hints_left_;
    return did_you_mean(nearest_name(name, gather()));
  }

  // Until the end of a C++ scope: what is read stands in the body of a `try`, or where failing is asked for.
  class TryScope {
   public:
    explicit TryScope(int& depth) : depth_(depth) { ++depth_; }
    ~TryScope() { --depth_; }
    TryScope(const TryScope&) = delete;
    TryScope& operator=(const TryScope&) = delete;

   private:
    int& depth_;
  };
  [[nodiscard]] bool is_in_try() const { return tries_ > 0; }
  [[nodiscard]] bool is_caught() const { return tries_ > 0 || expected_ > 0; }
  [[nodiscard]] TryScope in_try() { return TryScope(tries_); }
  [[nodiscard]] TryScope where_failing_is_expected() { return TryScope(expected_); }

 private:
  Reporter& reporter_;
  Mode mode_ = Mode::kSilent;
  int tries_ = 0;
  int expected_ = 0;
  int hints_left_ = 200;
};

}  // namespace relay::analysis
