#include "value/json_cursor.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "value/array.h"
#include "value/object.h"
#include "value/string.h"
#include "value/text_builder.h"

namespace relay {

// What a cursor needs beside the text.
struct JsonCursor::Scratch {
  JsonWindow window;
  std::vector<Value> parts;   // of all open containers
  std::vector<Frame> frames;  // containers that read() has open
  std::vector<Value>
      models;  // by number of frames: the last object made there, whose keys the next may share
  std::string unescaped;
  std::string closers;  // the brackets that end the containers which skip() has open

  // Nothing made by a read() is held after it.
  void let_go() {
    parts.clear();
    frames.clear();
    models.clear();
  }

  // Up to this size each leaves its memory behind for the next cursor of the thread.
  static constexpr std::size_t kKeptBytes = 256u << 10;
  [[nodiscard]] bool is_small() const {
    return window.is_small() && unescaped.capacity() <= kKeptBytes &&
           parts.capacity() * sizeof(Value) <= kKeptBytes;
  }
  static std::unique_ptr<Scratch>& spare() {
    thread_local std::unique_ptr<Scratch> scratch;
    return scratch;
  }
};

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Parts of a container that are kept before they go into it.
constexpr std::size_t kKeptParts = 4096;
constexpr std::size_t kBytesPerUnit = 64;
constexpr std::size_t kLookedAtPerUnit = 256;

bool is_scalar(JsonKind kind) {
  return kind != JsonKind::kNone && kind != JsonKind::kObject && kind != JsonKind::kArray;
}

// Bytes of the escape that begins at `at`; both halves of a surrogate pair are one.
std::size_t escape_bytes(std::string_view raw, std::size_t at) {
  const std::string_view escape = raw.substr(at, 4);
  if (!escape.starts_with("\\u")) return 2;
  const bool is_high_surrogate = escape.size() == 4 && (escape[2] == 'd' || escape[2] == 'D') &&
                                 std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
  return is_high_surrogate ? 12 : 6;
}

// The end of a piece of `raw`, what stands between quotes, that begins at `from`: at most string::kPieceBytes long, with
// no escape cut in two.
std::size_t escaped_piece_end(std::string_view raw, std::size_t from) {
  const std::size_t wanted = std::min(raw.size(), from + string::kPieceBytes);
  std::size_t at = from;
  while (at < wanted) {
    at = raw.substr(0, wanted).find('\\', at);
    if (at == std::string_view::npos) return wanted;
    at += escape_bytes(raw, at);
  }
  return std::min(at, raw.size());
}

}  // namespace

// A long string that is being read in pieces.
struct JsonCursor::LongString {
  std::string_view raw;
  std::size_t begin;  // of raw, in the text
  std::size_t at = 0;
  TextBuilder text;
};

JsonCursor::JsonCursor(std::string_view text, const JsonOptions& options) : text_(text), options_(options) {
  scratch_ = std::move(Scratch::spare());
  if (!scratch_) scratch_ = std::make_unique<Scratch>();
  window_ = &scratch_->window;
  begin_text();
}

JsonCursor::~JsonCursor() {
  scratch_->let_go();
  if (scratch_->is_small()) Scratch::spare() = std::move(scratch_);
}

void JsonCursor::begin_text() {
  window_->set_text(text_);
  if (text_.starts_with("\xEF\xBB\xBF")) {
    fail_at("a byte order mark", 0);
    return;
  }
  next_window();
  if (!has_failed() && count_ == 0) fail_at("expected a value", text_.size());
}

void JsonCursor::next_window() {
  next_ = 0;
  count_ = 0;
  if (window_->advance(fault_)) count_ = window_->count();
  looked_at_ += window_->bytes();
}

bool JsonCursor::fail_at(const char* what, std::size_t byte) {
  if (!fault_) fault_ = {what, byte};
  return false;
}

Error JsonCursor::error() const {
  return {Errc::kParse, describe(fault_, text_)};
}

JsonKind JsonCursor::peek() const {
  if (has_failed()) return JsonKind::kNone;
  switch (lead()) {
    case '{':
      return JsonKind::kObject;
    case '[':
      return JsonKind::kArray;
    case '"':
      return JsonKind::kString;
    case 't':
    case 'f':
      return JsonKind::kBool;
    case 'n':
      return JsonKind::kNull;
    case '-':
      return JsonKind::kNumber;
    default:
      return lead() >= '0' && lead() <= '9' ? JsonKind::kNumber : JsonKind::kNone;
  }
}

