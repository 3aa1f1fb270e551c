#pragma once

#include <cstddef>
#include <memory>

#include "value/array.h"
#include "vm/text_work.h"

// The work of string methods, a piece of vm_limits.h at a time.

namespace relay {

// Does the work at once when one piece is all of it; else it begins anew as the fiber's.
template <typename Work, typename... Args>
NativeStep do_or_begin(NativeContext& context, Value& result, const Args&... args) {
  Value made;
  switch (Work(args...).advance(context, made)) {
    case NativeWork::Progress::kUnfinished: return context.begin(std::make_unique<Work>(args...));
    case NativeWork::Progress::kError: return NativeStep::kError;
    default: break;
  }
  result = std::move(made);
  return NativeStep::kDone;
}

enum class Letters { kUpper, kLower };

// Text in upper or lower case.
class CaseWork final : public TextWork {
 public:
  CaseWork(const Value& text, Letters letters) : source_(text), letters_(letters) {}
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) override;
  Value source_;
  Letters letters_;
  std::size_t at_ = 0;
};

// Text backwards, by code points.
class ReverseWork final : public TextWork {
 public:
  explicit ReverseWork(const Value& text);
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) override;
  Value source_;
  std::size_t end_;  // what stands behind it is written
};

// Text with each `old` (not empty) as `next`.
class ReplaceWork final : public TextWork {
 public:
  ReplaceWork(const Value& text, const Value& old, const Value& next) : source_(text), old_(old), next_(next) {}
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) override;
  Value source_;
  Value old_;
  Value next_;
  std::size_t at_ = 0;
};

// An array of what stands between the separators (not empty).
class SplitWork final : public NativeWork {
 public:
  SplitWork(const Value& text, const Value& separator) : source_(text), separator_(separator), out_(array::make()) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  void copy_part(NativeContext& context);
  void look(NativeContext& context);
  void begin_part(std::size_t end);

  Value source_;
  Value separator_;
  Value out_;
  std::size_t begin_ = 0;            // of the part
  std::size_t at_ = 0;               // where to look for its end
  bool is_last_ = false;             // the part being made is the last
  std::unique_ptr<JoinWork> part_;   // a long part being copied
};

// An array of the code points as strings.
class CharsWork final : public NativeWork {
 public:
  explicit CharsWork(const Value& text) : source_(text), out_(array::make()) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Value source_;
  Value out_;
  std::size_t at_ = 0;
};

// Where a text first stands in another: a bool, or the number of code points before it, -1 where it does not.
class FindTextWork final : public NativeWork {
 public:
  enum class Gives : std::uint8_t { kWhether, kIndex };
  FindTextWork(const Value& text, const Value& wanted, Gives gives) : source_(text), wanted_(wanted), gives_(gives) {}
  Progress advance(NativeContext& context, Value& result) override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Value source_;
  Value wanted_;
  Gives gives_;
  std::size_t at_ = 0;
};

// Text without the white space at both ends.
class TrimWork final : public TextWork {
 public:
  explicit TrimWork(const Value& text);
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) override;
  Value source_;
  std::size_t begin_ = 0;
  std::size_t end_;
};

}  // namespace relay
