#include "cli/flag.h"

#include <algorithm>
#include <utility>

#include "cli/flag_value.h"

namespace relay::cli {
namespace {

Result<void> set_list(const ListFlag& target, std::vector<std::string>& list, std::string_view value) {
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(target.separator), value.size());
    const std::string_view part = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    if (part.empty()) continue;
    if (target.check != nullptr) {
      if (auto checked = target.check(part); !checked) return checked;
    }
    list.emplace_back(part);
  }
  return {};
}

// Stores what a reader gave, or hands on its error.
template <typename T, typename Place>
Result<void> store(Result<T> read, Place& place) {
  if (!read) return std::move(read.error());
  place = static_cast<Place>(*read);
  return {};
}

// Sets the place of one flag, whatever was there before.
struct Setter {
  Options& options;
  std::string_view value;

  Result<void> operator()(const BoolFlag& target) const { return store(read_bool(value), target.at(options)); }
  Result<void> operator()(const TextFlag& target) const {
    if (target.check != nullptr) {
      if (auto checked = target.check(value); !checked) return checked;
    }
    target.at(options) = value;
    return {};
  }
  Result<void> operator()(const CountFlag& target) const {
    return store(read_count(value, target.least, target.most), target.at(options));
  }
  Result<void> operator()(const BytesFlag& target) const {
    return store(read_bytes(value, target.least), target.at(options));
  }
  Result<void> operator()(const SecondsFlag& target) const {
    return store(read_seconds(value, target.least), target.at(options));
  }
  Result<void> operator()(const ListFlag& target) const { return set_list(target, target.at(options), value); }
  Result<void> operator()(const OwnFlag& target) const { return target.set(options, value); }
};

struct DefaultText {
  Options& options;

  std::string operator()(const BoolFlag&) const { return {}; }
  std::string operator()(const TextFlag& target) const { return target.at(options); }
  std::string operator()(const CountFlag& target) const { return std::to_string(target.at(options)); }
  std::string operator()(const BytesFlag& target) const { return bytes_text(target.at(options)); }
  std::string operator()(const SecondsFlag& target) const { return seconds_text(target.at(options)); }
  std::string operator()(const ListFlag&) const { return {}; }
  std::string operator()(const OwnFlag&) const { return {}; }
};

}  // namespace

const Flag* find_flag(std::string_view name) {
  for (const Flag& flag : flags()) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

std::string environment_name(const Flag& flag) {
  if (flag.group == FlagGroup::kAction) return {};
  std::string name = "RELAY_";
  for (const char c : flag.name) {
    const bool is_small = c >= 'a' && c <= 'z';
    name += c == '-' ? '_' : is_small ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

std::string default_text(const Flag& flag) {
  if (!flag.standard.empty()) return std::string(flag.standard);
  Options options;
  return std::visit(DefaultText{options}, flag.target);
}

Result<void> set_flag(Options& options, const Flag& flag, std::string_view value, FlagSource source) {
  options.sources.resize(flags().size(), FlagSource::kDefault);
  FlagSource& current = options.sources[static_cast<std::size_t>(&flag - flags().data())];
  if (source < current) return {};
  const auto* list = std::get_if<ListFlag>(&flag.target);
  if (list != nullptr && source > current) list->at(options).clear();
  auto set = std::visit(Setter{options, value}, flag.target);
  if (set) current = source;
  return set;
}

}  // namespace relay::cli
