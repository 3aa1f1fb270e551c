#include "cli/word_kind.h"

#include <algorithm>

namespace relay::cli {

WordKind kind_of_value(std::string_view argument) {
  if (argument == "FILE") return WordKind::kFile;
  return choices_of(argument).empty() ? WordKind::kNone : WordKind::kChoice;
}

WordKind kind_of_operands(const Command& command) {
  if (command.usage.find("FILE") != std::string_view::npos) return WordKind::kProgram;
  return choices_of(command.usage).empty() ? WordKind::kNone : WordKind::kChoice;
}

std::vector<std::string_view> choices_of(std::string_view argument_or_usage) {
  if (argument_or_usage == "LEVEL") return {"debug", "info", "warn", "error", "off"};
  if (argument_or_usage == "FORMAT") return {"text", "json"};
  const bool is_list = argument_or_usage.find_first_of("[ .") == std::string_view::npos;
  if (!is_list || argument_or_usage.find('|') == std::string_view::npos) return {};
  std::vector<std::string_view> words;
  for (std::string_view rest = argument_or_usage; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

}  // namespace relay::cli
