#include "value/text_builder.h"

#include "value/string.h"
#include "value_fixture.h"

namespace relay {
namespace {

using TextBuilding = ValueTest;

TEST_F(TextBuilding, JoinsPiecesAndPartsInTheirOrder) {
  const Value long_text = text(std::string(300'000, 'b'));
  TextBuilder builder;
  builder.piece() += "a";
  builder.add(long_text, 10, 250'010);
  builder.piece() += "c";
  builder.add(text("xdx"), 1, 2);
  EXPECT_EQ(builder.size(), 250'003u);
  Value whole;
  std::size_t steps = 1;
  while (!builder.assemble(whole)) ++steps;
  EXPECT_EQ(string::text(whole), "a" + std::string(250'000, 'b') + "cd");
  EXPECT_EQ(steps, 2u);
}

TEST_F(TextBuilding, CopiesAPieceAtATime) {
  TextBuilder builder;
  for (int i = 0; i < 1000; ++i) {
    builder.piece() += std::string(1000, static_cast<char>('a' + i % 26));
    builder.settle();
  }
  EXPECT_LE(builder.piece().size(), string::kPieceBytes);
  Value whole;
  std::size_t steps = 1;
  while (!builder.assemble(whole)) ++steps;
  EXPECT_EQ(steps, (1'000'000 + string::kPieceBytes - 1) / string::kPieceBytes);
  EXPECT_EQ(string::size(whole), 1'000'000u);
  EXPECT_EQ(string::text(whole)[999'999], 'a' + 999 % 26);
  EXPECT_LT(string::uncounted_bytes(whole), 1024u);
  EXPECT_EQ(string::code_points(whole), 1'000'000u);
}

TEST_F(TextBuilding, LeavesRoomToGrow) {
  TextBuilder builder;
  builder.piece() = "abc";
  Value whole;
  while (!builder.assemble(whole, 100)) {
  }
  EXPECT_EQ(string::text(whole), "abc");
  EXPECT_GE(string::block(whole)->capacity, 103u);
  Value empty;
  EXPECT_TRUE(TextBuilder().assemble(empty));
  EXPECT_EQ(string::text(empty), "");
}

}  // namespace
}  // namespace relay