// Between a token and the one after it stands nothing but white space.
std::string_view JsonCursor::token() const {
  const std::size_t begin = window_->begin_of(next_);
  std::size_t end = window_->end_of(next_);
  while (is_space(text_[end - 1])) --end;
  return text_.substr(begin, end - begin);
}

bool JsonCursor::take_string(std::string_view quoted, std::string_view& text) {
  if (quoted.size() < 2 || quoted.back() != '"') return fail("a string without an end");
  text = quoted.substr(1, quoted.size() - 2);
  if (text.size() > string::kMaxBytes) return fail("a string is longer than 64 MiB");
  if (window_->has_escapes() && std::memchr(text.data(), '\\', text.size()) != nullptr) {
    std::string& plain = scratch_->unescaped;
    plain.clear();
    if (const JsonFault fault = append_unescaped(plain, text))
      return fail_at(fault.what, position() + 1 + fault.at);
    text = plain;
  }
  step();
  return true;
}

bool JsonCursor::take_key(std::string_view& key) {
  if (lead() != '"') return fail("expected a key in quotes");
  if (!take_string(token(), key)) return false;
  if (lead() != ':') return fail("expected ':' after a key");
  step();
  return true;
}

bool JsonCursor::take_scalar(Value& out) {
  const auto take_word = [&](std::string_view word, Value value) {
    if (token() != word) return fail("expected a value");
    out = std::move(value);
    step();
    return true;
  };
  switch (peek()) {
    case JsonKind::kString: {
      std::string_view text;
      if (!take_string(token(), text)) return false;
      out = string::make(text);
      return true;
    }
    case JsonKind::kNumber: {
      double number = 0;
      if (const JsonFault fault = parse_json_number(token(), number))
        return fail_at(fault.what, position() + fault.at);
      out = Value(number);
      step();
      return true;
    }
    case JsonKind::kBool:
      return lead() == 't' ? take_word("true", Value(true)) : take_word("false", Value(false));
    case JsonKind::kNull:
      return take_word("null", Value::nil());
    default:
      return fail("expected a value");
  }
}

bool JsonCursor::open(bool is_object) {
  if (depth_ == options_.max_depth) return fail("nested too deep");
  if (lead() != (is_object ? '{' : '[')) return fail("expected a value");
  ++depth_;
  step();
  return true;
}

bool JsonCursor::push_key() {
  std::string_view key;
  if (!take_key(key)) return false;
  Frame& frame = scratch_->frames.back();
  if (frame.alike != nullptr) {
    const std::size_t place = (scratch_->parts.size() - frame.base) / 2;
    if (place < frame.alike->count && string::text(frame.alike->keys()[place]) == key) {
      scratch_->parts.push_back(frame.alike->keys()[place]);
      return true;
    }
    frame.alike = nullptr;
  }
  const Value* symbol = options_.symbols != nullptr ? options_.symbols->find(key) : nullptr;
  scratch_->parts.push_back(symbol != nullptr ? *symbol : string::make(key));
  return true;
}

// Reads a value that has no parts, or into a container that has some.
JsonCursor::Begun JsonCursor::begin_value(Value& out) {
  const char first = lead();
  if (first != '{' && first != '[') {
    const std::size_t bytes = next_ < count_ ? window_->end_of(next_) - window_->begin_of(next_) : 0;
    if (first == '"' && bytes > string::kPieceBytes) return begin_long_string() ? Begun::kLongString : Begun::kFault;
    return take_scalar(out) ? Begun::kWhole : Begun::kFault;
  }
  const bool is_object = first == '{';
  if (!open(is_object)) return Begun::kFault;
  const auto& models = scratch_->models;
  const std::size_t level = scratch_->frames.size();
  const bool has_model = is_object && level < models.size() && models[level].is_object();
  scratch_->frames.push_back(
      {scratch_->parts.size(), is_object, has_model ? object::keys_of(models[level]) : nullptr, Value()});
  if (lead() == (is_object ? '}' : ']')) {
    out = close();
    return Begun::kWhole;
  }
  return !is_object || push_key() ? Begun::kInside : Begun::kFault;
}

bool JsonCursor::begin_long_string() {
  const std::string_view quoted = token();
  if (quoted.size() < 2 || quoted.back() != '"') return fail("a string without an end");
  if (quoted.size() - 2 > string::kMaxBytes) return fail("a string is longer than 64 MiB");
  long_string_ = std::make_unique<LongString>();
  long_string_->raw = quoted.substr(1, quoted.size() - 2);
  long_string_->begin = position() + 1;
  return true;
}

