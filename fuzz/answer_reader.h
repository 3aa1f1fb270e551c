#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relay::fuzz {

// One answer as a client sees it.
struct Answer {
  int status = 0;
  bool closes = false;
  std::string_view body;
};

// Takes one line off the front, without its CR LF; nothing when there is none, or a bare CR or LF in it.
inline std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find("\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  if (line.find_first_of("\r\n") != std::string_view::npos) return std::nullopt;
  text.remove_prefix(end + 2);
  return line;
}

// Takes one answer off the front. Answers to HEAD have a length and no body: since no body begins with "HTTP/", what
// follows them shows it.
inline std::optional<Answer> take_answer(std::string_view& text) {
  Answer answer;
  auto line = take_line(text);
  if (!line || line->size() < 13 || !line->starts_with("HTTP/1.1 ") || (*line)[12] != ' ') return std::nullopt;
  std::from_chars(line->data() + 9, line->data() + 12, answer.status);
  std::optional<std::size_t> length;
  while ((line = take_line(text)) && !line->empty()) {
    const std::size_t colon = line->find(": ");
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const std::string_view name = line->substr(0, colon);
    const std::string_view value = line->substr(colon + 2);
    if (name == "Connection") answer.closes = value == "close";
    if (name != "Content-Length") continue;
    if (length) return std::nullopt;
    std::from_chars(value.data(), value.data() + value.size(), length.emplace());
  }
  if (!line) return std::nullopt;
  const bool has_length = answer.status != 100 && answer.status != 204;
  if (has_length != length.has_value()) return std::nullopt;
  if (!length || text.empty() || text.starts_with("HTTP/")) return answer;
  if (text.size() < *length) return std::nullopt;
  answer.body = text.substr(0, *length);
  text.remove_prefix(*length);
  return answer;
}

// All answers of a connection; nothing when they are not well framed.
inline std::optional<std::vector<Answer>> read_answers(std::string_view text) {
  std::vector<Answer> answers;
  while (!text.empty()) {
    const auto answer = take_answer(text);
    if (!answer) return std::nullopt;
    answers.push_back(*answer);
  }
  return answers;
}

}  // namespace relay::fuzz
