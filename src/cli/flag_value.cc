#include "cli/flag_value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "value/display.h"

namespace relay::cli {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 40;
constexpr double kMaxSeconds = 365.0 * 24 * 3600;

struct Unit {
  std::string_view name;
  double size;
};
constexpr double kKiB = 1024.0;
constexpr std::array<Unit, 7> kByteUnits = {{{"KiB", kKiB},
                                             {"MiB", kKiB * kKiB},
                                             {"GiB", kKiB * kKiB * kKiB},
                                             {"K", kKiB},
                                             {"M", kKiB * kKiB},
                                             {"G", kKiB * kKiB * kKiB},
                                             {"B", 1.0}}};
constexpr std::array<Unit, 4> kTimeUnits = {{{"ms", 0.001}, {"s", 1.0}, {"m", 60.0}, {"h", 3600.0}}};

// A plain number with an optional unit behind it; false when the text is something else.
template <std::size_t N>
bool read_scaled(std::string_view text, const std::array<Unit, N>& units, double& result) {
  double scale = 1.0;
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.name)) continue;
    text.remove_suffix(unit.name.size());
    scale = unit.size;
    break;
  }
  double number = 0;
  const auto [end, failed] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (failed != std::errc{} || end != text.data() + text.size()) return false;
  result = number * scale;
  return std::isfinite(result);
}

}  // namespace

Error unexpected(std::string_view expected, std::string_view got) {
  std::string detail = "expected ";
  detail += expected;
  detail += ", got ";
  append_quoted(detail, got);
  return {Errc::kParse, std::move(detail)};
}

Result<bool> read_bool(std::string_view text) {
  for (const std::string_view yes : {"true", "1", "yes", "on"}) {
    if (text == yes) return true;
  }
  for (const std::string_view no : {"false", "0", "no", "off"}) {
    if (text == no) return false;
  }
  return unexpected("true or false", text);
}

Result<std::size_t> read_count(std::string_view text, std::size_t least, std::size_t most) {
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = failed == std::errc{} && end == text.data() + text.size();
  if (is_whole && number >= least && number <= most) return number;
  return unexpected("a whole number from " + std::to_string(least) + " to " + std::to_string(most), text);
}

Result<std::size_t> read_bytes(std::string_view text, std::size_t least) {
  double bytes = 0;
  const bool is_number = read_scaled(text, kByteUnits, bytes);
  if (is_number && bytes >= static_cast<double>(least) && bytes <= static_cast<double>(kMaxBytes)) {
    return static_cast<std::size_t>(bytes);
  }
  return unexpected("a size such as 64KiB, from " + bytes_text(least) + " to 1024GiB", text);
}

Result<Duration> read_seconds(std::string_view text, Duration least) {
  double seconds = 0;
  const double fewest = std::chrono::duration<double>(least).count();
  if (read_scaled(text, kTimeUnits, seconds) && seconds >= fewest && seconds <= kMaxSeconds) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
  }
  return unexpected("a time in seconds such as 30, or 500ms, from " + seconds_text(least) + " s to a year", text);
}

std::string bytes_text(std::size_t bytes) {
  constexpr std::array<std::string_view, 4> kNames = {"", "KiB", "MiB", "GiB"};
  std::size_t step = 0;
  while (step + 1 < kNames.size() && bytes >= 1024 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++step;
  }
  return std::to_string(bytes) + std::string(kNames[step]);
}

std::string seconds_text(Duration duration) {
  std::string text;
  append_number(text, std::chrono::duration<double>(duration).count());
  return text;
}

}  // namespace relay::cli
