#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <string_view>

namespace relay::node {

// A pipe whose ends a test holds in its hands.
class Pipe {
 public:
  Pipe() {
    std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    reader_ = ends[0];
    writer_ = ends[1];
  }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int reader() const { return reader_; }
  [[nodiscard]] int writer() const { return writer_; }
  [[nodiscard]] std::size_t capacity() const { return static_cast<std::size_t>(fcntl(writer_, F_GETPIPE_SZ)); }

  void close_reader() { close_end(reader_); }
  void close_writer() { close_end(writer_); }

  void put(std::string_view text) const {
    EXPECT_EQ(write(writer_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  // Exactly so many bytes, waiting for them; fewer at the end.
  [[nodiscard]] std::string take(std::size_t bytes) const {
    std::string text(bytes, '\0');
    std::size_t have = 0;
    while (have < bytes) {
      const ssize_t count = read(reader_, text.data() + have, bytes - have);
      if (count <= 0) break;
      have += static_cast<std::size_t>(count);
    }
    text.resize(have);
    return text;
  }

 private:
  static void close_end(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
  int reader_ = -1;
  int writer_ = -1;
};

}  // namespace relay::node
