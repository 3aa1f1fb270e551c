#pragma once

#include <memory>
#include <span>
#include <vector>

#include "value/json_writer.h"
#include "value/text_builder.h"
#include "vm/native.h"

// Making long strings piece by piece.

namespace relay {

// Fills `size` bytes from `begin` on with `unit` (not empty) over and over, cut off at the end.
void fill_with(char* begin, std::size_t size, std::string_view unit);

// Whether string() shows it in one short step.
[[nodiscard]] bool is_quick_to_show(const Value& value);

// What all makers of strings share: write() appends pieces, then they are copied together. A text past string::kMaxBytes
// is an error (kind `limit`).
class TextWork : public NativeWork {
 public:
  Progress advance(NativeContext& context, Value& result) final;
  void visit(const std::function<void(const Value&)>& visitor) const override { text_.visit(visitor); }

 protected:
  // Appends about a piece to text(), and charges it; copying parts together is charged later. kDone: all is there.
  virtual Progress write(NativeContext& context) = 0;
  // What becomes of the whole text; here it is the result.
  virtual Progress finish(NativeContext& context, Value text, Value& result);
  [[nodiscard]] TextBuilder& text() { return text_; }
  // Bytes that the result may grow by in place.
  [[nodiscard]] virtual std::size_t spare() const { return 0; }

 private:
  bool is_written_ = false;
  TextBuilder text_;
};

// Parts of strings one after the other: sums, slices.
class JoinWork final : public TextWork {
 public:
  explicit JoinWork(std::size_t spare = 0) : spare_(spare) {}
  void add(const Value& part, std::size_t from, std::size_t to) { text().add(part, from, to); }

 private:
  Progress write(NativeContext&) override { return Progress::kDone; }
  [[nodiscard]] std::size_t spare() const override { return spare_; }
  std::size_t spare_;
};

// A string (not empty) over and over, to `bytes` in all, with other strings (or undefined) before and behind.
class RepeatWork final : public TextWork {
 public:
  RepeatWork(Value before, Value unit, std::size_t bytes, Value behind);
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) override;
  Value unit_;
  std::size_t left_;
  Value behind_;
};

// Values as string() shows them, one after the other, with `separator` (a string, or undefined) in between: templates,
// string(), print(), join().
class ShowWork : public TextWork {
 public:
  ShowWork(std::vector<Value> values, Value separator);
  // The elements of an array.
  explicit ShowWork(Value list, Value separator);
  ~ShowWork() override;
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) final;
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] const Value& value_at(std::size_t index) const;
  void begin_next();

  std::vector<Value> values_;
  Value list_;  // an array, or undefined: values_ are shown
  Value separator_;
  std::size_t next_ = 0;
  std::unique_ptr<class Display> shown_;  // the one under way
};

// A value as JSON.
class JsonWork final : public TextWork {
 public:
  explicit JsonWork(const Value& value);
  void visit(const std::function<void(const Value&)>& visitor) const override;

 private:
  Progress write(NativeContext& context) override;
  Value value_;
  JsonWriter writer_;
};

}  // namespace relay
