#include "client/duration_text.h"

#include <fmt/format.h>

#include <array>

namespace relay::client {

std::string duration_text(Duration duration) {
  struct Unit {
    const char* name;
    double nanoseconds;
  };
  constexpr std::array<Unit, 3> kUnits = {{{"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}};
  constexpr double kNextUnit = 999.5;  // shown with three digits it is 1000
  const auto nanoseconds = static_cast<double>(duration.count());
  std::size_t unit = 0;
  while (unit + 1 < kUnits.size() && nanoseconds / kUnits[unit].nanoseconds >= kNextUnit) ++unit;
  const double number = nanoseconds / kUnits[unit].nanoseconds;
  // What is rounded up to the next power of ten has one digit fewer behind the point.
  const int digits = number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f} {}", number, digits, kUnits[unit].name);
}

}  // namespace relay::client
