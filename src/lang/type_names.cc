#include "lang/type_names.h"

#include <algorithm>
#include <array>

namespace relay {

namespace {

constexpr std::array<std::string_view, 10> kBuiltIn = {"nil",   "bool",   "number",   "string", "datetime",
                                                       "array", "object", "function", "server", "any"};

std::string parts_text(const ast::TypeExpr& type) {
  std::string text;
  for (const ast::TypeExpr& part : type.parts) text += (text.empty() ? "" : ", ") + type_text(&part);
  return text;
}

}  // namespace

TypeNames::TypeNames(const ast::Module& module, const SessionNames* session)
    : names_(kBuiltIn.begin(), kBuiltIn.end()) {
  if (session != nullptr) {
    for (const auto& [name, index] : session->structs) names_.push_back(name);
  }
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind == ast::ExprKind::kStructDef) names_.push_back(ast::as<ast::StructDef>(*item).name.text);
  }
}

bool TypeNames::is_built_in(std::string_view name) {
  return std::find(kBuiltIn.begin(), kBuiltIn.end(), name) != kBuiltIn.end();
}

void TypeNames::check(const ast::TypeExpr& type, Reporter& reporter) const {
  if (type.kind == ast::TypeKind::kNamed) return check_name(type, reporter);
  const bool has_keys = type.kind == ast::TypeKind::kMap && type.parts.size() == 2;
  if (has_keys && type_text(&type.parts[0]) != "string") {
    reporter.warning(type.parts[0].span, "the keys of an object are strings", "`{string: T}`");
  }
  for (const ast::TypeExpr& part : type.parts) check(part, reporter);
  if (type.result) check(*type.result, reporter);
}

void TypeNames::check_name(const ast::TypeExpr& type, Reporter& reporter) const {
  if (std::find(names_.begin(), names_.end(), type.name) != names_.end()) return;
  std::string hint = did_you_mean(nearest_name(type.name, names_));
  if (type.name == "optional") hint = "`optional(T)`";
  reporter.warning(type.span, "unknown type: " + type.name, std::move(hint), {"it is taken for `any`"});
}

std::string type_text(const ast::TypeExpr* type) {
  if (!type) return "any";
  switch (type->kind) {
    case ast::TypeKind::kNamed:
      return type->name;
    case ast::TypeKind::kList:
      return "[" + parts_text(*type) + "]";
    case ast::TypeKind::kMap:
      return "{" + type_text(&type->parts.front()) + ": " + type_text(&type->parts.back()) + "}";
    case ast::TypeKind::kOptional:
      return "optional(" + parts_text(*type) + ")";
    case ast::TypeKind::kFn:
      return "fn(" + parts_text(*type) + ")" + (type->result ? " -> " + type_text(type->result.get()) : "");
  }
  return {};
}

std::string params_text(const std::vector<ast::Param>& params) {
  std::string text;
  for (const ast::Param& param : params) {
    text += (text.empty() ? "" : ", ") + param.name.text;
    if (param.type) text += ": " + type_text(param.type.get());
  }
  return "(" + text + ")";
}

}  // namespace relay
