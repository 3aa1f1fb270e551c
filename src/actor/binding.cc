#include "actor/binding.h"

#include <utility>

#include "actor/json_arguments.h"
#include "base/diagnostic.h"
#include "bytecode/signature.h"
#include "value/array.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

using bytecode::Parameter;
using bytecode::TypeId;
using bytecode::TypeKind;

class Binder {
 public:
  Binder(const BindingTarget& target, ArgsSource source, std::vector<Value>& out, std::string& why)
      : target_(target), function_(*target.method.function), source_(source), out_(out), why_(why) {}

  bool bind(Value args, ArgsForm form) {
    out_.clear();
    out_.resize(function_.parameters.size());
    if (!place(std::move(args), form)) return false;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      if (!check(i)) return false;
    }
    return true;
  }

 private:
  bool place(Value args, ArgsForm form) {
    if (args.is_undefined()) return true;
    if (args.is_array()) return place_by_position(args);
    if (!args.is_object()) return fail(" takes its arguments as an array or an object, got " + std::string(type_name(args)));
    if (form == ArgsForm::kByNameOrWhole && takes_whole(args)) {
      out_[0] = std::move(args);
      return true;
    }
    return place_by_name(args);
  }

  bool place_by_position(const Value& args) {
    const std::size_t given = array::size(args);
    if (given > out_.size())
      return fail(" expects " + bytecode::expected_count(function_.required, out_.size()) + ", got " + std::to_string(given));
    for (std::size_t i = 0; i < given;) {
      for (const Value& argument : array::run_at(args, i)) out_[i++] = argument;
    }
    return true;
  }

  bool place_by_name(const Value& args) {
    for (std::size_t at = object::first(args); at != object::kNone; at = object::next(args, at)) {
      const object::Entry entry = object::entry(args, at);
      const std::size_t parameter = find(*entry.key);
      if (parameter == out_.size()) return fail_unknown(string::text(*entry.key));
      out_[parameter] = *entry.content;
    }
    return true;
  }

  [[nodiscard]] std::size_t find(const Value& name) const {
    for (std::size_t i = 0; i < function_.parameters.size(); ++i) {
      if (string::equal(function_.parameters[i].name, name)) return i;
    }
    return out_.size();
  }

  // Spec http.md, JSON-RPC: exactly one parameter that accepts an object and whose name is not among the keys.
  [[nodiscard]] bool takes_whole(const Value& args) const {
    if (function_.parameters.size() != 1 || object::size(args) == 0) return false;
    const Parameter& only = function_.parameters[0];
    return accepts_object(only.type) && object::find(args, only.name) == nullptr;
  }

  [[nodiscard]] bool accepts_object(TypeId type) const {
    const bytecode::TypeNode& node = target_.program.types.node(type);
    switch (node.kind) {
      case TypeKind::kOptional: return accepts_object(node.inner);
      case TypeKind::kAny:
      case TypeKind::kObject:
      case TypeKind::kMapOf: return true;
      case TypeKind::kStruct: return source_ == ArgsSource::kJson;
      default: return false;
    }
  }

  bool check(std::size_t index) {
    const Parameter& parameter = function_.parameters[index];
    Value& value = out_[index];
    if (value.is_undefined()) {
      if (index < function_.required) return fail(": missing argument for parameter '" + name(parameter) + "'");
      value = Value::nil();
      return true;
    }
    if (parameter.type == bytecode::kAny) return true;
    std::string wrong;
    if (source_ == ArgsSource::kJson && !convert_json(target_.program, value, parameter.type, wrong)) {
      return fail(": parameter '" + name(parameter) + (wrong.starts_with("must be ") ? "' " : "': ") + wrong);
    }
    if (target_.program.types.fits(value, parameter.type)) return true;
    return fail(": parameter '" + name(parameter) + "' must be " + target_.program.types.text(parameter.type) +
                ", got " + std::string(type_name(value)));
  }

  bool fail_unknown(std::string_view given) {
    std::vector<std::string> names;
    names.reserve(function_.parameters.size());
    for (const Parameter& parameter : function_.parameters) names.push_back(name(parameter));
    const std::string nearest = nearest_name(std::string(given), names);
    std::string text = " has no parameter '" + std::string(given) + "'";
    if (!nearest.empty()) text += ", did you mean '" + nearest + "'?";
    return fail(text);
  }

  bool fail(const std::string& what) {
    why_ = "method '" + std::string(target_.server) + "." + std::string(string::text(target_.method.name)) + "'" + what;
    return false;
  }

  [[nodiscard]] static std::string name(const Parameter& parameter) { return std::string(string::text(parameter.name)); }

  const BindingTarget& target_;
  const bytecode::Function& function_;
  const ArgsSource source_;
  std::vector<Value>& out_;
  std::string& why_;
};

}  // namespace

bool bind_arguments(const BindingTarget& target, Value args, ArgsForm form, ArgsSource source, std::vector<Value>& out,
                    std::string& why) {
  return Binder(target, source, out, why).bind(std::move(args), form);
}

}  // namespace relay
