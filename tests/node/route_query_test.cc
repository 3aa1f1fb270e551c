#include "node/route_query.h"

#include <gtest/gtest.h>

namespace relay::node {
namespace {

TEST(RouteQuery, HasOneNodeDecoded) {
  EXPECT_EQ(*read_route_query("node=a.b-c_1"), "a.b-c_1");
  EXPECT_EQ(*read_route_query("node=localhost%3A8080"), "localhost:8080");
}

TEST(RouteQuery, RefusesAnythingElse) {
  for (const char* query : {"", "node", "node=", "nodes=a", "node=a&node=a", "node=a&x=1", "x", "=a", "&",
                            "node=%4", "node=%zz", "node=%FF"}) {
    EXPECT_FALSE(read_route_query(query)) << query;
  }
  EXPECT_EQ(read_route_query("").error().detail, "'node' is missing; expected ?node=NAME");
  EXPECT_EQ(read_route_query("node=a&nod=b").error().detail,
            "unknown parameter \"nod\"; expected ?node=NAME");
  EXPECT_FALSE(read_route_query("node=" + std::string(513, 'a')));
  EXPECT_TRUE(read_route_query("node=" + std::string(512, 'a')));
}

}  // namespace
}  // namespace relay::node
