#include "cli/stop_signals.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <future>

namespace relay::cli {
namespace {

TEST(StopSignals, DoNotKillWhoWaitsForThem) {
  const auto stopped = [] {
    const StopSignals signals;
    std::raise(SIGTERM);
    std::_Exit(signals.take() && !signals.take() ? 0 : 1);
  };
  EXPECT_EXIT(stopped(), testing::ExitedWithCode(0), "");
}

TEST(StopSignals, DoNotKillAProcessThatHasEndedWell) {
  const auto ended = [] {
    { const StopSignals signals; }
    std::raise(SIGINT);
    std::raise(SIGTERM);
    std::_Exit(0);
  };
  EXPECT_EXIT(ended(), testing::ExitedWithCode(0), "");
}

TEST(StopSignals, EndTheProcessWhileItWaitsForWhatBlocks) {
  const auto stopped = [] {
    const StopSignals signals;
    std::raise(SIGTERM);
    signals.run_unless_stopped([] { std::promise<void>().get_future().wait(); });
  };
  EXPECT_EXIT(stopped(), testing::ExitedWithCode(130), "");
}

TEST(StopSignals, WaitForWhatBlocksUntilItIsDone) {
  const StopSignals signals;
  int value = 0;
  signals.run_unless_stopped([&] { value = 7; });
  EXPECT_EQ(value, 7);
}

TEST(StopSignals, OthersAreTakenTooButNotThoseThatTheProcessIgnores) {
  const auto stopped = [] {
    std::signal(SIGHUP, SIG_IGN);
    const StopSignals signals({SIGHUP, SIGQUIT});
    std::raise(SIGHUP);
    const bool hears_ignored = signals.take();
    std::raise(SIGQUIT);
    std::_Exit(!hears_ignored && signals.take() ? 0 : 1);
  };
  EXPECT_EXIT(stopped(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace relay::cli
