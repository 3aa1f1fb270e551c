#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace relay {

enum class LogLevel { kDebug, kInfo, kWarn, kError, kOff };
enum class LogFormat { kText, kJson };

// A named value of a log line. Never a secret, never a request's body (spec http.md, CLI).
struct LogField {
  LogField(std::string_view field_key, std::string_view field_text) : key(field_key), text(field_text) {}
  LogField(std::string_view field_key, long long number) : key(field_key), text(std::to_string(number)), is_number(true) {}
  std::string_view key;
  std::string text;
  bool is_number = false;
};

// Sets level and format of the process's log on stderr. Call once, before other threads start.
void configure_log(LogLevel level, LogFormat format);

// Where lines go from now on instead of to stderr; -1: to stderr again. One that the descriptor does not take at once is
// dropped. Call while no other thread logs.
void log_to(int descriptor);

// Writes one event as one line on stderr: time, level, `event`, fields. Control characters are escaped, so no
// input can forge a line. Thread: any; never throws.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace relay
