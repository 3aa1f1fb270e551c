#include "cli/config_block.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/diagnostic.h"
#include "cli/flag.h"
#include "value/array.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::cli {
namespace {

std::string flag_name_of(std::string_view key) {
  std::string name(key);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string key_of(const Flag& flag) {
  std::string key(flag.name);
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

// The value as the flag would be written; an array becomes a list.
std::string flag_text(const Value& value) {
  if (!value.is_array()) return display(value);
  std::string text;
  for (std::size_t i = 0; i < array::size(value); ++i) {
    if (i > 0) text += ',';
    text += display(array::at(value, i));
  }
  return text;
}

std::string cors_text(const Value& value) {
  if (value.is_bool()) return value.as_bool() ? "*" : "off";
  return flag_text(value);
}

// What may stand in a nested object, and how its keys name flags.
struct Section {
  std::string_view name;

  [[nodiscard]] bool holds(const Flag& flag) const {
    if (flag.group == FlagGroup::kLimits) return true;
    return name == "timeouts" && flag.name == "drain";
  }
  [[nodiscard]] const Flag* find(std::string_view key) const {
    const std::string flag_name = flag_name_of(key);
    const Flag* flag = find_flag(flag_name);
    if (flag == nullptr && name == "timeouts") flag = find_flag(flag_name + "-timeout");
    return flag != nullptr && holds(*flag) ? flag : nullptr;
  }
  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    for (const Flag& flag : flags()) {
      if (holds(flag)) keys.push_back(key_of(flag));
    }
    return keys;
  }
};

class ConfigReader {
 public:
  ConfigReader(Options& options, std::vector<std::string>& warnings) : options_(options), warnings_(warnings) {}

  Result<void> read(std::string_view key, const Value& value) {
    if (key == "limits" || key == "timeouts") return read_section({key}, value);
    if (key == "app_name") {
      options_.node.app_name = display(value);
      return {};
    }
    if (key == "peers") return set(*find_flag("add-peer"), key, flag_text(value));
    const Flag* flag = find_flag(flag_name_of(key));
    const bool is_key = key == "host" || key == "port" || key == "node_id" || key == "cors";
    if (!is_key || flag == nullptr) return {};
    return set(*flag, key, key == "cors" ? cors_text(value) : flag_text(value));
  }

 private:
  Result<void> read_section(const Section& section, const Value& value) {
    if (!value.is_object()) {
      return Error{Errc::kParse, "config: `" + std::string(section.name) + "` must be an object"};
    }
    for (std::size_t at = object::first(value); at != object::kNone; at = object::next(value, at)) {
      const object::Entry entry = object::entry(value, at);
      const std::string_view key = string::text(*entry.key);
      const Flag* flag = section.find(key);
      if (flag == nullptr) {
        warn_of_unknown(section, key);
        continue;
      }
      const std::string path = std::string(section.name) + "." + std::string(key);
      if (auto done = set(*flag, path, flag_text(*entry.content)); !done) return done;
    }
    return {};
  }

  void warn_of_unknown(const Section& section, std::string_view key) {
    std::string text = "config: `" + std::string(section.name) + "` knows no `" + std::string(key) + "`";
    const std::string nearest = nearest_name(key, section.keys());
    if (!nearest.empty()) text += "; did you mean `" + nearest + "`?";
    warnings_.push_back(std::move(text));
  }

  Result<void> set(const Flag& flag, std::string_view path, const std::string& text) {
    auto done = set_flag(options_, flag, text, FlagSource::kConfig);
    if (!done) done.error().detail = "config: `" + std::string(path) + "`: " + done.error().detail;
    return done;
  }

  Options& options_;
  std::vector<std::string>& warnings_;
};

}  // namespace

Result<void> apply_config(const Value& config, Options& options, std::vector<std::string>& warnings) {
  if (config.is_undefined()) return {};
  ConfigReader reader(options, warnings);
  for (std::size_t at = object::first(config); at != object::kNone; at = object::next(config, at)) {
    const object::Entry entry = object::entry(config, at);
    if (auto done = reader.read(string::text(*entry.key), *entry.content); !done) return done;
  }
  return {};
}

}  // namespace relay::cli
