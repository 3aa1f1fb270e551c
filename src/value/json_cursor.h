#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "value/json_reader.h"
#include "value/json_token.h"
#include "value/json_window.h"
#include "value/object.h"
#include "value/value.h"

namespace relay {

// What the next value of a JSON text is, by its first character; kNone when none can begin there.
enum class JsonKind : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject, kNone };

// Walks one JSON text from front to back: whole values become Values, the envelope around them (a JSON-RPC
// request) is read without making any. simdjson finds where each token begins and checks UTF-8 and control
// characters; everything after that is this walk, whose stack is explicit.
//
// Use:    peek(), then one function that consumes the value. After the first fault all of them return false.
// Bound:  JsonOptions::max_depth levels, counted over enter_...(), read() and skip() together.
// Owner:  `text` must outlive the cursor. Values are made under the heap that is current at read().
// Thread: one; scratch memory is kept per thread (256 KiB of text worth) for the next cursor.
class JsonCursor {
 public:
  JsonCursor(std::string_view text, const JsonOptions& options);
  ~JsonCursor();
  JsonCursor(const JsonCursor&) = delete;
  JsonCursor& operator=(const JsonCursor&) = delete;

  [[nodiscard]] JsonKind peek() const;

  // The whole next value.
  [[nodiscard]] bool read(Value& out);
  // The same in steps, for texts so long that one step would hold a core; no other function is called in between.
  // `budget` is counted down by one for each token, 64 bytes of strings, and 256 bytes looked at; a step goes on until it
  // is used up.
  // Bound: one string's check, or one key, past it.
  enum class Progress : std::uint8_t { kDone, kUnfinished, kFailed };
  [[nodiscard]] Progress read_on(Value& out, std::size_t& budget);
  // A string's text, valid until the next call.
  [[nodiscard]] bool read_text(std::string_view& text);
  // A string, number, true, false or null as it stands in the text, checked as by skip().
  [[nodiscard]] bool read_raw(std::string_view& raw);
  // The whole next value as it stands in the text, checked as read() checks it unless the text is said to be;
  // nothing is made of it.
  [[nodiscard]] bool skip(std::string_view& raw);

  // enter_array(), then as long as next_element() says true: consume one value. Objects alike; `key` is valid
  // until the next call. False is the end of the container, or a fault.
  [[nodiscard]] bool enter_array();
  [[nodiscard]] bool next_element();
  [[nodiscard]] bool enter_object();
  [[nodiscard]] bool next_member(std::string_view& key);

  // Where the next token begins; the end of the text when there is none.
  [[nodiscard]] std::size_t position() const { return next_ < count_ ? window_->begin_of(next_) : text_.size(); }
  // Nothing but white space may follow the value.
  [[nodiscard]] bool finish();

  [[nodiscard]] bool has_failed() const { return static_cast<bool>(fault_); }
  // kParse: what is wrong and at which byte.
  [[nodiscard]] Error error() const;

 private:
  struct Frame {
    std::size_t base;          // where its parts begin in Scratch::parts
    bool is_object;            // parts are key, content, key, content, ...
    object::KeysBlock* alike;  // the key list that all keys so far agree with; null when there is none
    Value begun;               // what a large container's first parts are in already; undefined when it is small
  };
  enum class Begun : std::uint8_t { kWhole, kInside, kLongString, kFault };
  struct Scratch;
  struct LongString;

  // The character that token `next_` begins with; '\0' at the end, and for a stray NUL.
  [[nodiscard]] char lead() const { return next_ < count_ ? text_[window_->begin_of(next_)] : '\0'; }
  [[nodiscard]] std::string_view token() const;
  bool fail(const char* what) { return fail_at(what, position()); }
  bool fail_at(const char* what, std::size_t byte);

  void begin_text();
  // Consumes a token.
  void step() {
    if (++next_ == count_ && window_->has_more()) [[unlikely]] next_window();
  }
  void next_window();
  bool open(bool is_object);
  bool take_string(std::string_view quoted, std::string_view& text);
  bool take_key(std::string_view& key);
  bool take_scalar(Value& out);
  bool check_scalar(std::string_view& raw);
  bool push_key();
  [[nodiscard]] Begun begin_value(Value& out);
  [[nodiscard]] bool begin_long_string();
  [[nodiscard]] bool read_long_string(Value& out, bool& is_whole);
  void settle_parts(Frame& frame);
  bool end_value(Value& value, bool& is_whole);
  [[nodiscard]] Value close();
  [[nodiscard]] Value make_object(const Frame& frame);
  [[nodiscard]] Progress read_parts(Value& out, std::size_t& budget);
  bool skip_parts(std::size_t& end);
  bool skip_ends(std::size_t& end);
  bool skip_checked(std::size_t& end);
  bool next_part(char closing, const char* expected);

  std::string_view text_;
  JsonOptions options_;
  std::unique_ptr<Scratch> scratch_;
  JsonWindow* window_ = nullptr;  // scratch_'s
  std::size_t count_ = 0;         // tokens in the window
  std::size_t next_ = 0;      // the token to be consumed
  std::size_t looked_at_ = 0; // bytes of windows that read_on() has yet to charge
  std::size_t depth_ = 0;     // containers open
  bool is_first_ = false;     // the container just entered has given no part yet
  std::unique_ptr<LongString> long_string_;
  JsonFault fault_;
};

}  // namespace relay
