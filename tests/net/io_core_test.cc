#include "net/io_core.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "net/io_cores.h"
#include "net/system_clock.h"

namespace relay::net {
namespace {

struct Hook final : RoundEndHook {
  explicit Hook(std::function<void()> action) : action_(std::move(action)) {}
  void on_round_end() override { action_(); }
  std::function<void()> action_;
};

TEST(IoCore, RunsTasksInTheOrderPosted) {
  IoCore core(0, kClock);
  std::string ran;
  core.post([&] {
    ran += 'a';
    core.post([&] {
      ran += 'c';
      core.stop();
    });
  });
  core.post([&] { ran += 'b'; });
  core.run();
  EXPECT_EQ(ran, "abc");
}

TEST(IoCore, NeverRunsATaskInsidePost) {
  IoCore core(0, kClock);
  bool inside = false;
  bool ran = false;
  core.post([&] {
    inside = true;
    core.post([&] {
      EXPECT_FALSE(inside);
      ran = true;
      core.stop();
    });
    inside = false;
  });
  core.run();
  EXPECT_TRUE(ran);
}

TEST(IoCore, KnowsItsOwnThread) {
  IoCore core(3, kClock);
  EXPECT_FALSE(core.is_current());
  EXPECT_EQ(IoCore::current(), nullptr);
  core.post([&] {
    EXPECT_TRUE(core.is_current());
    EXPECT_EQ(IoCore::current(), &core);
    core.stop();
  });
  core.run();
  EXPECT_EQ(IoCore::current(), nullptr);
  EXPECT_EQ(core.index(), 3u);
}

TEST(IoCore, RunsWhatWasPostedBeforeItStopped) {
  IoCore core(0, kClock);
  bool ran = false;
  core.stop();
  core.post([&] { ran = true; });
  core.run();
  EXPECT_TRUE(ran);
}

TEST(IoCore, RunsTimersByTheirTime) {
  IoCore core(0, kClock);
  std::string ran;
  core.post([&] {
    const Instant now = core.clock().now();
    core.run_at(now + std::chrono::milliseconds(3), [&] {
      ran += 'b';
      core.stop();
    });
    core.run_at(now + std::chrono::milliseconds(1), [&] { ran += 'a'; });
    core.cancel(core.run_at(now, [&] { ran += 'x'; }));
  });
  core.run();
  EXPECT_EQ(ran, "ab");
}

TEST(IoCore, RunsATimerNotBeforeItsTime) {
  IoCore core(0, kClock);
  const Instant due = kClock.now() + std::chrono::milliseconds(2);
  core.run_at(due, [&] {
    EXPECT_GE(kClock.now(), due);
    EXPECT_GE(core.round_time(), due);
    core.stop();
  });
  core.run();
}

TEST(IoCore, CallsIdleWorkUntilNothingIsLeftAndAgainAfterTheNextTask) {
  IoCore core(0, kClock);
  int slices = 0;
  int work = 5;
  core.set_idle_work([&] {
    if (work > 0) {
      ++slices;
      --work;
    }
    if (slices == 5 && work == 0) {
      core.post([&] { work = 3; });
      ++slices;
    }
    if (slices == 9) core.stop();
    return work > 0 ? WorkLeft::kMore : WorkLeft::kNone;
  });
  core.run();
  EXPECT_EQ(slices, 9);
}

TEST(IoCore, RunsRoundEndHooksAfterTheIdleWorkOfTheSameRound) {
  IoCore core(0, kClock);
  std::string ran;
  Hook hook([&] {
    ran += 'h';
    core.stop();
  });
  core.set_idle_work([&] {
    if (!ran.empty()) ran += 'i';
    return WorkLeft::kNone;
  });
  core.post([&] {
    ran += 't';
    core.at_round_end(hook);
  });
  core.run();
  EXPECT_EQ(ran.substr(0, 3), "tih");
}

TEST(IoCore, DoesTheIdleWorkThatARoundEndHookLeavesBeforeItSleeps) {
  IoCore core(0, kClock);
  bool work_waits = false;
  Hook hook([&] { work_waits = true; });
  core.set_idle_work([&] {
    if (work_waits) core.stop();
    return WorkLeft::kNone;
  });
  core.post([&] { core.at_round_end(hook); });
  core.run();
  EXPECT_TRUE(work_waits);
}

TEST(IoCore, ForgetsARoundEndHookEvenWhileTheHooksRun) {
  IoCore core(0, kClock);
  std::string ran;
  Hook second([&] { ran += 'x'; });
  Hook third([&] { ran += 'y'; });
  Hook first([&] {
    ran += 'a';
    core.forget_round_end(second);
    core.stop();
  });
  core.post([&] {
    core.at_round_end(third);
    core.at_round_end(first);
    core.at_round_end(second);
    core.forget_round_end(third);
  });
  core.run();
  EXPECT_EQ(ran, "a");
}

TEST(IoCore, RunsAHookThatIsEnqueuedByAHookInTheNextRound) {
  IoCore core(0, kClock);
  int calls = 0;
  Hook again([&] {
    if (++calls == 2) core.stop();
    core.at_round_end(again);
  });
  core.post([&] { core.at_round_end(again); });
  core.run();
  EXPECT_GE(calls, 2);
}

TEST(IoCores, WakesASleepingCoreForATaskFromAnotherThread) {
  IoCores cores(2, kClock);
  cores.start();
  // A ball that every core throws to the other: each throw must wake a core that has nothing else to do.
  int throws = 0;
  std::atomic<bool> done{false};
  std::function<void(std::size_t)> hit = [&](std::size_t on) {
    EXPECT_TRUE(cores.core(on).is_current());
    if (++throws == 2000) {
      done = true;
      done.notify_one();
      return;
    }
    cores.core(1 - on).post([&hit, on] { hit(1 - on); });
  };
  cores.core(0).post([&] { hit(0); });
  done.wait(false);
  cores.stop();
  cores.join();
  EXPECT_EQ(throws, 2000);
}

// Two cores that hand a ball to each other, each expecting it back at once.
TEST(IoCores, MissNothingWhileTheyLookOutForWhatTheyExpect) {
  constexpr int kTurns = 2000;
  IoCore here(0, kClock);
  IoCore there(1, kClock);
  int turns = 0;
  bool has_timer_run = false;
  std::function<void()> hand_over = [&] {
    if (++turns == kTurns) {
      there.stop();
      here.stop();
      return;
    }
    there.expect_soon();
    here.post([&] {
      here.expect_soon();
      there.post([&] { hand_over(); });
    });
  };
  here.post([&] {
    here.run_at(kClock.now() + std::chrono::milliseconds(1), [&] {
      has_timer_run = true;
      there.post([&] { hand_over(); });
    });
    here.expect_soon();
  });
  std::thread other([&] { there.run(); });
  here.run();
  other.join();
  EXPECT_EQ(turns, kTurns);
  EXPECT_TRUE(has_timer_run);
}

TEST(IoCores, LosesNoTaskAndNoOrderOfASenderWhenManyThreadsPost) {
  constexpr int kThreads = 4;
  constexpr int kTasks = 5000;
  IoCores cores(1, kClock);
  cores.start();
  std::vector<int> last(kThreads, -1);
  std::atomic<int> ran{0};
  std::vector<std::thread> senders;
  for (int sender = 0; sender < kThreads; ++sender) {
    senders.emplace_back([&, sender] {
      for (int number = 0; number < kTasks; ++number) {
        cores.core(0).post([&, sender, number] {
          EXPECT_EQ(last[static_cast<std::size_t>(sender)], number - 1);
          last[static_cast<std::size_t>(sender)] = number;
          if (++ran == kThreads * kTasks) ran.notify_one();
        });
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  for (int seen = ran; seen != kThreads * kTasks; seen = ran) ran.wait(seen);
  EXPECT_EQ(ran, kThreads * kTasks);
}

TEST(IoCores, PostsToAllCores) {
  std::vector<std::size_t> seen;
  IoCores cores(3, kClock);
  cores.post_to_all([&](IoCore& core) {
    // One after the other: each core hands on to the first, which alone writes.
    cores.core(0).post([&seen, &cores, index = core.index()] {
      seen.push_back(index);
      if (seen.size() == 3) cores.stop();
    });
  });
  cores.start();
  cores.join();
  EXPECT_EQ(seen.size(), 3u);
}

}  // namespace
}  // namespace relay::net
