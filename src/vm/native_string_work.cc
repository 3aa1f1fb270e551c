#include "vm/native_string_work.h"

#include <algorithm>
#include <cstring>

#include "value/string.h"
#include "vm/native_text.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

using Progress = NativeWork::Progress;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// The end of a piece of about kSlowStepBytes that begins at `at`, between code points.
std::size_t piece_end(std::string_view text, std::size_t at) {
  if (text.size() - at <= kSlowStepBytes) return text.size();
  std::size_t end = at + kSlowStepBytes;
  while (is_continuation(text[end])) --end;
  return end;
}

// A text full of matches is looked through once, not once per match: the checked memmem of a sanitizer, for one, reads
// all that it is given.
constexpr std::size_t kLookBytes = 4 * 1024;

// Looks for `wanted` (not empty) from `at` on, about kLookBytes far, or twice its own size. True: it begins at `at`. Else
// it begins nowhere before `at`, which is the end of the text when it is not there at all.
bool find_near(NativeContext& context, std::string_view text, std::string_view wanted, std::size_t& at) {
  const std::string_view window = text.substr(at, std::max(kLookBytes, 2 * wanted.size()));
  const void* found = memmem(window.data(), window.size(), wanted.data(), wanted.size());
  if (found != nullptr) {
    const auto before = static_cast<std::size_t>(static_cast<const char*>(found) - window.data());
    context.charge(1 + cost_of_bytes(before));
    at += before;
    return true;
  }
  context.charge(1 + cost_of_bytes(window.size()));
  at = at + window.size() == text.size() ? text.size() : at + window.size() - (wanted.size() - 1);
  return false;
}

// The same, about kStepBytes far.
bool find_step(NativeContext& context, std::string_view text, std::string_view wanted, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kStepBytes) {
    if (find_near(context, text, wanted, at)) return true;
  }
  return false;
}

}  // namespace

Progress CaseWork::write(NativeContext& context) {
  const std::string_view source = string::text(source_);
  const std::size_t end = piece_end(source, at_);
  const std::string_view piece = source.substr(at_, end - at_);
  context.charge(cost_of_elements(piece.size()));
  text().piece() += letters_ == Letters::kUpper ? string::upper(piece) : string::lower(piece);
  at_ = end;
  return at_ == source.size() ? Progress::kDone : Progress::kUnfinished;
}

void CaseWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  visitor(source_);
}

ReverseWork::ReverseWork(const Value& text) : source_(text), end_(string::size(text)) {}

Progress ReverseWork::write(NativeContext& context) {
  const std::string_view source = string::text(source_);
  std::string& out = text().piece();
  const std::size_t stop = end_ - std::min(end_, kSlowStepBytes);
  context.charge(cost_of_elements(end_ - stop));
  while (end_ > stop) {
    std::size_t begin = end_ - 1;
    while (begin > 0 && is_continuation(source[begin])) --begin;
    out += source.substr(begin, end_ - begin);
    end_ = begin;
  }
  return end_ == 0 ? Progress::kDone : Progress::kUnfinished;
}

void ReverseWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  visitor(source_);
}

Progress ReplaceWork::write(NativeContext& context) {
  const std::string_view source = string::text(source_);
  const std::size_t begin = at_;
  const std::size_t before = text().size();
  const auto is_enough = [&] { return at_ - begin >= kStepBytes || text().size() - before >= kStepBytes; };
  for (std::size_t n = 0; n < kSlowStepElements && at_ < source.size() && !is_enough(); ++n) {
    const std::size_t from = at_;
    const bool is_found = find_step(context, source, string::text(old_), at_);
    text().add(source_, from, at_);
    if (!is_found) continue;
    text().add(next_, 0, string::size(next_));
    at_ += string::size(old_);
  }
  return at_ == source.size() ? Progress::kDone : Progress::kUnfinished;
}

void ReplaceWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  visitor(source_);
  visitor(old_);
  visitor(next_);
}

// ---- Arrays of strings

