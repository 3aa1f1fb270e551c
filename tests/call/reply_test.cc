#include "call/reply.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

TEST(Reply, NamesWhetherTheMethodRan) {
  EXPECT_EQ(name(Ran::kNo), "no");
  EXPECT_EQ(name(Ran::kYes), "yes");
  EXPECT_EQ(name(Ran::kUnknown), "unknown");
}

}  // namespace
}  // namespace relay
