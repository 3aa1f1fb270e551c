#include "cli/config_block.h"

#include <gtest/gtest.h>

#include "cli/flag.h"
#include "value/json_reader.h"

namespace relay::cli {
namespace {

// What a program with this config block, here as JSON, does to the options.
struct Applied {
  explicit Applied(std::string_view json, Options given = {}) : options(std::move(given)) {
    const Value config = read_json(json).value();
    if (auto done = apply_config(config, options, warnings); !done) error = done.error().detail;
  }
  Options options;
  std::vector<std::string> warnings;
  std::string error;
};

TEST(ConfigBlock, SetsTheDefaultsOfTheNode) {
  const Applied applied(R"({"app_name": "blog", "host": "127.0.0.1", "port": 9000, "node_id": "n1"})");
  EXPECT_EQ(applied.error, "");
  EXPECT_EQ(applied.options.node.app_name, "blog");
  EXPECT_EQ(applied.options.node.host, "127.0.0.1");
  EXPECT_EQ(applied.options.node.port, 9000);
  EXPECT_EQ(applied.options.node.node_id, "n1");
}

TEST(ConfigBlock, StandsBelowFlagsAndEnvironment) {
  Options given;
  ASSERT_TRUE(set_flag(given, *find_flag("port"), "1", FlagSource::kCommandLine));
  ASSERT_TRUE(set_flag(given, *find_flag("host"), "::1", FlagSource::kEnvironment));
  const Applied applied(R"({"host": "127.0.0.1", "port": 9000})", given);
  EXPECT_EQ(applied.options.node.port, 1);
  EXPECT_EQ(applied.options.node.host, "::1");
}

TEST(ConfigBlock, SetsLimitsAndTimeoutsByTheNamesOfTheirFlags) {
  const Applied applied(
      R"({"limits": {"max_body": 1024, "mailbox": 5}, "timeouts": {"call": 2, "idle_timeout": "500ms", "drain": 0}})");
  EXPECT_EQ(applied.error, "");
  EXPECT_TRUE(applied.warnings.empty());
  EXPECT_EQ(applied.options.node.http.body_bytes, 1024u);
  EXPECT_EQ(applied.options.node.actors.mailbox_messages, 5u);
  EXPECT_EQ(applied.options.node.rpc.call_timeout, std::chrono::seconds(2));
  EXPECT_EQ(applied.options.node.http.idle_timeout, std::chrono::milliseconds(500));
  EXPECT_EQ(applied.options.node.drain, Duration::zero());
}

TEST(ConfigBlock, ReadsCorsAsTextListOrSwitch) {
  EXPECT_EQ(Applied(R"({"cors": false})").options.node.cors.mode, http::Cors::Mode::kOff);
  EXPECT_EQ(Applied(R"({"cors": true})").options.node.cors.mode, http::Cors::Mode::kAny);
  const Applied listed(R"({"cors": ["https://a.example", "https://b.example"]})");
  EXPECT_EQ(listed.options.node.cors.origins.size(), 2u);
}

TEST(ConfigBlock, WarnsOfALimitThatItDoesNotKnow) {
  const Applied applied(R"({"limits": {"max_bdy": 1, "port": 2}})");
  EXPECT_EQ(applied.error, "");
  ASSERT_EQ(applied.warnings.size(), 2u);
  EXPECT_EQ(applied.warnings[0], "config: `limits` knows no `max_bdy`; did you mean `max_body`?");
  EXPECT_EQ(applied.options.node.port, 8080);
}

TEST(ConfigBlock, SaysWhichValueIsWrong) {
  EXPECT_EQ(Applied(R"({"port": "eighty"})").error,
            "config: `port`: expected a whole number from 0 to 65535, got \"eighty\"");
  EXPECT_EQ(Applied(R"({"limits": {"max_batch": 0}})").error,
            "config: `limits.max_batch`: expected a whole number from 1 to 1000000000, got \"0\"");
  EXPECT_EQ(Applied(R"({"limits": 3})").error, "config: `limits` must be an object");
}

TEST(ConfigBlock, NamesThePeersToDial) {
  const Applied applied(R"({"peers": ["http://localhost:8081", "node3:8082"]})");
  EXPECT_EQ(applied.options.node.peers, (std::vector<std::string>{"http://localhost:8081", "node3:8082"}));
  EXPECT_TRUE(applied.warnings.empty());
}

TEST(ConfigBlock, RefusesAPeerWithoutAPort) {
  EXPECT_NE(Applied(R"({"peers": ["localhost"]})").error.find("peers"), std::string::npos);
}

TEST(ConfigBlock, LeavesAllAsItIsWithoutABlock) {
  Options options;
  std::vector<std::string> warnings;
  EXPECT_TRUE(apply_config(Value(), options, warnings));
  EXPECT_EQ(options.node.port, 8080);
}

}  // namespace
}  // namespace relay::cli
