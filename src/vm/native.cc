#include "vm/native.h"

#include <array>
#include <initializer_list>
#include <unordered_map>

#include "base/check.h"
#include "bytecode/methods.h"
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
    add_builtins({message_builtins(), system_builtins(), convert_builtins(), collection_builtins(), assert_builtins(),
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
  NativeInfo make(const bytecode::Signature& signature, const NativeEntry& entry, std::string subject,
                  std::string_view owner) {
    NativeInfo info;
    info.prelude_name = std::string(owner) + "__" + std::string(signature.name);
    info.name = arena_.keep(string::make(signature.name));
    info.is_builtin = true;
    info.text = signature.name;
    info.subject = std::move(subject);
    info.fewest = signature.fewest;
    info.most = signature.most;
    info.function = entry.function;
    info.quick = entry.quick;
    return info;
  }

  static std::unordered_map<std::string_view, NativeEntry> by_name(EntryLists lists) {
    std::unordered_map<std::string_view, NativeEntry> entries;
    for (const auto& list : lists) {
      for (const NativeEntry& entry : list) entries[entry.name] = entry;
    }
    return entries;
  }

  void add_methods(Type type, EntryLists lists) {
    const std::string_view owner = relay::name(type);
    const auto entries = by_name(lists);
    auto& methods = methods_[static_cast<std::size_t>(type)];
    for (const auto& [of, signature] : bytecode::type_methods()) {
      if (of != owner) continue;
      const auto found = entries.find(signature.name);
      RELAY_CHECK(found != entries.end(), "a method of bytecode/methods.h has no function");
      std::string subject = "method '" + std::string(signature.name) + "' of " + std::string(owner);
      methods[signature.name] = new NativeInfo(make(signature, found->second, std::move(subject), owner));
    }
    RELAY_CHECK(methods.size() == entries.size(), "a method is missing in bytecode/methods.h");
    for (const auto& [alias, name] : bytecode::kMethodAliases) {
      if (const NativeInfo* info = method(type, name)) methods[alias] = info;
    }
  }

  void add_builtins(EntryLists lists) {
    const auto entries = by_name(lists);
    for (const bytecode::Signature& signature : bytecode::builtin_names()) {
      const auto found = entries.find(signature.name);
      RELAY_CHECK(found != entries.end(), "a builtin of bytecode/builtins.h has no function");
      builtins_.push_back(
          make(signature, found->second, "function '" + std::string(signature.name) + "'", "builtin"));
    }
    RELAY_CHECK(entries.size() == builtins_.size(), "a builtin is missing in bytecode/builtins.h");
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

}  // namespace relay
