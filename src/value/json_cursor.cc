#include "value/json_cursor.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <vector>

#include "value/array.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {

// What a cursor needs beside the text. The implementation object of simdjson holds the index of tokens.
struct JsonCursor::Scratch {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
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

  // Text up to this size leaves its memory behind for the next cursor of the thread.
  static constexpr std::size_t kKeptBytes = 256u << 10;
  [[nodiscard]] bool is_small() const {
    return indexer->capacity() <= kKeptBytes && unescaped.capacity() <= kKeptBytes &&
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

// Makes room for `bytes` of text; false when there is none.
bool reserve(std::unique_ptr<simdjson::internal::dom_parser_implementation>& indexer, std::size_t bytes) {
  constexpr std::size_t kSmallest = 4096;
  constexpr std::size_t kNoDepth = 1;  // its own stack is not used
  if (indexer && indexer->capacity() >= bytes) return true;
  const std::size_t capacity = std::bit_ceil(std::max(bytes, kSmallest));
  if (indexer) return indexer->allocate(capacity, kNoDepth) == simdjson::SUCCESS;
  return simdjson::get_active_implementation()->create_dom_parser_implementation(
             capacity, kNoDepth, indexer) == simdjson::SUCCESS;
}

}  // namespace

JsonCursor::JsonCursor(std::string_view text, const JsonOptions& options) : text_(text), options_(options) {
  scratch_ = std::move(Scratch::spare());
  if (!scratch_) scratch_ = std::make_unique<Scratch>();
  index();
}

JsonCursor::~JsonCursor() {
  if (scratch_->indexer && scratch_->is_small()) Scratch::spare() = std::move(scratch_);
}

void JsonCursor::index() {
  if (text_.starts_with("\xEF\xBB\xBF")) {
    fail_at("a byte order mark", 0);
    return;
  }
  if (!reserve(scratch_->indexer, text_.size())) {
    fail_at("the text is too long", 0);
    return;
  }
  auto& indexer = *scratch_->indexer;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text_.data());
  const auto code = indexer.stage1(bytes, text_.size(), simdjson::stage1_mode::regular);
  if (code == simdjson::EMPTY) {
    fail_at("expected a value", text_.size());
    return;
  }
  if (code != simdjson::SUCCESS) {
    fault_ = find_text_fault(text_);
    return;
  }
  has_escapes_ = std::memchr(text_.data(), '\\', text_.size()) != nullptr;
  index_ = indexer.structural_indexes.get();
  count_ = indexer.n_structural_indexes;
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
  const std::size_t begin = index_[next_];
  std::size_t end = next_ + 1 < count_ ? index_[next_ + 1] : text_.size();
  while (is_space(text_[end - 1])) --end;
  return text_.substr(begin, end - begin);
}

bool JsonCursor::take_string(std::string_view quoted, std::string_view& text) {
  if (quoted.size() < 2 || quoted.back() != '"') return fail("a string without an end");
  text = quoted.substr(1, quoted.size() - 2);
  if (text.size() > string::kMaxBytes) return fail("a string is longer than 64 MiB");
  if (has_escapes_ && std::memchr(text.data(), '\\', text.size()) != nullptr) {
    std::string& plain = scratch_->unescaped;
    plain.clear();
    if (const JsonFault fault = append_unescaped(plain, text))
      return fail_at(fault.what, position() + 1 + fault.at);
    text = plain;
  }
  ++next_;
  return true;
}

bool JsonCursor::take_key(std::string_view& key) {
  if (lead() != '"') return fail("expected a key in quotes");
  if (!take_string(token(), key)) return false;
  if (lead() != ':') return fail("expected ':' after a key");
  ++next_;
  return true;
}

bool JsonCursor::take_scalar(Value& out) {
  const auto take_word = [&](std::string_view word, Value value) {
    if (token() != word) return fail("expected a value");
    out = std::move(value);
    ++next_;
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
      ++next_;
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
  ++next_;
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

// Reads up to the end of a value that has no parts, or into a container that has some: then it is not whole.
bool JsonCursor::begin_value(Value& out, bool& is_whole) {
  is_whole = true;
  const char first = lead();
  if (first != '{' && first != '[') return take_scalar(out);
  const bool is_object = first == '{';
  if (!open(is_object)) return false;
  const auto& models = scratch_->models;
  const std::size_t level = scratch_->frames.size();
  const bool has_model = is_object && level < models.size() && models[level].is_object();
  scratch_->frames.push_back(
      {scratch_->parts.size(), is_object, has_model ? object::keys_of(models[level]) : nullptr});
  if (lead() == (is_object ? '}' : ']')) {
    out = close();
    return true;
  }
  is_whole = false;
  return !is_object || push_key();
}

// Makes the innermost container of its parts; its closing bracket is the next token.
Value JsonCursor::close() {
  auto& parts = scratch_->parts;
  const Frame frame = scratch_->frames.back();
  scratch_->frames.pop_back();
  const std::span<Value> own(parts.data() + frame.base, parts.size() - frame.base);
  Value made = frame.is_object ? make_object(frame) : array::make(own);
  parts.resize(frame.base);
  --depth_;
  ++next_;
  return made;
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
    const bool is_object = scratch_->frames.back().is_object;
    scratch_->parts.push_back(std::move(value));
    if (lead() == ',') {
      ++next_;
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
  const bool is_read = !has_failed() && read_parts(out);
  scratch_->let_go();
  return is_read;
}

bool JsonCursor::read_parts(Value& out) {
  bool is_whole = false;
  Value value;
  while (!is_whole) {
    if (!begin_value(value, is_whole)) return false;
    if (is_whole && !end_value(value, is_whole)) return false;
  }
  out = std::move(value);
  return true;
}

bool JsonCursor::read_text(std::string_view& text) {
  if (has_failed()) return false;
  if (lead() != '"') return fail("expected a string");
  return take_string(token(), text);
}

bool JsonCursor::read_raw(std::string_view& raw) {
  return !has_failed() && check_scalar(raw);
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
  ++next_;
  return true;
}

bool JsonCursor::skip(std::string_view& raw) {
  if (has_failed()) return false;
  const std::size_t begin = position();
  std::size_t end = begin;
  scratch_->closers.clear();
  if (!skip_parts(end)) return false;
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
      ++next_;
      std::string_view key;
      return !is_object || take_key(key);
    }
    if (lead() != closers.back()) return fail(is_object ? "expected ',' or '}'" : "expected ',' or ']'");
    end = position() + 1;
    closers.pop_back();
    --depth_;
    ++next_;
  }
  return true;
}

bool JsonCursor::next_part(char closing, const char* expected) {
  if (has_failed()) return false;
  const bool was_first = std::exchange(is_first_, false);
  if (lead() == closing) {
    --depth_;
    ++next_;
    return false;
  }
  if (was_first) return true;
  if (lead() != ',') return fail(expected);
  ++next_;
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
