#include "cli/config_block.h"

#include <algorithm>
#include <string_view>
#include <utility>

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
  ConfigReader(const bytecode::Program& program, Options& options) : program_(program), options_(options) {}

  void read(std::string_view key, const Value& value) {
    if (value.is_nil()) return add_error(key, "config: `" + std::string(key) + "` is nil: leave it out instead");
    if (key == "limits" || key == "timeouts") return read_section({key}, value);
    if (key == "app_name") {
      options_.node.app_name = display(value);
      return;
    }
    if (key == "peers") return set(*find_flag("add-peer"), key, flag_text(value));
    const Flag* flag = find_flag(flag_name_of(key));
    const bool is_key = key == "host" || key == "port" || key == "node_id" || key == "cors";
    if (is_key && flag != nullptr) set(*flag, key, key == "cors" ? cors_text(value) : flag_text(value));
  }
  [[nodiscard]] std::vector<Diagnostic> take_diagnostics() { return std::move(diagnostics_); }

 private:
  void read_section(const Section& section, const Value& value) {
    if (!value.is_object()) {
      return add_error(section.name, "config: `" + std::string(section.name) + "` must be an object");
    }
    for (std::size_t at = object::first(value); at != object::kNone; at = object::next(value, at)) {
      const object::Entry entry = object::entry(value, at);
      const std::string_view key = string::text(*entry.key);
      const std::string path = std::string(section.name) + "." + std::string(key);
      if (const Flag* flag = section.find(key)) {
        set(*flag, path, flag_text(*entry.content));
      } else {
        warn_of_unknown(section, key, path);
      }
    }
  }

  void warn_of_unknown(const Section& section, std::string_view key, const std::string& path) {
    Diagnostic& warning = add(Diagnostic::Severity::kWarning,
                              "config: `" + std::string(section.name) + "` knows no `" + std::string(key) + "`");
    if (const bytecode::ConfigEntry* entry = find(path)) warning.place.span = entry->key;
    const std::string nearest = nearest_name(key, section.keys());
    if (!nearest.empty()) warning.hint = "did you mean `" + nearest + "`?";
  }

  void set(const Flag& flag, std::string_view path, const std::string& text) {
    const auto done = set_flag(options_, flag, text, FlagSource::kConfig);
    if (!done) add_error(path, "config: `" + std::string(path) + "`: " + done.error().detail);
  }

  void add_error(std::string_view path, std::string sentence) {
    Diagnostic& error = add(Diagnostic::Severity::kError, std::move(sentence));
    if (const bytecode::ConfigEntry* entry = find(path)) error.place.span = entry->value;
  }

  Diagnostic& add(Diagnostic::Severity severity, std::string sentence) {
    Diagnostic& diagnostic = diagnostics_.emplace_back();
    diagnostic.severity = severity;
    diagnostic.message = std::move(sentence);
    diagnostic.place.file = program_.source;
    return diagnostic;
  }

  [[nodiscard]] const bytecode::ConfigEntry* find(std::string_view path) const {
    const auto found = program_.config_entries.find(path);
    return found == program_.config_entries.end() ? nullptr : &found->second;
  }

  const bytecode::Program& program_;
  Options& options_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::vector<Diagnostic> apply_config(const bytecode::Program& program, Options& options) {
  const Value& config = program.config;
  if (config.is_undefined()) return {};
  ConfigReader reader(program, options);
  for (std::size_t at = object::first(config); at != object::kNone; at = object::next(config, at)) {
    const object::Entry entry = object::entry(config, at);
    reader.read(string::text(*entry.key), *entry.content);
  }
  return reader.take_diagnostics();
}

}  // namespace relay::cli
