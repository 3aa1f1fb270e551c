#include "http/refusal_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "base/log.h"

namespace relay::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RefusalLog, TellsOnceASecondHowManyThereWere) {
  configure_log(LogLevel::kWarn, LogFormat::kText);
  testing::internal::CaptureStderr();
  RefusalLog refusals("the house is full; -max-guests raises the limit");
  const Instant begin = Instant{} + seconds(5);
  for (int i = 0; i < 10; ++i) refusals.count(begin + milliseconds(i));
  refusals.count(begin + seconds(1));
  const std::string told = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::ranges::count(told, '\n'), 2) << told;
  EXPECT_NE(told.find("count=1 reason=\"the house is full; -max-guests raises the limit\""), std::string::npos) << told;
  EXPECT_NE(told.find("count=10 "), std::string::npos) << told;
}

}  // namespace
}  // namespace relay::http
