#pragma once

#include <string>
#include <vector>

namespace relay::client {

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align = Align::kLeft;
};

// Lines of cells under titles, in columns as wide as their widest cell.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns. What stands in them is made fit for a terminal.
  void add(const std::vector<std::string>& cells);

  // Every line ends with a line break, none with a space.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace relay::client
