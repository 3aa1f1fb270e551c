#include "cli/command.h"

#include <gtest/gtest.h>

#include "cli/help.h"

namespace relay::cli {
namespace {

Environment environment(std::optional<std::string> url = std::nullopt) {
  return [url](const std::string& name) { return name == "RELAY_URL" ? url : std::nullopt; };
}

Result<CommandOptions> parse(const std::vector<std::string>& words) {
  return parse_command(*find_command("call"), words, environment());
}

using Words = std::vector<std::string>;

TEST(Command, TakesFlagsAnywhere) {
  for (const Words& words :
       {Words{"-json", "-timeout", "5", "a.b", "1"}, Words{"a.b", "--json", "1", "-timeout=5s"}}) {
    const auto options = parse(words);
    ASSERT_TRUE(options);
    EXPECT_TRUE(options->json);
    EXPECT_EQ(options->timeout, std::chrono::seconds(5));
    EXPECT_EQ(options->operands, (Words{"a.b", "1"}));
  }
}

TEST(Command, TakesNegativeNumbersAndWhatFollowsTwoDashesAsArguments) {
  EXPECT_EQ(parse({"a.b", "-5", "-.5", "-", "--", "-json", "--"})->operands,
            (Words{"a.b", "-5", "-.5", "-", "-json", "--"}));
}

TEST(Command, RefusesFlagsThatItDoesNotHave) {
  EXPECT_EQ(parse({"-jason"}).error().detail,
            "unknown flag -jason, did you mean -json? (behind `--` it is an argument)");
  EXPECT_FALSE(parse({"-port", "80"}));
  EXPECT_EQ(parse({"-timeout"}).error().detail, "-timeout: SECONDS is missing");
  EXPECT_FALSE(parse({"-timeout", "0"}));
  EXPECT_FALSE(parse({"-json=maybe"}));
}

TEST(Command, TakesItsUrlFromTheEnvironment) {
  const Command& call = *find_command("call");
  EXPECT_EQ(parse_command(call, {}, environment("http://h:1"))->url, "http://h:1");
  EXPECT_EQ(parse_command(call, {}, environment(""))->url, "http://localhost:8080");
  EXPECT_EQ(parse_command(call, {}, environment())->url, "http://localhost:8080");
}

TEST(Command, LeavesToTheProgramWhatIsNoCommand) {
  for (const Words& words : {Words{}, Words{"./call"}, Words{"-e", "call"}, Words{"call.rl"}}) {
    EXPECT_FALSE(run_command(words, environment()));
  }
}

TEST(Command, HasNoEmptyPlacesInItsHelp) {
  for (const Command& command : commands()) {
    const std::string help = command_help(command);
    EXPECT_EQ(help.find(" \n"), std::string::npos) << help;
    EXPECT_FALSE(help.ends_with("Flags:\n")) << help;
  }
  EXPECT_EQ(full_help().find(" \n"), std::string::npos);
}

TEST(Command, IsExplainedByItsHelpInShortLines) {
  for (const Command& command : commands()) {
    const std::string text = command_help(command);
    for (const CommandFlag* flag : command.flags) {
      EXPECT_NE(text.find("  -" + std::string(flag->name)), std::string::npos) << flag->name;
      EXPECT_NE(flag->help.back(), '.');
    }
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LE(end - begin, 120u) << text.substr(begin, end - begin);
      begin = end + 1;
    }
    EXPECT_NE(full_help().find("\n  " + std::string(command.name)), std::string::npos);
  }
}

}  // namespace
}  // namespace relay::cli
