#include "node/node_config.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <string>
#include <vector>

#include "node/allowed_environment.h"
#include "node/random_source.h"

namespace relay::node {
namespace {

TEST(NodeId, IsOneTo64LettersDigitsAndThreeSigns) {
  for (const std::string& id : {std::string("a"), std::string("my_node-1.eu"), std::string(64, 'x')}) {
    EXPECT_TRUE(check_node_id(id)) << id;
  }
  for (const std::string& id :
       {std::string(), std::string("rpc"), std::string("a b"), std::string("\xC3\xA4"), std::string(65, 'x')}) {
    EXPECT_FALSE(check_node_id(id)) << id;
  }
}

TEST(NodeId, IsSixteenRandomHexDigitsWhenNoneIsGiven) {
  SystemRandom random;
  const std::string id = random_node_id(random);
  EXPECT_EQ(id.size(), 16u);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(id, random_node_id(random));
}

TEST(SystemRandom, FillsAnyNumberOfWords) {
  SystemRandom random;
  std::vector<std::uint64_t> words(1000, 0);
  random.fill(words);
  EXPECT_EQ(std::count(words.begin(), words.end(), 0u), 0);
}

TEST(AllowedEnvironment, GivesOnlyWhatIsAllowed) {
  setenv("RELAY_TEST_SET", "value", 1);
  unsetenv("RELAY_TEST_UNSET");
  const AllowedEnvironment environment({"RELAY_TEST_SET", "RELAY_TEST_UNSET"});
  EXPECT_EQ(environment.get("RELAY_TEST_SET").value(), "value");
  EXPECT_EQ(environment.get("RELAY_TEST_UNSET").value(), std::nullopt);
  const auto denied = environment.get("PATH");
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().code, Errc::kDenied);
  EXPECT_NE(denied.error().detail.find("-allow-env PATH"), std::string::npos);
}

}  // namespace
}  // namespace relay::node
