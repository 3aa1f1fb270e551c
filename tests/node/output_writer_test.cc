#include "node/output_writer.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "node/pipe.h"

namespace relay::node {
namespace {

TEST(OutputWriter, WritesTextsInTheOrderOfTheirSender) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    expected += line;
    output.print(line);
  }
  EXPECT_EQ(pipe.take(expected.size()), expected);
}

TEST(OutputWriter, KeepsTextsOfManySendersWhole) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  constexpr int kThreads = 4;
  constexpr int kLines = 500;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&output, t] {
      for (int i = 0; i < kLines; ++i) output.print(std::string(20, static_cast<char>('a' + t)) + "\n");
    });
  }
  const std::string text = pipe.take(21 * kThreads * kLines);
  for (auto& thread : threads) thread.join();
  for (std::size_t at = 0; at < text.size(); at += 21) {
    EXPECT_EQ(text.substr(at, 21), std::string(20, text[at]) + "\n");
  }
}

void flush(OutputWriter& output) {
  std::promise<void> flushed;
  output.when_flushed([&] { flushed.set_value(); });
  flushed.get_future().wait();
}

TEST(OutputWriter, IsFlushedWhenAllIsOut) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  const std::string text(pipe.capacity() / 2, 'x');
  output.print(text);
  flush(output);
  pipe.close_writer();
  EXPECT_EQ(pipe.take(text.size() + 1), text);
}

TEST(OutputWriter, IsFlushedAtOnceWithoutText) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  flush(output);
  EXPECT_FALSE(output.is_broken());
}

TEST(OutputWriter, IsFlushedAlthoughOthersGoOnPrinting) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  const std::string text(pipe.capacity() + 2, 'x');
  output.print(text);
  EXPECT_EQ(pipe.take(1), "x");  // the writer holds the text
  std::promise<void> flushed;
  output.when_flushed([&] { flushed.set_value(); });
  output.print(std::string(2 * pipe.capacity(), 'y'));  // more than goes out while nobody reads
  EXPECT_EQ(pipe.take(text.size() - 1), text.substr(1));
  flushed.get_future().wait();
}

TEST(OutputWriter, TellsAWriterToWaitWhenAFullPipeFillsTheBuffer) {
  Pipe pipe;
  OutputWriter output(pipe.writer(), 1000);
  std::size_t written = 0;
  const std::string piece(500, 'x');
  while (output.print(piece) == Host::Printed::kAccepted) written += piece.size();
  EXPECT_GE(written + piece.size(), 1000u);
  written += piece.size();

  std::promise<void> resumed;
  output.when_room([&] { resumed.set_value(); });
  std::thread reader([&] { EXPECT_EQ(pipe.take(written).size(), written); });
  resumed.get_future().wait();
  reader.join();
}

TEST(OutputWriter, ResumesAtOnceWhenThereIsRoom) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  bool resumed = false;
  output.when_room([&] { resumed = true; });
  EXPECT_TRUE(resumed);
}

TEST(OutputWriter, DropsTextWhenNobodyReadsAnyMore) {
  Pipe pipe;
  OutputWriter output(pipe.writer());
  pipe.close_reader();
  std::promise<int> broken;
  output.when_broken([&](int error) { broken.set_value(error); });
  output.print("nobody reads this\n");
  EXPECT_EQ(broken.get_future().get(), EPIPE);
  EXPECT_TRUE(output.is_broken());
  EXPECT_EQ(output.print(std::string(1 << 20, 'x')), Host::Printed::kAccepted);
  flush(output);
}

TEST(OutputWriter, TellsTheErrorOfAFullDisk) {
  const int full = open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  OutputWriter output(full);
  output.print("no room\n");
  flush(output);
  int error = 0;
  output.when_broken([&](int number) { error = number; });
  EXPECT_EQ(error, ENOSPC);
  output.end();
  close(full);
}

TEST(OutputWriter, ResumesWaitingWritersWhenTheReaderLeaves) {
  Pipe pipe;
  OutputWriter output(pipe.writer(), 1000);
  while (output.print(std::string(500, 'x')) == Host::Printed::kAccepted) {
  }
  std::promise<void> resumed;
  output.when_room([&] { resumed.set_value(); });
  pipe.close_reader();
  resumed.get_future().wait();
}

TEST(OutputWriter, EndsAlthoughAFullPipeHoldsItsText) {
  Pipe pipe;
  const std::size_t bytes = pipe.capacity() * 2;
  {
    OutputWriter output(pipe.writer());
    output.print(std::string(bytes, 'x'));
  }
  pipe.close_writer();
  EXPECT_LT(pipe.take(bytes).size(), bytes);
}

TEST(OutputWriter, WritesToAFile) {
  const std::string path = testing::TempDir() + "relay_output_test";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
  ASSERT_GE(file, 0);
  {
    OutputWriter output(file);
    output.print("into a file\n");
    flush(output);
  }
  char text[64] = {};
  EXPECT_EQ(pread(file, text, sizeof text, 0), 12);
  EXPECT_STREQ(text, "into a file\n");
  close(file);
  unlink(path.c_str());
}

}  // namespace
}  // namespace relay::node
