#include "cli/flag_value.h"

#include <gtest/gtest.h>

namespace relay::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(FlagValue, ReadsSizesWithBinaryUnits) {
  EXPECT_EQ(*read_bytes("0", 0), 0u);
  EXPECT_EQ(*read_bytes("1000", 1), 1000u);
  EXPECT_EQ(*read_bytes("64KiB", 1), 65536u);
  EXPECT_EQ(*read_bytes("8M", 1), 8u << 20);
  EXPECT_EQ(*read_bytes("1.5GiB", 1), 3u << 29);
  EXPECT_EQ(*read_bytes("12B", 1), 12u);
}

TEST(FlagValue, RefusesWhatIsNoSize) {
  for (const char* text : {"", "KiB", "8 MiB", "-1", "8Mi", "1e3", "nan", "inf", "0x10", "9999999GiB", "8MiBKiB"}) {
    EXPECT_FALSE(read_bytes(text, 0)) << text;
  }
  EXPECT_EQ(read_bytes("1", 1024).error().detail, "expected a size such as 64KiB, from 1KiB to 1024GiB, got \"1\"");
}

TEST(FlagValue, ReadsTimesInSecondsOrWithAUnit) {
  const Duration none = Duration::zero();
  EXPECT_EQ(*read_seconds("30", none), seconds(30));
  EXPECT_EQ(*read_seconds("0.5", none), milliseconds(500));
  EXPECT_EQ(*read_seconds("500ms", none), milliseconds(500));
  EXPECT_EQ(*read_seconds("30s", none), seconds(30));
  EXPECT_EQ(*read_seconds("2m", none), seconds(120));
  EXPECT_EQ(*read_seconds("1h", none), seconds(3600));
  EXPECT_EQ(*read_seconds("0", none), none);
}

TEST(FlagValue, RefusesWhatIsNoTime) {
  for (const char* text : {"", "s", "-1", "1d", "1e3", "nan", "99999999999", "1 s"}) {
    EXPECT_FALSE(read_seconds(text, Duration::zero())) << text;
  }
  EXPECT_FALSE(read_seconds("0", milliseconds(1)));
}

TEST(FlagValue, ReadsWholeNumbersInTheirRange) {
  EXPECT_EQ(*read_count("1", 1, 3), 1u);
  EXPECT_EQ(*read_count("3", 1, 3), 3u);
  for (const char* text : {"0", "4", "", "-1", "+1", "1.0", " 1", "99999999999999999999"}) {
    EXPECT_FALSE(read_count(text, 1, 3)) << text;
  }
}

TEST(FlagValue, ShowsControlCharactersOfAWrongValueEscaped) {
  EXPECT_EQ(read_count("\n", 1, 3).error().detail, "expected a whole number from 1 to 3, got \"\\n\"");
}

TEST(FlagValue, WritesWhatItReads) {
  for (const std::size_t bytes : {0u, 1u, 1023u, 1024u, 1536u, 8u << 20, 1u << 30}) {
    EXPECT_EQ(*read_bytes(bytes_text(bytes), 0), bytes);
  }
  EXPECT_EQ(bytes_text(8u << 20), "8MiB");
  EXPECT_EQ(seconds_text(milliseconds(1500)), "1.5");
}

}  // namespace
}  // namespace relay::cli
