#include "repl/key.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"

namespace relay::repl {
namespace {

constexpr char kEscapeByte = '\x1b';
constexpr std::string_view kPasteEnd = "\x1b[201~";
// Longer ones are none.
constexpr std::size_t kMostSequence = 32;

KeyId control_key(char byte) {
  switch (byte) {
    case '\r':
    case '\n': return KeyId::kEnter;
    case '\t': return KeyId::kTab;
    case '\x7f':
    case '\x08': return KeyId::kBackspace;
    case '\x01': return KeyId::kHome;
    case '\x02': return KeyId::kLeft;
    case '\x03': return KeyId::kInterrupt;
    case '\x04': return KeyId::kDeleteOrEnd;
    case '\x05': return KeyId::kEnd;
    case '\x06': return KeyId::kRight;
    case '\x0b': return KeyId::kKillToEnd;
    case '\x0c': return KeyId::kClearScreen;
    case '\x0e': return KeyId::kDown;
    case '\x10': return KeyId::kUp;
    case '\x12': return KeyId::kSearch;
    case '\x14': return KeyId::kTranspose;
    case '\x15': return KeyId::kKillToStart;
    case '\x17': return KeyId::kKillWordBack;
    case '\x19': return KeyId::kYank;
    case '\x1a': return KeyId::kSuspend;
    default: return KeyId::kNothing;
  }
}

// What Alt with a key sends behind the escape.
KeyId alt_key(char byte) {
  switch (byte) {
    case '\r':
    case '\n': return KeyId::kNewLine;
    case 'b': return KeyId::kWordLeft;
    case 'f': return KeyId::kWordRight;
    case 'd': return KeyId::kKillWord;
    case '\x7f':
    case '\x08': return KeyId::kKillWordBack;
    default: return KeyId::kNothing;
  }
}

KeyId letter_key(char letter, bool is_modified) {
  switch (letter) {
    case 'A': return KeyId::kUp;
    case 'B': return KeyId::kDown;
    case 'C': return is_modified ? KeyId::kWordRight : KeyId::kRight;
    case 'D': return is_modified ? KeyId::kWordLeft : KeyId::kLeft;
    case 'H': return KeyId::kHome;
    case 'F': return KeyId::kEnd;
    default: return KeyId::kNothing;
  }
}

KeyId tilde_key(std::string_view number) {
  if (number == "1" || number == "7") return KeyId::kHome;
  if (number == "4" || number == "8") return KeyId::kEnd;
  return number == "3" ? KeyId::kDelete : KeyId::kNothing;
}

bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == '\x7f'; }

// How many bytes the character has that begins so.
std::size_t announced_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xF8) return 1;
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

// Line breaks as the language has them, other control characters but tabs left out.
std::string clean_paste(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = decode_utf8(text, at);
    const char byte = text[at];
    const bool is_break = byte == '\r' || byte == '\n';
    if (is_break) clean += '\n';
    if (!is_break && (byte == '\t' || !is_control(byte))) append_utf8(clean, step.code_point);
    at += byte == '\r' && text.substr(at).starts_with("\r\n") ? 2 : step.size;
  }
  return clean;
}

}  // namespace

Key KeyReader::taken(std::size_t bytes, KeyId id) {
  bytes_.erase(0, bytes);
  return {id, {}};
}

std::optional<Key> KeyReader::take() {
  if (is_pasting_) return take_paste();
  if (std::exchange(has_escape_, false)) return Key{KeyId::kEscape, {}};
  if (bytes_.empty()) return std::nullopt;
  if (bytes_.front() == kEscapeByte) return take_escape();
  if (is_control(bytes_.front())) return taken(1, control_key(bytes_.front()));
  return take_text();
}

void KeyReader::end_sequence() {
  if (is_pasting_ || bytes_.empty()) return;
  if (bytes_.front() == kEscapeByte) {
    has_escape_ = bytes_.size() == 1;
    bytes_.clear();
  } else {
    bytes_ = "\xEF\xBF\xBD";  // of a character that was never whole
  }
}

std::optional<Key> KeyReader::take_escape() {
  if (bytes_.size() < 2) return std::nullopt;
  if (bytes_[1] == 'O') return bytes_.size() < 3 ? std::nullopt : std::optional(taken(3, letter_key(bytes_[2], false)));
  if (bytes_[1] != '[') return taken(2, alt_key(bytes_[1]));
  const auto is_final = [](char c) { return c >= '@' && c <= '~'; };
  const auto final_byte = std::find_if(bytes_.begin() + 2, bytes_.end(), is_final);
  if (final_byte == bytes_.end()) {
    return bytes_.size() > kMostSequence ? std::optional(taken(bytes_.size(), KeyId::kNothing)) : std::nullopt;
  }
  const std::string parameters(bytes_.begin() + 2, final_byte);
  const char letter = *final_byte;
  const std::size_t size = parameters.size() + 3;
  if (letter != '~') return taken(size, letter_key(letter, parameters.find(';') != std::string::npos));
  if (parameters != "200") return taken(size, tilde_key(parameters));
  bytes_.erase(0, size);
  is_pasting_ = true;
  searched_ = 0;
  return take_paste();
}

std::optional<Key> KeyReader::take_paste() {
  const std::size_t end = bytes_.find(kPasteEnd, searched_);
  if (end == std::string::npos) {
    searched_ = bytes_.size() < kPasteEnd.size() ? 0 : bytes_.size() - kPasteEnd.size() + 1;
    return std::nullopt;
  }
  Key key{KeyId::kPaste, clean_paste(std::string_view(bytes_).substr(0, end))};
  bytes_.erase(0, end + kPasteEnd.size());
  is_pasting_ = false;
  return key;
}

std::optional<Key> KeyReader::take_text() {
  Key key{KeyId::kText, {}};
  std::size_t at = 0;
  while (at < bytes_.size() && !is_control(bytes_[at])) {
    const Utf8Step step = decode_utf8(bytes_, at);
    if (!step.valid && bytes_.size() - at < announced_size(bytes_[at])) break;
    append_utf8(key.text, step.code_point);
    at += step.size;
  }
  if (at == 0) return std::nullopt;
  bytes_.erase(0, at);
  return key;
}

}  // namespace relay::repl