// Reads a piece of the long string, or copies one of what has been read.
bool JsonCursor::read_long_string(Value& out, bool& is_whole) {
  LongString& string = *long_string_;
  is_whole = false;
  if (string.at == string.raw.size()) {
    is_whole = string.text.assemble(out);
    if (!is_whole) return true;
    long_string_.reset();
    step();
    return true;
  }
  const std::size_t end = escaped_piece_end(string.raw, string.at);
  const std::string_view piece = string.raw.substr(string.at, end - string.at);
  if (const JsonFault fault = append_unescaped(string.text.piece(), piece)) {
    return fail_at(fault.what, string.begin + string.at + fault.at);
  }
  string.text.settle();
  string.at = end;
  return true;
}

// Makes the innermost container of its parts; its closing bracket is the next token.
Value JsonCursor::close() {
  auto& parts = scratch_->parts;
  if (!scratch_->frames.back().begun.is_undefined()) settle_parts(scratch_->frames.back());
  const Frame frame = std::move(scratch_->frames.back());
  scratch_->frames.pop_back();
  const std::span<Value> own(parts.data() + frame.base, parts.size() - frame.base);
  Value made = frame.begun;
  if (made.is_undefined()) made = frame.is_object ? make_object(frame) : array::make(own);
  parts.resize(frame.base);
  --depth_;
  step();
  return made;
}

// Puts the parts that are whole into a large container.
void JsonCursor::settle_parts(Frame& frame) {
  auto& parts = scratch_->parts;
  if (frame.begun.is_undefined()) frame.begun = frame.is_object ? object::make() : array::make();
  frame.alike = nullptr;
  const std::size_t count = parts.size() - frame.base;
  for (std::size_t i = 0; i < count; ++i) {
    Value& part = parts[frame.base + i];
    if (frame.is_object) {
      object::set(frame.begun, std::move(part), std::move(parts[frame.base + i + 1]));
      ++i;
    } else {
      array::push(frame.begun, std::move(part));
    }
  }
  parts.resize(frame.base);
}

// An object with the same keys as the one before it at its level shares their list.
Value JsonCursor::make_object(const Frame& frame) {
  auto& parts = scratch_->parts;
  auto& models = scratch_->models;
  Value* const own = parts.data() + frame.base;
  const std::size_t count = (parts.size() - frame.base) / 2;
  if (frame.alike != nullptr && frame.alike->count == count) {
    for (std::size_t i = 0; i < count; ++i) own[i] = std::move(own[2 * i + 1]);
    return object::make(frame.alike, {own, count});
  }
  Value made = object::make();
  for (std::size_t i = 0; i < count; ++i) object::set(made, std::move(own[2 * i]), std::move(own[2 * i + 1]));
  const std::size_t level = scratch_->frames.size();
  if (count == 0 || object::keys_of(made) == nullptr) return made;
  if (models.size() <= level) models.resize(level + 1);
  models[level] = made;
  return made;
}

// Gives a whole value to the container around it and closes all containers that end here. The value is whole
// when none is left around it; else another part is due.
bool JsonCursor::end_value(Value& value, bool& is_whole) {
  is_whole = false;
  while (!scratch_->frames.empty()) {
    Frame& frame = scratch_->frames.back();
    const bool is_object = frame.is_object;
    scratch_->parts.push_back(std::move(value));
    if (scratch_->parts.size() - frame.base >= kKeptParts) settle_parts(frame);
    if (lead() == ',') {
      step();
      return !is_object || push_key();
    }
    if (lead() != (is_object ? '}' : ']'))
      return fail(is_object ? "expected ',' or '}'" : "expected ',' or ']'");
    value = close();
  }
  is_whole = true;
  return true;
}

bool JsonCursor::read(Value& out) {
  std::size_t budget = SIZE_MAX;
  return read_on(out, budget) == Progress::kDone;
}

JsonCursor::Progress JsonCursor::read_on(Value& out, std::size_t& budget) {
  const Progress progress = has_failed() ? Progress::kFailed : read_parts(out, budget);
  if (progress != Progress::kUnfinished) scratch_->let_go();
  return progress;
}

JsonCursor::Progress JsonCursor::read_parts(Value& out, std::size_t& budget) {
  Value value;
  const auto pay = [&budget](std::size_t units) { budget -= std::min(budget, units); };
  while (budget != 0) {
    bool is_whole = false;
    const std::size_t before = position();
    if (long_string_) {
      if (!read_long_string(value, is_whole)) return Progress::kFailed;
      pay(string::kPieceBytes / kBytesPerUnit);
    } else {
      const Begun begun = begin_value(value);
      if (begun == Begun::kFault) return Progress::kFailed;
      is_whole = begun == Begun::kWhole;
    }
    if (is_whole && !end_value(value, is_whole)) return Progress::kFailed;
    if (is_whole) {
      out = std::move(value);
      return Progress::kDone;
    }
    pay(1 + (position() - before) / kBytesPerUnit + std::exchange(looked_at_, 0) / kLookedAtPerUnit);
  }
  return Progress::kUnfinished;
}

