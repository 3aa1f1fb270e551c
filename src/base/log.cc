#include "base/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <memory>

#include "base/clock.h"
#include "base/log_format.h"

namespace relay {
namespace {

// Written only by configure_log(), before other threads start.
LogLevel least_level = LogLevel::kInfo;
LogFormat line_format = LogFormat::kText;
// Changed by log_to() alone, while no other thread logs.
int other_descriptor = -1;

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarn: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
    case LogLevel::kOff: break;
  }
  return spdlog::level::off;
}

spdlog::logger& logger() {
  static const std::unique_ptr<spdlog::logger> instance = [] {
    auto made = std::make_unique<spdlog::logger>("relay", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::trace);
    return made;
  }();
  return *instance;
}

}  // namespace

void configure_log(LogLevel level, LogFormat format) {
  least_level = level;
  line_format = format;
}

void log_to(int descriptor) { other_descriptor = descriptor; }

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < least_level || level == LogLevel::kOff) return;
  try {
    const WallTime now = SystemClock().wall_now();
    std::string line = format_log_line(line_format, now, level, event, {fields.begin(), fields.size()});
    if (other_descriptor >= 0) {
      line += '\n';
      [[maybe_unused]] const ssize_t ignored = write(other_descriptor, line.data(), line.size());
      return;
    }
    logger().log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
  } catch (...) {
    // A log that cannot be written must not end what it reports on.
  }
}

}  // namespace relay
