#include "mesh/probe_message.h"

#include <gtest/gtest.h>

#include <string>

namespace relay::mesh {
namespace {

Probe a_probe() {
  Probe probe;
  probe.phase = Probe::Phase::kConfirm;
  probe.steps = {{{"a", "x", "go", 7}, false}, {{"b", "y", "ba\"ck", 1}, true}};
  probe.round = 3;
  probe.at = 1;
  probe.left = 4;
  return probe;
}

TEST(ProbeMessage, ReadsWhatItWrites) {
  std::string data;
  append_probe(data, a_probe());
  const Result<Probe> read = parse_probe(data);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->phase, Probe::Phase::kConfirm);
  ASSERT_EQ(read->steps.size(), 2u);
  EXPECT_EQ(read->steps[1].wait.node, "b");
  EXPECT_EQ(read->steps[1].wait.method, "ba\"ck");
  EXPECT_EQ(read->steps[0].wait.call, 7u);
  EXPECT_TRUE(read->steps[1].is_blocked);
  EXPECT_FALSE(read->steps[0].is_blocked);
  EXPECT_EQ(read->round, 3u);
  EXPECT_EQ(read->at, 1u);
  EXPECT_EQ(read->left, 4u);
}

TEST(ProbeMessage, RefusesNumbersThatDoNotFitTheSteps) {
  for (const char* data :
       {R"({"phase":"confirm","steps":[],"at":0,"left":0})",
        R"({"phase":"confirm","steps":[{"node":"a","server":"x","method":"m","call":1}],"at":1,"left":0})",
        R"({"phase":"confirm","steps":[{"node":"a","server":"x","method":"m","call":1}],"at":0,"left":3})"}) {
    EXPECT_FALSE(parse_probe(data)) << data;
  }
}

TEST(ProbeMessage, NamesTheFieldThatIsWrong) {
  const auto fault = [](std::string_view data) { return parse_probe(data).error().detail; };
  EXPECT_NE(fault(R"({"phase":"later","steps":[{"node":"a","server":"x","method":"m","call":1}]})").find("phase"),
            std::string::npos);
  EXPECT_NE(fault(R"({"phase":"search","steps":[{"node":"a b"}]})").find("steps.node"), std::string::npos);
  EXPECT_NE(fault(R"({"phase":"search","steps":[{"call":-1}]})").find("steps.call"), std::string::npos);
}

TEST(ProbeMessage, BoundsTheSteps) {
  std::string data = R"({"phase":"search","steps":[)";
  for (std::size_t i = 0; i <= kMaxProbeSteps; ++i) {
    data += std::string(i == 0 ? "" : ",") + R"({"node":"a","server":"x","method":"m","call":1})";
  }
  EXPECT_FALSE(parse_probe(data + "]}"));
}

}  // namespace
}  // namespace relay::mesh