bool JsonCursor::read_text(std::string_view& text) {
  if (has_failed()) return false;
  if (lead() != '"') return fail("expected a string");
  return take_string(token(), text);
}

bool JsonCursor::read_raw(std::string_view& raw) {
  if (has_failed()) return false;
  if (options_.text == JsonText::kUnchecked || !is_scalar(peek())) return check_scalar(raw);
  raw = token();
  step();
  return true;
}

// take_scalar() without a value made.
bool JsonCursor::check_scalar(std::string_view& raw) {
  if (next_ == count_) return fail("expected a value");
  raw = token();
  const char first = raw.front();
  if (first == '"') {
    std::string_view text;
    return take_string(raw, text);
  }
  if (first == '-' || (first >= '0' && first <= '9')) {
    double number = 0;
    if (const JsonFault fault = parse_json_number(raw, number))
      return fail_at(fault.what, position() + fault.at);
  } else if (raw != "true" && raw != "false" && raw != "null") {
    return fail("expected a value");
  }
  step();
  return true;
}

bool JsonCursor::skip(std::string_view& raw) {
  if (has_failed()) return false;
  const std::size_t begin = position();
  std::size_t end = begin;
  scratch_->closers.clear();
  if (!(options_.text == JsonText::kChecked ? skip_checked(end) : skip_parts(end))) return false;
  raw = text_.substr(begin, end - begin);
  return true;
}

// `end` becomes where the value ends.
bool JsonCursor::skip_parts(std::size_t& end) {
  std::string& closers = scratch_->closers;
  do {
    const char first = lead();
    if (first != '{' && first != '[') {
      std::string_view scalar;
      if (!check_scalar(scalar)) return false;
      end = static_cast<std::size_t>(scalar.data() - text_.data()) + scalar.size();
    } else {
      const bool is_object = first == '{';
      if (!open(is_object)) return false;
      closers += is_object ? '}' : ']';
      std::string_view key;
      if (lead() != closers.back()) {
        if (is_object && !take_key(key)) return false;
        continue;
      }
    }
    if (!skip_ends(end)) return false;
  } while (!closers.empty());
  return true;
}

// Behind a value, or in a container without parts: closes all that end here; if one is left, a part is due.
bool JsonCursor::skip_ends(std::size_t& end) {
  std::string& closers = scratch_->closers;
  while (!closers.empty()) {
    const bool is_object = closers.back() == '}';
    if (lead() == ',') {
      step();
      std::string_view key;
      return !is_object || take_key(key);
    }
    if (lead() != closers.back()) return fail(is_object ? "expected ',' or '}'" : "expected ',' or ']'");
    end = position() + 1;
    closers.pop_back();
    --depth_;
    step();
  }
  return true;
}

// skip_parts() where only the brackets have to be followed.
bool JsonCursor::skip_checked(std::size_t& end) {
  const std::size_t begin = position();
  if (lead() != '{' && lead() != '[') {
    std::string_view scalar;
    if (!read_raw(scalar)) return false;
    end = begin + scalar.size();
    return true;
  }
  const std::size_t outside = depth_;
  do {
    const char first = lead();
    end = position() + 1;
    if (first == '{' || first == '[') {
      if (!open(first == '{')) return false;
      continue;
    }
    if (first == '}' || first == ']') --depth_;
    step();
  } while (depth_ > outside && next_ < count_);
  return depth_ == outside || fail("expected the end of a container");
}

bool JsonCursor::next_part(char closing, const char* expected) {
  if (has_failed()) return false;
  const bool was_first = std::exchange(is_first_, false);
  if (lead() == closing) {
    --depth_;
    step();
    return false;
  }
  if (was_first) return true;
  if (lead() != ',') return fail(expected);
  step();
  return true;
}

bool JsonCursor::enter_array() {
  if (has_failed() || !open(false)) return false;
  return is_first_ = true;
}

bool JsonCursor::next_element() {
  return next_part(']', "expected ',' or ']'");
}

bool JsonCursor::enter_object() {
  if (has_failed() || !open(true)) return false;
  return is_first_ = true;
}

bool JsonCursor::next_member(std::string_view& key) {
  return next_part('}', "expected ',' or '}'") && take_key(key);
}

bool JsonCursor::finish() {
  if (has_failed()) return false;
  return next_ == count_ || fail("expected the end of the text");
}

}  // namespace relay
