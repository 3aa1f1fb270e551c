#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cli/flag.h"
#include "cli/help.h"

namespace relay::cli {
namespace {

bool is_bool(const Flag& flag) { return std::holds_alternative<BoolFlag>(flag.target); }

// A value other than the default that the flag takes.
std::string other_value(const Flag& flag) {
  const std::string name(flag.name);
  if (is_bool(flag)) return "true";
  if (name == "cors") return "https://example.org";
  if (name == "header") return "X-Test: 1";
  if (name == "log-level") return "warn";
  if (name == "log-format") return "json";
  if (name == "add-peer" || name == "advertise") return "localhost:77";
  if (name == "allow-peer-admin") return "10.0.0.0/8";
  if (std::holds_alternative<BytesFlag>(flag.target)) return "77KiB";
  if (std::holds_alternative<SecondsFlag>(flag.target)) return "77";
  return "77";
}

TEST(FlagTable, HasNoNameTwice) {
  std::set<std::string_view> names;
  for (const Flag& flag : flags()) EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
}

TEST(FlagTable, NamesTheArgumentOfEveryFlagButBools) {
  for (const Flag& flag : flags()) EXPECT_EQ(flag.argument.empty(), is_bool(flag)) << flag.name;
}

TEST(FlagTable, TakesAValueForEveryFlag) {
  for (const Flag& flag : flags()) {
    Options options;
    const auto set = set_flag(options, flag, other_value(flag), FlagSource::kCommandLine);
    EXPECT_TRUE(set) << flag.name << ": " << set.error().detail;
  }
}

TEST(FlagTable, RefusesNonsenseForEveryFlagWithAForm) {
  const std::set<std::string_view> formless = {"run", "e", "host"};
  for (const Flag& flag : flags()) {
    if (formless.contains(flag.name)) continue;
    Options options;
    EXPECT_FALSE(set_flag(options, flag, "=no value=", FlagSource::kCommandLine)) << flag.name;
  }
}

TEST(FlagTable, TakesBackTheDefaultsOfItsLimits) {
  for (const Flag& flag : flags()) {
    if (flag.group != FlagGroup::kLimits) continue;
    Options options;
    EXPECT_TRUE(set_flag(options, flag, default_text(flag), FlagSource::kCommandLine)) << flag.name;
    EXPECT_FALSE(default_text(flag).empty()) << flag.name;
  }
}

TEST(FlagTable, ShowsTheDefaultsOfTheSpecification) {
  const auto default_of = [](std::string_view name) { return default_text(*find_flag(name)); };
  EXPECT_EQ(default_of("host"), "0.0.0.0");
  EXPECT_EQ(default_of("port"), "8080");
  EXPECT_EQ(default_of("drain"), "10");
  EXPECT_EQ(default_of("max-head"), "16KiB");
  EXPECT_EQ(default_of("max-head-fields"), "100");
  EXPECT_EQ(default_of("max-body"), "8MiB");
  EXPECT_EQ(default_of("max-json-depth"), "128");
  EXPECT_EQ(default_of("max-batch"), "1000");
  EXPECT_EQ(default_of("head-timeout"), "15");
  EXPECT_EQ(default_of("min-body-rate"), "1KiB");
  EXPECT_EQ(default_of("write-timeout"), "15");
  EXPECT_EQ(default_of("idle-timeout"), "60");
  EXPECT_EQ(default_of("max-connections"), "10000");
  EXPECT_EQ(default_of("call-timeout"), "30");
  EXPECT_EQ(default_of("mailbox"), "10000");
  EXPECT_EQ(default_of("mailbox-bytes"), "16MiB");
  EXPECT_EQ(default_of("max-reply"), "8MiB");
  EXPECT_EQ(default_of("max-batch-reply"), "32MiB");
  EXPECT_EQ(default_of("max-in-flight"), "256MiB");
  EXPECT_EQ(default_of("max-server-memory"), "256MiB");
  EXPECT_EQ(default_of("max-call-depth"), "10000");
}

TEST(FlagTable, ReachesThePlaceOfEveryLimit) {
  Options options;
  const auto set = [&](std::string_view name, std::string_view value) {
    EXPECT_TRUE(set_flag(options, *find_flag(name), value, FlagSource::kCommandLine)) << name;
  };
  set("max-body", "1MiB");
  set("max-batch", "7");
  set("call-timeout", "500ms");
  set("mailbox", "9");
  set("max-call-depth", "99");
  EXPECT_EQ(options.node.http.body_bytes, 1u << 20);
  EXPECT_EQ(options.node.rpc.max_batch, 7u);
  EXPECT_EQ(options.node.rpc.call_timeout, std::chrono::milliseconds(500));
  EXPECT_EQ(options.node.actors.mailbox_messages, 9u);
  EXPECT_EQ(options.node.actors.max_depth, 99u);
}

TEST(FlagTable, LetsAStrongerSourceStand) {
  Options options;
  const Flag& port = *find_flag("port");
  EXPECT_TRUE(set_flag(options, port, "1", FlagSource::kCommandLine));
  EXPECT_TRUE(set_flag(options, port, "2", FlagSource::kEnvironment));
  EXPECT_TRUE(set_flag(options, port, "not even a port", FlagSource::kConfig));
  EXPECT_EQ(options.node.port, 1);
}

TEST(FlagTable, NamesTheEnvironmentVariable) {
  EXPECT_EQ(environment_name(*find_flag("node-id")), "RELAY_NODE_ID");
  EXPECT_EQ(environment_name(*find_flag("version")), "");
}

TEST(Help, ListsEveryFlagWithItsVariable) {
  const std::string text = full_help();
  for (const Flag& flag : flags()) {
    EXPECT_NE(text.find("  -" + std::string(flag.name)), std::string::npos) << flag.name;
    EXPECT_NE(text.find(environment_name(flag)), std::string::npos) << flag.name;
  }
}

TEST(Help, KeepsItsLinesShort) {
  for (const std::string& text : {full_help(), short_help()}) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      EXPECT_LE(end - begin, 110u) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(Help, IsTwelveLinesForRelayAlone) {
  const std::string text = short_help();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 12);
}

}  // namespace
}  // namespace relay::cli
