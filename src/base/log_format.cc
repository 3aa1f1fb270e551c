#include "base/log_format.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>

#include "base/utf8.h"

namespace relay {
namespace {

constexpr std::size_t kMaxFieldBytes = 4096;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Control characters of ASCII and of Latin-1, and the separators that some viewers take for a line break.
bool must_escape(std::uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
         code_point == 0x2029;
}

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = decode_utf8(text, at);
    const std::string_view piece = text.substr(at, step.size);
    at += step.size;
    if (!step.valid) {
      out += kReplacement;
    } else if (step.code_point == '"' || step.code_point == '\\') {
      out += '\\';
      out += piece;
    } else if (step.code_point == '\n') {
      out += "\\n";
    } else if (must_escape(step.code_point)) {
      out += fmt::format("\\u{:04x}", step.code_point);
    } else {
      out += piece;
    }
  }
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  append_escaped(out, text);
  out += '"';
  return out;
}

// A text value stands bare where nobody can take it for anything else.
bool is_plain(std::string_view text) {
  for (const char c : text) {
    if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c >= 0x7F) return false;
  }
  return !text.empty();
}

std::string time_text(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarn: return "warn";
    case LogLevel::kError: return "error";
    case LogLevel::kOff: break;
  }
  return "off";
}

std::string_view level_word(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return "DEBUG";
    case LogLevel::kInfo: return "INFO ";
    case LogLevel::kWarn: return "WARN ";
    case LogLevel::kError: return "ERROR";
    case LogLevel::kOff: break;
  }
  return "OFF  ";
}

std::string text_line(WallTime time, LogLevel level, std::string_view event, std::span<const LogField> fields) {
  std::string line = fmt::format("{} {} ", time_text(time), level_word(level));
  append_escaped(line, event);
  for (const LogField& field : fields) {
    line += ' ';
    append_escaped(line, field.key);
    line += '=';
    const std::string value = shortened(field.text, kMaxFieldBytes);
    line += field.is_number || is_plain(value) ? value : quoted(value);
  }
  return line;
}

std::string json_line(WallTime time, LogLevel level, std::string_view event, std::span<const LogField> fields) {
  std::string line =
      fmt::format(R"({{"time":"{}","level":"{}","event":{})", time_text(time), level_name(level), quoted(event));
  for (const LogField& field : fields) {
    line += ',';
    line += quoted(field.key);
    line += ':';
    line += field.is_number ? std::string(field.text) : quoted(shortened(field.text, kMaxFieldBytes));
  }
  line += '}';
  return line;
}

}  // namespace

std::string format_log_line(LogFormat format, WallTime time, LogLevel level, std::string_view event,
                            std::span<const LogField> fields) {
  return format == LogFormat::kJson ? json_line(time, level, event, fields) : text_line(time, level, event, fields);
}

}  // namespace relay
