#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace relay::repl {

// What a key press asks for.
enum class KeyId : std::uint8_t {
  kText,   // Key::text at the cursor
  kPaste,  // the same, with line breaks that end no input
  kEnter, kNewLine, kTab, kBackspace, kDelete,
  kLeft, kRight, kUp, kDown, kHome, kEnd, kWordLeft, kWordRight,
  kKillToEnd, kKillToStart, kKillWordBack, kKillWord, kYank, kTranspose,
  kSearch, kClearScreen, kEscape, kInterrupt, kDeleteOrEnd, kSuspend,
  kNothing,  // a key without a meaning here
};

struct Key {
  KeyId id = KeyId::kNothing;
  std::string text;
};

// The bytes of a terminal as keys: UTF-8, control characters, escape sequences of xterm and its like, pastes in brackets.
// Bytes that are no UTF-8 become U+FFFD.
class KeyReader {
 public:
  void add(std::string_view bytes) { bytes_ += bytes; }
  // The next key that is there whole.
  [[nodiscard]] std::optional<Key> take();
  // A lone escape may be the beginning of a sequence: when nothing follows for a while it is a key.
  [[nodiscard]] bool is_in_sequence() const { return !bytes_.empty(); }
  void end_sequence();
  // What no key was made of yet.
  [[nodiscard]] std::string take_rest() { return std::exchange(bytes_, {}); }

 private:
  [[nodiscard]] std::optional<Key> take_escape();
  [[nodiscard]] std::optional<Key> take_paste();
  [[nodiscard]] std::optional<Key> take_text();
  Key taken(std::size_t bytes, KeyId id);

  std::string bytes_;
  bool is_pasting_ = false;
  bool has_escape_ = false;   // it stood alone
  std::size_t searched_ = 0;  // of a paste: its end does not begin before it
};

}  // namespace relay::repl
