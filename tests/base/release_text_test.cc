#include "base/release_text.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

TEST(ReleaseText, FreesTheMemory) {
  std::string text(100'000, 'x');
  release_text(text);
  EXPECT_TRUE(text.empty());
  EXPECT_LT(text.capacity(), 100u);
}

}  // namespace
}  // namespace relay
