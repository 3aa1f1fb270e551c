#include "base/log.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/log_format.h"

namespace relay {
namespace {

const WallTime kNewYear{std::chrono::sys_days(std::chrono::year(2024) / 1 / 1) + std::chrono::milliseconds(250)};

std::string text(std::string_view event, std::vector<LogField> fields = {}) {
  return format_log_line(LogFormat::kText, kNewYear, LogLevel::kInfo, event, fields);
}

std::string json(std::string_view event, std::vector<LogField> fields = {}) {
  return format_log_line(LogFormat::kJson, kNewYear, LogLevel::kWarn, event, fields);
}

TEST(Log, WritesTimeLevelEventAndFieldsAsText) {
  EXPECT_EQ(text("listening", {{"host", "0.0.0.0"}, {"port", 8080}}),
            "2024-01-01T00:00:00.250Z INFO  listening host=0.0.0.0 port=8080");
}

TEST(Log, QuotesATextThatCouldBeTakenForMoreThanOneField) {
  EXPECT_EQ(text("x", {{"a", "b c=d"}}), R"(2024-01-01T00:00:00.250Z INFO  x a="b c=d")");
  EXPECT_EQ(text("x", {{"a", ""}}), R"(2024-01-01T00:00:00.250Z INFO  x a="")");
  EXPECT_EQ(text("x", {{"a", "\"\\"}}), R"(2024-01-01T00:00:00.250Z INFO  x a="\"\\")");
}

TEST(Log, WritesAnEventAsOneJsonObject) {
  EXPECT_EQ(json("peer lost", {{"peer", "n2"}, {"after_ms", -5}}),
            R"({"time":"2024-01-01T00:00:00.250Z","level":"warn","event":"peer lost","peer":"n2","after_ms":-5})");
}

TEST(Log, ShowsTheBeginningOfALongText) {
  const std::string start = "2024-01-01T00:00:00.250Z INFO  x a=";
  EXPECT_EQ(text("x", {{"a", std::string(4096, 'y')}}), start + std::string(4096, 'y'));
  EXPECT_EQ(text("x", {{"a", std::string(5'000'000, 'y')}}), start + std::string(4096, 'y') + "...");
  EXPECT_LT(json("x", {{"a", std::string(5'000'000, 'y')}}).size(), 4300u);
}

TEST(Log, LetsNoInputForgeALine) {
  const std::string attack = "a\n2024-01-01T00:00:00Z ERROR b\r\x1b[2J\x7f\xc2\x9b" "31m\xe2\x80\xa8" "end";
  const std::string escaped = "a\\n2024-01-01T00:00:00Z ERROR b\\u000d\\u001b[2J\\u007f\\u009b31m\\u2028end";
  EXPECT_EQ(text("x", {{"id", attack}}), "2024-01-01T00:00:00.250Z INFO  x id=\"" + escaped + "\"");
  EXPECT_EQ(text(attack), "2024-01-01T00:00:00.250Z INFO  " + escaped);
  EXPECT_NE(json(attack, {{attack, attack}}).find("\"event\":\"" + escaped + "\",\"" + escaped + "\":\"" + escaped),
            std::string::npos);
}

TEST(Log, ReplacesBytesThatAreNoUtf8) {
  EXPECT_EQ(json("\xff" "a\xc3"),
            "{\"time\":\"2024-01-01T00:00:00.250Z\",\"level\":\"warn\",\"event\":\"\xEF\xBF\xBD" "a\xEF\xBF\xBD\"}");
  EXPECT_EQ(text("x", {{"a", "h\xc3\xa9"}}), "2024-01-01T00:00:00.250Z INFO  x a=\"h\xc3\xa9\"");
}

// What a log() call writes on stderr under this configuration.
std::string written(LogLevel least, LogFormat format, LogLevel level) {
  configure_log(least, format);
  testing::internal::CaptureStderr();
  log(level, "started", {{"port", 1}});
  const std::string output = testing::internal::GetCapturedStderr();
  configure_log(LogLevel::kInfo, LogFormat::kText);
  return output;
}

TEST(Log, WritesOneLineOnStderr) {
  const std::string line = written(LogLevel::kInfo, LogFormat::kText, LogLevel::kError);
  EXPECT_NE(line.find(" ERROR started port=1\n"), std::string::npos) << line;
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const std::string object = written(LogLevel::kDebug, LogFormat::kJson, LogLevel::kDebug);
  EXPECT_NE(object.find(R"("level":"debug","event":"started","port":1})"), std::string::npos) << object;
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  EXPECT_EQ(written(LogLevel::kWarn, LogFormat::kText, LogLevel::kInfo), "");
  EXPECT_EQ(written(LogLevel::kOff, LogFormat::kText, LogLevel::kError), "");
  EXPECT_NE(written(LogLevel::kWarn, LogFormat::kText, LogLevel::kWarn), "");
}

}  // namespace
}  // namespace relay
