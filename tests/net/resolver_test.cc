#include "net/resolver.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>

#include "net/io_core.h"
#include "net/system_clock.h"

namespace relay::net {
namespace {

// The look-up of "hangs" lasts until it is let go; others end at once, "<host> is not known".
class NameServer {
 public:
  Resolver::LookUp look_up() {
    return [shared = shared_](const std::string& host, const std::string&) -> Resolver::Found {
      if (host == "hangs") {
        shared->begun.set_value();
        shared->gate.get_future().wait();
        shared->ended.set_value();
      }
      return Error{Errc::kUnreachable, host + " is not known"};
    };
  }
  void wait_until_it_hangs() { shared_->begun.get_future().wait(); }
  void let_go() {
    shared_->gate.set_value();
    shared_->ended.get_future().wait();
  }

 private:
  struct Shared {
    std::promise<void> begun;
    std::promise<void> gate;
    std::promise<void> ended;
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

TEST(Resolver, AnswersOnItsCore) {
  IoCore core(0, kClock);
  Resolver resolver(core);
  std::optional<Resolver::Found> found;
  resolver.look_up("localhost", "80", [&](Resolver::Found result) {
    EXPECT_TRUE(core.is_current());
    found.emplace(std::move(result));
    core.stop();
  });
  EXPECT_FALSE(found.has_value());
  core.run();
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ(address_port(found->value().front().storage), 80);
}

TEST(Resolver, GoesWithoutWaitingForALookUpThatHangs) {
  NameServer names;
  {
    IoCore core(0, kClock);
    Resolver resolver(core, names.look_up());
    resolver.look_up("hangs", "80", [](const Resolver::Found&) { ADD_FAILURE(); });
    names.wait_until_it_hangs();
  }
  names.let_go();
}

TEST(Resolver, AnswersWhileAnotherLookUpHangs) {
  NameServer names;
  IoCore core(0, kClock);
  Resolver resolver(core, names.look_up());
  resolver.look_up("hangs", "80", [](const Resolver::Found&) { ADD_FAILURE(); });
  std::string reason;
  resolver.look_up("nobody", "80", [&](const Resolver::Found& found) {
    reason = found.error().detail;
    core.stop();
  });
  core.run();
  EXPECT_EQ(reason, "nobody is not known");
  names.let_go();
}

TEST(Resolver, DropsTheAskerAtOnceWhenItGivesUp) {
  NameServer names;
  IoCore core(0, kClock);
  Resolver resolver(core, names.look_up());
  auto held = std::make_shared<int>();
  const std::weak_ptr<int> asker = held;
  const Resolver::Id id =
      resolver.look_up("nobody", "80", [held = std::move(held)](const Resolver::Found&) { ADD_FAILURE(); });
  resolver.give_up(id);
  EXPECT_TRUE(asker.expired());
  resolver.look_up("somebody", "80", [&](const Resolver::Found&) { core.stop(); });
  core.run();
}

}  // namespace
}  // namespace relay::net
