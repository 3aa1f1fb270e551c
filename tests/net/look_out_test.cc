#include "net/look_out.h"

#include <gtest/gtest.h>

namespace relay::net {
namespace {

using std::chrono::microseconds;

// One wait in which what is expected comes after `wait`; whether the core looked out for it.
bool wait_for(LookOut& look_out, Duration wait) {
  const bool looked = look_out.is_worth_it();
  if (looked && wait < kLookOut) {
    look_out.saw();
    return true;
  }
  if (looked) look_out.saw_nothing();
  look_out.slept(wait);
  return looked;
}

int looks_in(LookOut& look_out, int waits, Duration wait) {
  int looks = 0;
  for (int i = 0; i < waits; ++i) looks += wait_for(look_out, wait) ? 1 : 0;
  return looks;
}

TEST(LookOut, IsNotWorthItBeforeAWaitWasShort) {
  LookOut look_out;
  EXPECT_EQ(looks_in(look_out, 1000, kShortSleep), 0);
}

TEST(LookOut, GoesOnWhileWhatIsExpectedComesInTime) {
  LookOut look_out;
  EXPECT_EQ(looks_in(look_out, 1000, microseconds(20)), 999);
}

TEST(LookOut, EndsWithALongWait) {
  LookOut look_out;
  (void)looks_in(look_out, 10, microseconds(20));
  EXPECT_TRUE(wait_for(look_out, kShortSleep));
  EXPECT_FALSE(wait_for(look_out, microseconds(20)));
  EXPECT_TRUE(wait_for(look_out, microseconds(20)));
}

TEST(LookOut, IsGivenARestWhereWhatIsExpectedComesTooLateEachTime) {
  LookOut look_out;
  constexpr int kRound = kVainLooks + kWaitsOfRest;
  const int looks = looks_in(look_out, 100 * kRound, microseconds(150));
  EXPECT_GE(looks, 99 * static_cast<int>(kVainLooks));
  EXPECT_LE(looks, 101 * static_cast<int>(kVainLooks));
}

TEST(LookOut, IsNotEndedByASingleWaitThatTookLonger) {
  LookOut look_out;
  (void)wait_for(look_out, microseconds(20));
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(wait_for(look_out, microseconds(150)));
    EXPECT_EQ(looks_in(look_out, 20, microseconds(20)), 20);
  }
}

TEST(LookOut, BeginsAnewAfterARest) {
  LookOut look_out;
  (void)looks_in(look_out, 1 + kVainLooks, microseconds(150));
  EXPECT_EQ(looks_in(look_out, kWaitsOfRest, microseconds(20)), 0);
  EXPECT_EQ(looks_in(look_out, 100, microseconds(20)), 100);
}

}  // namespace
}  // namespace relay::net
