#pragma once

#include "base/clock.h"

namespace relay::net {

inline const SystemClock kClock;

}  // namespace relay::net
