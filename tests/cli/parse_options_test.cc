#include "cli/parse_options.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace relay::cli {
namespace {

using Variables = std::map<std::string, std::string>;

Result<Options> parse(const std::vector<std::string>& arguments, const Variables& variables = {}) {
  return parse_options(arguments, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

Options parsed(const std::vector<std::string>& arguments, const Variables& variables = {}) {
  auto options = parse(arguments, variables);
  EXPECT_TRUE(options) << options.error().detail;
  return options ? *options : Options{};
}

std::string fault(const std::vector<std::string>& arguments, const Variables& variables = {}) {
  const auto options = parse(arguments, variables);
  EXPECT_FALSE(options);
  return options ? "" : options.error().detail;
}

using Words = std::vector<std::string>;

TEST(ParseOptions, WithoutArgumentsNothingIsAsked) {
  const Options options = parsed({});
  EXPECT_FALSE(options.file);
  EXPECT_FALSE(options.expression);
  EXPECT_FALSE(options.serve);
  EXPECT_EQ(options.node.port, 8080);
  EXPECT_EQ(options.node.host, "0.0.0.0");
}

TEST(ParseOptions, TakesFlagsBeforeAndAfterTheFile) {
  const Options options = parsed({"-port", "9090", "blog.rl", "-server", "-host", "127.0.0.1"});
  EXPECT_EQ(options.file, "blog.rl");
  EXPECT_TRUE(options.serve);
  EXPECT_EQ(options.node.port, 9090);
  EXPECT_EQ(options.node.host, "127.0.0.1");
  EXPECT_TRUE(options.node.arguments.empty());
}

TEST(ParseOptions, TakesTheFileFromRun) {
  EXPECT_EQ(parsed({"-run", "blog.rl", "-server"}).file, "blog.rl");
  EXPECT_EQ(parsed({"-run=blog.rl"}).file, "blog.rl");
}

TEST(ParseOptions, TakesOneDashOrTwoAndAnEqualsSign) {
  EXPECT_EQ(parsed({"--port", "1"}).node.port, 1);
  EXPECT_EQ(parsed({"--port=2"}).node.port, 2);
  EXPECT_EQ(parsed({"-port=3"}).node.port, 3);
}

TEST(ParseOptions, LetsTheLastValueWin) { EXPECT_EQ(parsed({"-port", "1", "-port", "2"}).node.port, 2); }

TEST(ParseOptions, ReadsBoolsOnlyBehindAnEqualsSign) {
  EXPECT_TRUE(parsed({"-server"}).serve);
  EXPECT_TRUE(parsed({"-server=true"}).serve);
  EXPECT_FALSE(parsed({"-server", "-server=false"}).serve);
  EXPECT_EQ(parsed({"-server", "false"}).file, "false");
  EXPECT_EQ(fault({"-server=maybe"}), "-server: expected true or false, got \"maybe\"");
}

TEST(ParseOptions, GivesWhatFollowsTheFileToTheProgram) {
  const Options options = parsed({"a.rl", "-dev", "one", "-port", "two"});
  EXPECT_TRUE(options.node.dev);
  EXPECT_EQ(options.node.arguments, (Words{"one", "-port", "two"}));
  EXPECT_EQ(options.node.port, 8080);
}

TEST(ParseOptions, EndsTheFlagsAtTwoDashes) {
  EXPECT_EQ(parsed({"a.rl", "--", "-port", "--"}).node.arguments, (Words{"-port", "--"}));
  const Options options = parsed({"--", "-odd.rl", "x"});
  EXPECT_EQ(options.file, "-odd.rl");
  EXPECT_EQ(options.node.arguments, (Words{"x"}));
}

TEST(ParseOptions, TakesADashForStandardInput) {
  EXPECT_EQ(parsed({"-"}).file, "-");
  EXPECT_EQ(parsed({"-run", "-"}).file, "-");
  EXPECT_EQ(parsed({"-", "x"}).node.arguments, (Words{"x"}));
}

TEST(ParseOptions, TakesAnExpressionThatLooksLikeAFlag) {
  EXPECT_EQ(parsed({"-e", "-1 + 2"}).expression, "-1 + 2");
  EXPECT_EQ(parsed({"-e", "--"}).expression, "--");
  EXPECT_EQ(parsed({"-e", "args()", "x", "-y"}).node.arguments, (Words{"x", "-y"}));
  EXPECT_EQ(parsed({"-e="}).expression, "");
}

TEST(ParseOptions, RefusesTwoPrograms) {
  EXPECT_EQ(fault({"-run", "a.rl", "-run", "b.rl"}), "-run: the program is given already: a.rl");
  EXPECT_EQ(fault({"-e", "1", "-run", "a.rl"}), "a FILE (a.rl) and -e exclude each other");
}

TEST(ParseOptions, RefusesPeersOfANodeWithoutARegistry) {
  EXPECT_EQ(fault({"-disable-registry", "-add-peer", "http://localhost:1"}),
            "-add-peer and -disable-registry exclude each other: a node without a registry has no links");
}

TEST(ParseOptions, NamesTheNearestFlag) {
  EXPECT_EQ(fault({"-prot", "80"}), "unknown flag -prot, did you mean -port?");
  EXPECT_EQ(fault({"--max-bdy=1"}), "unknown flag -max-bdy, did you mean -max-body?");
  EXPECT_EQ(fault({"-qqqqqqqqqqqqq"}), "unknown flag -qqqqqqqqqqqqq");
}

TEST(ParseOptions, SaysWhichValueIsMissing) {
  EXPECT_EQ(fault({"-port"}), "-port: PORT is missing");
  EXPECT_EQ(fault({"-port", "-dev"}), "-port: PORT is missing before -dev");
  EXPECT_EQ(fault({"-e"}), "-e: EXPR is missing");
}

TEST(ParseOptions, SaysWhatIsWrongWithAValue) {
  EXPECT_EQ(fault({"-port", "80x"}), "-port: expected a whole number from 0 to 65535, got \"80x\"");
  EXPECT_EQ(fault({"-port=65536"}), "-port: expected a whole number from 0 to 65535, got \"65536\"");
  EXPECT_EQ(fault({"-port", "-1"}), "-port: expected a whole number from 0 to 65535, got \"-1\"");
  EXPECT_EQ(fault({"-log-format", "xml"}), "-log-format: expected text or json, got \"xml\"");
  EXPECT_EQ(fault({"-workers", "0"}), "-workers: expected a whole number from 1 to 1024, got \"0\"");
  EXPECT_NE(fault({"-node-id", "a b"}).find("a node id is 1 to 64"), std::string::npos);
  EXPECT_NE(fault({"-node-id", "rpc"}).find("reserved"), std::string::npos);
  EXPECT_NE(fault({"-header", "no colon"}).find("-header: "), std::string::npos);
  EXPECT_NE(fault({"-cors", "not an origin"}).find("-cors: "), std::string::npos);
}

TEST(ParseOptions, CollectsRepeatedValues) {
  const Options options = parsed({"-header", "A: 1", "-header", "B: 2, 3", "-allow-env", "X,Y", "-allow-env=Z"});
  EXPECT_EQ(options.node.response_headers, (Words{"A: 1", "B: 2, 3"}));
  EXPECT_EQ(options.node.allowed_environment, (Words{"X", "Y", "Z"}));
}

TEST(ParseOptions, ReadsTheEnvironmentBelowTheFlags) {
  const Variables variables = {{"RELAY_NODE_ID", "n1"}, {"RELAY_PORT", "7000"}, {"RELAY_DEV", "true"}};
  const Options options = parsed({"-port", "8000"}, variables);
  EXPECT_EQ(options.node.node_id, "n1");
  EXPECT_EQ(options.node.port, 8000);
  EXPECT_TRUE(options.node.dev);
}

TEST(ParseOptions, LetsAFlagReplaceTheListOfTheEnvironment) {
  const Variables variables = {{"RELAY_ALLOW_ENV", "A,B"}};
  EXPECT_EQ(parsed({}, variables).node.allowed_environment, (Words{"A", "B"}));
  EXPECT_EQ(parsed({"-allow-env", "C"}, variables).node.allowed_environment, (Words{"C"}));
}

TEST(ParseOptions, NamesTheVariableOfABadValue) {
  EXPECT_EQ(fault({}, {{"RELAY_PORT", "x"}}), "RELAY_PORT: expected a whole number from 0 to 65535, got \"x\"");
}

TEST(ParseOptions, IgnoresAnEmptyVariable) { EXPECT_EQ(parsed({}, {{"RELAY_PORT", ""}}).node.port, 8080); }

TEST(ParseOptions, IgnoresThePortThatKubernetesGivesToAServiceNamedRelay) {
  EXPECT_EQ(parsed({}, {{"RELAY_PORT", "tcp://10.3.2.1:80"}}).node.port, 8080);
}

TEST(ParseOptions, TakesFromTheEnvironmentHowAndNeverWhat) {
  const Options options = parsed({}, {{"RELAY_RUN", "a.rl"},
                                      {"RELAY_E", "1"},
                                      {"RELAY_SERVER", "relay.example.org"},
                                      {"RELAY_VERSION", "1.2.3"},
                                      {"RELAY_HELP", "yes"},
                                      {"RELAY_DUMP_BYTECODE", "1"}});
  EXPECT_FALSE(options.file);
  EXPECT_FALSE(options.expression);
  EXPECT_FALSE(options.serve || options.version || options.help || options.dump_bytecode);
}

TEST(ParseOptions, TakesTheShortNameOfHelp) {
  EXPECT_TRUE(parsed({"-h"}).help);
  EXPECT_TRUE(parsed({"--help"}).help);
  EXPECT_TRUE(parsed({"-help", "-version"}).version);
}

}  // namespace
}  // namespace relay::cli
