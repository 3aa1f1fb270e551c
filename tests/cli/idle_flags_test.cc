#include "cli/idle_flags.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/parse_options.h"

namespace relay::cli {
namespace {

std::string idle(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& variables = {}) {
  const auto options = parse_options(arguments, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
  return options ? idle_flags(*options) : options.error().detail;
}

TEST(IdleFlags, AreThoseOfServingWhereNothingIsServed) {
  EXPECT_EQ(idle({"a.rl", "-cors", "off", "-port", "80"}), "-port, -cors");
  EXPECT_EQ(idle({"a.rl", "-host", "::", "-dev", "-header", "A: b", "-allow-peer-admin", "10.0.0.0/8"}),
            "-host, -allow-peer-admin, -dev, -header");
  EXPECT_EQ(idle({"a.rl", "-server", "-port", "80", "-dev", "-ping-interval", "1"}), "");
}

TEST(IdleFlags, AreThoseOfLinksWhereThereCanBeNone) {
  EXPECT_EQ(idle({"a.rl", "-discovery-interval", "5", "-ping-interval", "1", "-advertise", "a:1"}),
            "-advertise, -discovery-interval, -ping-interval");
  EXPECT_EQ(idle({"a.rl", "-add-peer", "http://a:1", "-ping-interval", "1", "-node-id", "me"}), "");
}

TEST(IdleFlags, AreNoneOfTheRunItself) {
  EXPECT_EQ(idle({"a.rl", "-workers", "1", "-log-level", "off", "-max-call-depth", "99", "-allow-env", "HOME"}), "");
}

TEST(IdleFlags, AreNoneOfTheEnvironment) { EXPECT_EQ(idle({"a.rl"}, {{"RELAY_PORT", "80"}, {"RELAY_DEV", "true"}}), ""); }

}  // namespace
}  // namespace relay::cli
