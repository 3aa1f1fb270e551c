#include "node/line_reader.h"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "node/pipe.h"

namespace relay::node {
namespace {

// Waits for the next line; "<end>" and "<too long>" stand for the two other answers.
std::string next(LineReader& input) {
  std::promise<std::string> line;
  input.read_line([&](LineReader::Line read) {
    line.set_value(!read ? "<too long>" : *read ? **read : "<end>");
  });
  return line.get_future().get();
}

TEST(LineReader, GivesLinesWithoutTheirBreaks) {
  Pipe pipe;
  pipe.put("one\ntwo\r\n\nfour");
  pipe.close_writer();
  LineReader input(pipe.reader());
  EXPECT_EQ(next(input), "one");
  EXPECT_EQ(next(input), "two");
  EXPECT_EQ(next(input), "");
  EXPECT_EQ(next(input), "four");
  EXPECT_EQ(next(input), "<end>");
  EXPECT_EQ(next(input), "<end>");
}

TEST(LineReader, WaitsForALineThatComesByteByByte) {
  Pipe pipe;
  LineReader input(pipe.reader());
  std::promise<std::string> line;
  input.read_line([&](LineReader::Line read) { line.set_value(**read); });
  for (const char c : std::string("slow\n")) pipe.put(std::string(1, c));
  EXPECT_EQ(line.get_future().get(), "slow");
}

TEST(LineReader, AnswersInTheOrderOfTheRequests) {
  Pipe pipe;
  LineReader input(pipe.reader());
  std::vector<std::string> lines;
  std::promise<void> all;
  for (int i = 0; i < 3; ++i) {
    input.read_line([&](LineReader::Line read) {
      lines.push_back(**read);
      if (lines.size() == 3) all.set_value();
    });
  }
  pipe.put("a\nb\nc\n");
  all.get_future().wait();
  EXPECT_EQ(lines, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(LineReader, RefusesALineThatIsTooLongAndGoesOnBehindIt) {
  Pipe pipe;
  pipe.put(std::string(20'000, 'x') + "\nshort\n");
  pipe.close_writer();
  LineReader input(pipe.reader(), 100);
  EXPECT_EQ(next(input), "<too long>");
  EXPECT_EQ(next(input), "short");
  EXPECT_EQ(next(input), "<end>");
}

TEST(LineReader, RefusesATooLongLineThatComesInPieces) {
  Pipe pipe;
  LineReader input(pipe.reader(), 10);
  std::promise<bool> refused;
  input.read_line([&](LineReader::Line read) { refused.set_value(!read); });
  for (int i = 0; i < 10; ++i) pipe.put("0123456789");
  pipe.put("\nafter\n");
  EXPECT_TRUE(refused.get_future().get());
  EXPECT_EQ(next(input), "after");
}

TEST(LineReader, ReplacesInvalidUtf8) {
  Pipe pipe;
  pipe.put("a\xFF" "b\n");
  LineReader input(pipe.reader());
  EXPECT_EQ(next(input), "a\xEF\xBF\xBD" "b");
}

TEST(LineReader, EndsWhileARequestIsOpen) {
  Pipe pipe;
  bool answered = false;
  {
    LineReader input(pipe.reader());
    input.read_line([&](LineReader::Line) { answered = true; });
  }
  EXPECT_FALSE(answered);
}

TEST(LineReader, TreatsADescriptorThatCannotBeReadAsEmpty) {
  Pipe pipe;
  LineReader input(pipe.writer());
  pipe.close_reader();
  EXPECT_EQ(next(input), "<end>");
}

}  // namespace
}  // namespace relay::node
