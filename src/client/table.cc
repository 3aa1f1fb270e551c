#include "client/table.h"

#include <algorithm>

#include "base/check.h"
#include "base/plain_text.h"

namespace relay::client {
namespace {

constexpr std::string_view kGap = "  ";

void append_cell(std::string& line, const std::string& cell, std::size_t columns, Align align) {
  const std::string padding(columns - width(cell), ' ');
  line += align == Align::kRight ? padding + cell : cell + padding;
}

}  // namespace

void Table::add(const std::vector<std::string>& cells) {
  RELAY_CHECK(cells.size() == columns_.size(),
              "a row with another number of cells than its table has columns");
  std::vector<std::string>& row = rows_.emplace_back();
  for (const std::string& cell : cells) row.push_back(plain_text(cell));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = width(columns_[i].title);
    for (const auto& row : rows_) widest = std::max(widest, width(row[i]));
    widths.push_back(widest);
  }
  std::string text;
  const auto append_row = [&](auto&& cell_at) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) line += kGap;
      append_cell(line, cell_at(i), widths[i], columns_[i].align);
    }
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  append_row([&](std::size_t i) { return columns_[i].title; });
  for (const auto& row : rows_) append_row([&](std::size_t i) { return row[i]; });
  return text;
}

}  // namespace relay::client
