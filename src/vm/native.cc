#include "vm/native.h"

#include <array>
#include <initializer_list>
#include <unordered_map>

#include "base/check.h"
#include "value/display.h"
#include "value/immortal.h"
#include "value/string.h"
#include "vm/native_table.h"

namespace relay {
namespace {

constexpr std::size_t kTypeCount = static_cast<std::size_t>(Type::kServer) + 1;
using EntryLists = std::initializer_list<std::span<const NativeEntry>>;

// All natives, made at the first use and never freed: programs and all cores point to them.
class Natives {
 public:
  Natives() {
    add_methods(Type::kArray, {array_element_methods(), array_whole_methods(), array_order_methods(),
                               array_callback_methods()});
    add_methods(Type::kObject, {object_methods()});
    add_methods(Type::kString, {string_query_methods(), string_change_methods()});
    add_methods(Type::kNumber, {number_methods()});
    add_methods(Type::kDatetime, {datetime_methods()});
    add_methods(Type::kStruct, {struct_methods()});
    add_builtins({message_builtins(), system_builtins(), convert_builtins(), collection_builtins(),
                  array_steps(), order_steps(), object_steps()});
  }

  [[nodiscard]] std::span<const NativeInfo> builtins() const { return builtins_; }

  [[nodiscard]] const NativeInfo* method(Type type, std::string_view name) const {
    const auto& methods = methods_[static_cast<std::size_t>(type)];
    const auto found = methods.find(name);
    return found == methods.end() ? nullptr : found->second;
  }

  [[nodiscard]] std::vector<std::string> names(Type type) const {
    std::vector<std::string> names;
    for (const auto& [name, method] : methods_[static_cast<std::size_t>(type)]) {
      if (name == method->text) names.emplace_back(name);
    }
    return names;
  }

 private:
  NativeInfo make(const NativeEntry& entry, std::string subject, std::string_view owner) {
    NativeInfo info;
    info.prelude_name = std::string(owner) + "__" + std::string(entry.name);
    info.name = arena_.keep(string::make(entry.name));
    info.is_builtin = true;
    info.text = entry.name;
    info.subject = std::move(subject);
    info.fewest = entry.fewest;
    info.most = entry.most;
    info.function = entry.function;
    info.quick = entry.quick;
    return info;
  }

  void add_methods(Type type, EntryLists lists) {
    auto& methods = methods_[static_cast<std::size_t>(type)];
    for (const auto& list : lists) {
      for (const NativeEntry& entry : list) {
        std::string subject = "method '" + std::string(entry.name) + "' of " + std::string(relay::name(type));
        methods[entry.name] = new NativeInfo(make(entry, std::move(subject), relay::name(type)));
      }
    }
    add_alias(type, "toString", "to_string");
    add_alias(type, "toISOString", "to_iso");
  }

  void add_alias(Type type, std::string_view alias, std::string_view name) {
    if (const NativeInfo* info = method(type, name)) methods_[static_cast<std::size_t>(type)][alias] = info;
  }

  void add_builtins(EntryLists lists) {
    std::unordered_map<std::string_view, NativeFunction> functions;
    for (const auto& list : lists) {
      for (const NativeEntry& entry : list) functions[entry.name] = entry.function;
    }
    for (const bytecode::BuiltinName& builtin : bytecode::builtin_names()) {
      const auto found = functions.find(builtin.name);
      RELAY_CHECK(found != functions.end(), "a builtin of bytecode/builtins.h has no function");
      const NativeEntry entry{builtin.name, builtin.fewest, builtin.most, found->second};
      builtins_.push_back(make(entry, "function '" + std::string(builtin.name) + "'", "builtin"));
    }
    RELAY_CHECK(functions.size() == builtins_.size(), "a builtin is missing in bytecode/builtins.h");
  }

  ImmortalArena arena_;
  std::vector<NativeInfo> builtins_;
  std::array<std::unordered_map<std::string_view, const NativeInfo*>, kTypeCount> methods_;
};

const Natives& natives() {
  static const auto* const kNatives = new Natives;
  return *kNatives;
}

}  // namespace

std::span<const NativeInfo> native_builtins() {
  return natives().builtins();
}

const NativeInfo* native_method(Type type, std::string_view method) {
  return natives().method(type, method);
}

std::vector<std::string> method_names(Type type) {
  return natives().names(type);
}

ScriptError no_such_method(const Value& receiver, std::string_view method) {
  const std::string nearest = nearest_name(method, method_names(receiver.type()));
  std::string text =
      "method '" + std::string(method) + "' not supported for " + std::string(type_name(receiver));
  return runtime_error("type", std::move(text),
                       nearest.empty() ? std::string() : "did you mean `" + nearest + "`?");
}

ScriptError wrong_count(const NativeInfo& native, std::size_t given) {
  return runtime_error("argument", native.subject + " expects " + expected_count(native.fewest, native.most) +
                                       ", got " + std::to_string(given));
}

std::string expected_count(std::size_t fewest, std::size_t most) {
  if (most == bytecode::kMany) return "at least " + expected_count(fewest, fewest);
  std::string text = std::to_string(fewest);
  if (most != fewest) text += " to " + std::to_string(most);
  return text + (most == 1 ? " argument" : " arguments");
}

}  // namespace relay
