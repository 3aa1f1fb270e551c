#include "vm/text_work.h"

#include <algorithm>
#include <cstring>

#include "value/array.h"
#include "value/display.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {

void fill_with(char* begin, std::size_t size, std::string_view unit) {
  std::size_t done = std::min(unit.size(), size);
  std::memcpy(begin, unit.data(), done);
  while (done < size) {
    const std::size_t more = std::min(done, size - done);
    std::memcpy(begin + done, begin, more);
    done += more;
  }
}

bool is_quick_to_show(const Value& value) {
  if (value.is_string()) return string::size(value) <= kSlowStepBytes;
  return !value.is_array() && !value.is_object() && !value.is_struct();
}

// ---- What all share

NativeWork::Progress TextWork::advance(NativeContext& context, Value& result) {
  if (!is_written_) {
    const Progress progress = write(context);
    if (progress == Progress::kError) return progress;
    if (text_.size() > string::kMaxBytes) {
      context.fail("limit", std::string(kStringTooLong));
      return Progress::kError;
    }
    text_.settle();
    if (progress == Progress::kUnfinished) return progress;
    is_written_ = true;
  }
  context.charge(cost_of_bytes(std::min(text_.size(), string::kPieceBytes)));
  Value whole;
  if (!text_.assemble(whole, spare())) return Progress::kUnfinished;
  return finish(context, std::move(whole), result);
}

NativeWork::Progress TextWork::finish(NativeContext&, Value text, Value& result) {
  result = std::move(text);
  return Progress::kDone;
}

// ---- Repeated strings

// A short unit that is repeated often is made longer first, so that there are few parts.
RepeatWork::RepeatWork(Value before, Value unit, std::size_t bytes, Value behind)
    : unit_(std::move(unit)), left_(bytes), behind_(std::move(behind)) {
  if (before.is_string()) text().add(before, 0, string::size(before));
  const std::size_t size = string::size(unit_);
  const std::size_t count = std::min(kSlowStepBytes, bytes) / size;
  if (count < 2) return;
  Value longer = string::make_uninitialised(size * count);
  fill_with(string::block(longer)->data(), size * count, string::text(unit_));
  unit_ = std::move(longer);
}

NativeWork::Progress RepeatWork::write(NativeContext& context) {
  const std::size_t unit = string::size(unit_);
  for (std::size_t done = 0; left_ != 0 && done < string::kPieceBytes;) {
    const std::size_t part = std::min(left_, unit);
    text().add(unit_, 0, part);
    context.charge(1);
    left_ -= part;
    done += part;
  }
  if (left_ != 0) return Progress::kUnfinished;
  if (behind_.is_string()) text().add(behind_, 0, string::size(behind_));
  return Progress::kDone;
}

void RepeatWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  visitor(unit_);
  visitor(behind_);
}

// ---- Values shown

ShowWork::ShowWork(std::vector<Value> values, Value separator)
    : values_(std::move(values)), separator_(std::move(separator)) {}

ShowWork::ShowWork(Value list, Value separator) : list_(std::move(list)), separator_(std::move(separator)) {}

ShowWork::~ShowWork() = default;

std::size_t ShowWork::count() const { return list_.is_undefined() ? values_.size() : array::size(list_); }

const Value& ShowWork::value_at(std::size_t index) const {
  return list_.is_undefined() ? values_[index] : array::at(list_, index);
}

// Strings are noted as parts; other values are shown by steps.
void ShowWork::begin_next() {
  if (next_ > 0 && separator_.is_string()) text().add(separator_, 0, string::size(separator_));
  const Value& value = value_at(next_++);
  if (value.is_string()) {
    text().add(value, 0, string::size(value));
  } else {
    shown_ = std::make_unique<Display>(value, Quotes::kBare, string::kMaxBytes);
  }
}

NativeWork::Progress ShowWork::write(NativeContext& context) {
  std::size_t budget = kStepUnits;
  const std::size_t before = text().size();
  auto progress = Display::Progress::kDone;
  while (budget != 0 && text().size() - before < kStepBytes) {
    if (!shown_) {
      if (next_ == count()) break;
      begin_next();
      --budget;
    }
    if (!shown_) continue;
    progress = shown_->advance(text().piece(), budget);
    text().settle();
    if (progress == Display::Progress::kTooLong) break;
    if (progress == Display::Progress::kDone) shown_.reset();
  }
  context.charge(kStepUnits - budget);
  const bool is_done = progress == Display::Progress::kTooLong || (!shown_ && next_ == count());
  return is_done ? Progress::kDone : Progress::kUnfinished;
}

void ShowWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  for (const Value& value : values_) visitor(value);
  visitor(list_);
  visitor(separator_);
}

// ---- JSON

JsonWork::JsonWork(const Value& value) : value_(value), writer_(value, string::kMaxBytes) {}

NativeWork::Progress JsonWork::write(NativeContext& context) {
  const std::size_t before = text().piece().size();
  const JsonWriter::Progress progress = writer_.advance(text().piece(), string::kPieceBytes);
  context.charge(cost_of_elements(text().piece().size() - before));
  if (progress == JsonWriter::Progress::kDone) return Progress::kDone;
  if (progress == JsonWriter::Progress::kUnfinished) return Progress::kUnfinished;
  context.fail("limit", std::string(kStringTooLong));
  return Progress::kError;
}

void JsonWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  visitor(value_);
}

}  // namespace relay
