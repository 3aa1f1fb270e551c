#include "http/refusal_log.h"

#include <utility>

#include "base/log.h"

namespace relay::http {

void RefusalLog::count(Instant now) {
  ++count_;
  if (told_at_ && now - *told_at_ < std::chrono::seconds(1)) return;
  told_at_ = now;
  log(LogLevel::kWarn, "refused with 503",
      {{"count", static_cast<long long>(std::exchange(count_, 0))}, {"reason", reason_}});
}

}  // namespace relay::http
