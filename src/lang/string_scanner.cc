#include "lang/string_scanner.h"

#include "base/utf8.h"

namespace relay {

namespace {

constexpr std::uint32_t kNoCodeUnit = UINT32_MAX;

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::uint32_t hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return kNoCodeUnit;
}

class StringScanner {
 public:
  // `quote` is `"` or a backtick; only the latter kind of string interpolates.
  StringScanner(Reporter& reporter, std::size_t at, char quote)
      : reporter_(reporter), source_(reporter.file().text()), at_(at), quote_(quote) {}

  StringPart scan() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == quote_) return finish(1, StringEnd::kQuote);
      if (quote_ == '`' && source_.substr(at_, 2) == "${") return finish(2, StringEnd::kInterpolation);
      if (c == '\\') {
        scan_escape();
      } else {
        scan_plain();
      }
    }
    return finish(0, StringEnd::kUnterminated);
  }

 private:
  StringPart finish(std::size_t taken, StringEnd how) {
    part_.end = at_ + taken;
    part_.how = how;
    return std::move(part_);
  }

  void scan_plain() {
    if (source_.substr(at_, 2) == "\r\n") ++at_;
    part_.text.push_back(source_[at_++]);
  }

  void scan_escape() {
    const std::size_t start = at_++;
    if (at_ == source_.size()) return;  // reported as unterminated
    const char c = source_[at_];
    if (c == 'u') return scan_unicode(start);
    if (const char plain = simple_escape(c)) {
      part_.text.push_back(plain);
      ++at_;
      return;
    }
    const std::uint32_t size = decode_utf8(source_, at_).size;
    const std::string_view shown = source_.substr(start, 1 + size);
    report(start, at_ + size, "unknown escape" + (c == '\n' || c == '\r' ? "" : " `" + std::string(shown) + "`"),
           "a backslash itself is `\\\\`");
  }

  // What `\c` stands for; NUL when it is no escape of one character.
  [[nodiscard]] char simple_escape(char c) const {
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case '`':
      case '$':
        return quote_ == '`' ? c : '\0';
      default:
        return '\0';
    }
  }

  // The four hexadecimal digits behind `\u`, which starts at `at`.
  [[nodiscard]] std::uint32_t code_unit(std::size_t at) const {
    if (source_.substr(at, 2) != "\\u" || source_.size() - at < 6) return kNoCodeUnit;
    std::uint32_t unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const std::uint32_t digit = hex_digit(source_[i]);
      if (digit == kNoCodeUnit) return kNoCodeUnit;
      unit = unit << 4 | digit;
    }
    return unit;
  }

  void scan_unicode(std::size_t start) {
    std::uint32_t unit = code_unit(start);
    if (unit == kNoCodeUnit) {
      at_ = start + 2;
      return report(start, at_, "the escape `\\u` needs four hexadecimal digits", "");
    }
    at_ = start + 6;
    if (is_high_surrogate(unit)) {
      const std::uint32_t low = code_unit(at_);
      if (low != kNoCodeUnit && is_low_surrogate(low)) {
        at_ += 6;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      }
    }
    if (unit >= 0xD800 && unit < 0xE000) {
      return report(start, at_, "the escape is half of a surrogate pair", "two such escapes make one character");
    }
    append_utf8(part_.text, unit);
  }

  void report(std::size_t begin, std::size_t end, std::string message, std::string hint) {
    reporter_.error({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, std::move(message),
                    std::move(hint));
  }

  Reporter& reporter_;
  std::string_view source_;
  std::size_t at_;
  char quote_;
  StringPart part_;
};

}  // namespace

StringPart scan_string(Reporter& reporter, std::size_t at) { return StringScanner(reporter, at, '"').scan(); }
StringPart scan_text(Reporter& reporter, std::size_t at) { return StringScanner(reporter, at, '`').scan(); }

}  // namespace relay
