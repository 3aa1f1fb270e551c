#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace relay::http {

// The `Date` header line of answers, made once a second.
// Thread: its core.
class DateLine {
 public:
  // "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\n" for the time `now`, read from `clock` when the last line is too old.
  [[nodiscard]] std::string_view at(Instant now, const Clock& clock) {
    if (now >= valid_until_) renew(now, clock);
    return line_;
  }

 private:
  void renew(Instant now, const Clock& clock);

  std::string line_;
  Instant valid_until_ = Instant::min();
};

}  // namespace relay::http