Progress SplitWork::advance(NativeContext& context, Value& result) {
  const std::size_t begin = at_;
  if (part_) copy_part(context);
  for (std::size_t n = 0; n < kSlowStepElements && at_ - begin < kStepBytes && !part_ && !is_last_; ++n) look(context);
  if (part_ || !is_last_) return Progress::kUnfinished;
  result = std::move(out_);
  return Progress::kDone;
}

void SplitWork::copy_part(NativeContext& context) {
  Value part;
  if (part_->advance(context, part) == Progress::kUnfinished) return;
  array::push(out_, std::move(part));
  part_.reset();
}

// Looks for the end of the part.
void SplitWork::look(NativeContext& context) {
  const std::string_view source = string::text(source_);
  if (find_step(context, source, string::text(separator_), at_)) {
    begin_part(at_);
    at_ += string::size(separator_);
    begin_ = at_;
  } else if (at_ == source.size()) {
    is_last_ = true;
    begin_part(at_);
  }
}

void SplitWork::begin_part(std::size_t end) {
  if (end - begin_ <= string::kPieceBytes) {
    array::push(out_, string::make(string::text(source_).substr(begin_, end - begin_)));
    return;
  }
  part_ = std::make_unique<JoinWork>();
  part_->add(source_, begin_, end);
}

void SplitWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(source_);
  visitor(separator_);
  visitor(out_);
  if (part_) part_->visit(visitor);
}

Progress CharsWork::advance(NativeContext& context, Value& result) {
  const std::string_view text = string::text(source_);
  const std::size_t before = array::size(out_);
  for (std::size_t n = 0; n < kSlowStepElements && at_ < text.size(); ++n) {
    const std::size_t bytes = string::sequence_length(text[at_]);
    array::push(out_, string::make(text.substr(at_, bytes)));
    at_ += bytes;
  }
  context.charge(array::size(out_) - before);
  if (at_ < text.size()) return Progress::kUnfinished;
  result = std::move(out_);
  return Progress::kDone;
}

void CharsWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(source_);
  visitor(out_);
}

// ---- Searching

Progress FindTextWork::advance(NativeContext& context, Value& result) {
  const bool is_found =
      string::size(wanted_) == 0 || find_step(context, string::text(source_), string::text(wanted_), at_);
  if (!is_found && at_ < string::size(source_)) return Progress::kUnfinished;
  if (gives_ == Gives::kWhether) {
    result = Value(is_found);
    return Progress::kDone;
  }
  context.charge(cost_of_bytes(string::uncounted_bytes(source_)));
  result = Value(is_found ? static_cast<double>(string::code_points_before(source_, at_)) : -1.0);
  return Progress::kDone;
}

void FindTextWork::visit(const std::function<void(const Value&)>& visitor) const {
  visitor(source_);
  visitor(wanted_);
}

TrimWork::TrimWork(const Value& text) : source_(text), end_(string::size(text)) {}

Progress TrimWork::write(NativeContext& context) {
  std::string_view rest = string::text(source_).substr(begin_, end_ - begin_);
  const std::size_t before = rest.size();
  const auto looked_at = [&] { return before - rest.size(); };
  std::size_t spaces = 0;
  do {
    spaces = space_at_begin(rest);
    rest.remove_prefix(spaces);
    begin_ += spaces;
  } while (spaces != 0 && looked_at() < kSlowStepBytes);
  bool is_done = spaces == 0;
  while (is_done && looked_at() < kSlowStepBytes) {
    spaces = space_at_end(rest);
    if (spaces == 0) break;
    rest.remove_suffix(spaces);
    end_ -= spaces;
  }
  context.charge(1 + cost_of_elements(looked_at()));
  if (!is_done || spaces != 0) return Progress::kUnfinished;
  text().add(source_, begin_, end_);
  return Progress::kDone;
}

void TrimWork::visit(const std::function<void(const Value&)>& visitor) const {
  TextWork::visit(visitor);
  visitor(source_);
}

}  // namespace relay
