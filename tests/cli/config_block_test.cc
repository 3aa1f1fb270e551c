#include "cli/config_block.h"

#include <gtest/gtest.h>

#include "cli/flag.h"
#include "lang/compiler.h"

namespace relay::cli {
namespace {

// What a program with this config block, here as JSON, does to the options.
struct Applied {
  explicit Applied(const std::string& json, Options given = {}) : options(std::move(given)) {
    const CompileResult loaded = load_program(std::make_shared<SourceFile>("test.rl", "config " + json));
    for (const Diagnostic& found : apply_config(*loaded.program, options)) {
      shown += render(found, Colours::kOff);
      if (found.severity == Diagnostic::Severity::kError) {
        error += found.message;
      } else {
        warnings.push_back(found.message + " " + found.hint);
      }
    }
  }
  Options options;
  std::vector<std::string> warnings;
  std::string error;
  std::string shown;
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
  EXPECT_EQ(applied.warnings[0], "config: `limits` knows no `max_bdy` did you mean `max_body`?");
  EXPECT_EQ(applied.options.node.port, 8080);
}

TEST(ConfigBlock, SaysWhichValueIsWrong) {
  EXPECT_EQ(Applied(R"({"port": "eighty"})").error,
            "config: `port`: expected a whole number from 0 to 65535, got \"eighty\"");
  EXPECT_EQ(Applied(R"({"limits": {"max_batch": 0}})").error,
            "config: `limits.max_batch`: expected a whole number from 1 to 1000000000, got \"0\"");
  EXPECT_EQ(Applied(R"({"limits": 3})").error, "config: `limits` must be an object");
}

TEST(ConfigBlock, RefusesNil) {
  EXPECT_EQ(Applied("{ host: nil }").error, "config: `host` is nil: leave it out instead");
}

TEST(ConfigBlock, NamesThePeersToDial) {
  const Applied applied(R"({"peers": ["http://localhost:8081", "node3:8082"]})");
  EXPECT_EQ(applied.options.node.peers, (std::vector<std::string>{"http://localhost:8081", "node3:8082"}));
  EXPECT_TRUE(applied.warnings.empty());
}

TEST(ConfigBlock, RefusesAPeerWithoutAPort) {
  EXPECT_NE(Applied(R"({"peers": ["localhost"]})").error.find("peers"), std::string::npos);
}

TEST(ConfigBlock, ShowsWhereAWrongValueStands) {
  const Applied applied("{\n  limits: {max_bdy: 1},\n  port: 99999\n}");
  EXPECT_EQ(applied.shown,
            "warning: config: `limits` knows no `max_bdy`\n"
            " --> test.rl:2:12\n"
            "  |\n"
            "2 |   limits: {max_bdy: 1},\n"
            "  |            ^^^^^^^ did you mean `max_body`?\n"
            "error: config: `port`: expected a whole number from 0 to 65535, got \"99999\"\n"
            " --> test.rl:3:9\n"
            "  |\n"
            "3 |   port: 99999\n"
            "  |         ^^^^^\n");
}

TEST(ConfigBlock, LeavesAllAsItIsWithoutABlock) {
  const CompileResult loaded = load_program(std::make_shared<SourceFile>("test.rl", "1"));
  Options options;
  EXPECT_TRUE(apply_config(*loaded.program, options).empty());
  EXPECT_EQ(options.node.port, 8080);
}

}  // namespace
}  // namespace relay::cli
