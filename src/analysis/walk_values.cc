#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "analysis/describe.h"
#include "analysis/walker.h"

// Literals of collections and structs, operators, and whether a value fits a type.

namespace relay::analysis {

using ast::as;
using ast::BinaryOp;
using ast::ExprKind;

TypeId Walker::walk_array(const ast::ArrayExpr& array) {
  TypeId element = kNever;
  for (const ast::ExprPtr& item : array.items) element = pool_.join(element, visit_part(*item));
  return pool_.array_of(element);
}

TypeId Walker::visit_part(const ast::Expr& part) {
  const TypeId type = visit(part);
  if (is_last_walk()) part_types_[&part] = type;
  return type;
}

TypeId Walker::walk_object(const ast::ObjectExpr& object) {
  TypePool::Fields fields;
  TypeId content = kNever;
  std::unordered_set<std::string_view> names;
  for (const ast::Entry& entry : object.entries) {
    fields.emplace_back(entry.key.text, visit_part(*entry.value));
    names.insert(entry.key.text);
    content = pool_.join(content, fields.back().second);
  }
  return names.size() == fields.size() ? pool_.object_with(fields) : pool_.object_of(content);
}

// ---- Structs ---------------------------------------------------------------------------------------------

TypeId Walker::walk_construct(const ast::ConstructExpr& construct) {
  std::vector<TypeId> types;
  for (const ast::Entry& entry : construct.entries) types.push_back(visit(*entry.value));
  const std::string& name = construct.name.text;
  const std::uint32_t index = definitions_.struct_index(name);
  if (index == kUnknown) {
    findings_.error(construct.name.span, "undefined struct type: " + name,
                    findings_.nearest(name, [this] { return definitions_.struct_names(); }));
    return kAny;
  }
  const StructInfo& info = definitions_.structs[index];
  refer(info.symbol, construct.name.span);
  check_entries(info, construct.entries, types, construct.name.span);
  return pool_.structure(index);
}

// The entries that a struct is made from.
void Walker::check_entries(const StructInfo& info, const std::vector<ast::Entry>& entries,
                           std::span<const TypeId> types, Span made) {
  if (!is_last_walk()) return;
  std::unordered_map<std::string_view, Span> seen;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const ast::Entry& entry = entries[i];
    check_entry(info, entry, types[i]);
    const auto [first, is_new] = seen.emplace(entry.key.text, entry.key.span);
    if (!is_new)
      findings_.warning(entry.key.span, "field '" + entry.key.text + "' is given twice", {},
                        {"the last one counts"});
  }
  const bool has_unknown = std::any_of(
      seen.begin(), seen.end(), [&](const auto& key) { return info.fields.find(key.first) == nullptr; });
  if (has_unknown) return;  // it may be the one that is missing
  for (const Slot& field : info.fields) {
    if (field.may_be_left_out || seen.contains(field.name)) continue;
    findings_.error(made, "missing required field '" + std::string(field.name) + "' for struct " +
                              info.node->name.text);
  }
}

// Of a literal that has been visited in the last walk.
std::vector<TypeId> Walker::types_of(const std::vector<ast::Entry>& entries) const {
  std::vector<TypeId> types;
  for (const ast::Entry& entry : entries) types.push_back(part_types_.at(entry.value.get()));
  return types;
}

void Walker::check_entry(const StructInfo& info, const ast::Entry& entry, TypeId type) {
  const std::string& structure = info.node->name.text;
  const Slot* field = info.fields.find(entry.key.text);
  if (field == nullptr) {
    findings_.error(entry.key.span, "struct " + structure + " has no field '" + entry.key.text + "'",
                    findings_.nearest(entry.key.text, [&] { return info.fields.names(); }));
    return;
  }
  refer(field->symbol, entry.key.span);
  check_fits(*entry.value, type, field->type, "field '" + entry.key.text + "' of struct " + structure);
}

// ---- Types -----------------------------------------------------------------------------------------------

// Annotations name structs.
void Walker::refer_types(const ast::TypeExpr* type) {
  if (type == nullptr || !is_last_walk()) return;
  if (type->kind == ast::TypeKind::kNamed) {
    const std::uint32_t structure = definitions_.struct_index(type->name);
    if (structure != kUnknown) refer(definitions_.structs[structure].symbol, type->span);
  }
  for (const ast::TypeExpr& part : type->parts) refer_types(&part);
  refer_types(type->result.get());
}

// `what` must be ..., got ...
void Walker::check_fits(const ast::Expr& value, TypeId type, TypeId wanted, const std::string& what) {
  if (!findings_.speaks() || !certainly_misfits(value, type, wanted)) return;
  findings_.error(value.span, what + " must be " + type_text(definitions_, wanted) + ", got " +
                                  kind_text(definitions_, type));
}

// The elements of a literal are there for certain, so they count too.
bool Walker::certainly_misfits(const ast::Expr& value, TypeId type, TypeId wanted) const {
  if (pool_.cannot_fit(type, wanted)) return true;
  const TypeNode& asks = pool_.node(pool_.without_nil(wanted));
  const auto part_misfits = [&](const ast::Expr& part) {
    return certainly_misfits(part, part_types_.at(&part), asks.inner);
  };
  if (value.kind == ExprKind::kArray && asks.kind == Kind::kArray) {
    const auto& items = as<ast::ArrayExpr>(value).items;
    return std::any_of(items.begin(), items.end(), [&](const auto& item) { return part_misfits(*item); });
  }
  if (value.kind != ExprKind::kObject || asks.kind != Kind::kObject) return false;
  const auto& entries = as<ast::ObjectExpr>(value).entries;
  std::unordered_set<std::string_view> seen;  // from the end: the last entry of a key counts
  return std::any_of(entries.rbegin(), entries.rend(), [&](const ast::Entry& entry) {
    return seen.insert(entry.key.text).second && part_misfits(*entry.value);
  });
}

// ---- Operators -------------------------------------------------------------------------------------------

TypeId Walker::walk_unary(const ast::UnaryExpr& unary) {
  const TypeId operand = visit(*unary.operand);
  if (unary.op == ast::UnaryOp::kNot) return kBool;
  if (pool_.cannot_fit(operand, kNumber)) {
    findings_.error(unary.span, "cannot negate " + kind_text(definitions_, operand));
  }
  return kNumber;
}

TypeId Walker::walk_binary(const ast::BinaryExpr& chain) {
  TypeId left = visit(*chain.first);
  const ast::Expr* left_expr = chain.first.get();
  for (const ast::BinaryExpr::Link& link : chain.links) {
    const TypeId right = visit(*link.operand);
    const bool divides = link.op == BinaryOp::kDivide || link.op == BinaryOp::kRemainder;
    const bool by_zero =
        link.operand->kind == ExprKind::kNumber && as<ast::NumberExpr>(*link.operand).value == 0;
    if (divides && by_zero && !pool_.cannot_fit(left, kNumber)) {
      findings_.error({left_expr->span.begin, link.operand->span.end}, "division by zero");
    }
    warn_if_never_equal(link, *left_expr, left, right);
    left = apply(link, left, right);
  }
  return left;
}

TypeId Walker::apply(const ast::BinaryExpr::Link& link, TypeId left, TypeId right) {
  const auto fail = [&](std::string_view verb) {
    findings_.error(link.op_span, "cannot " + std::string(verb) + " " + kind_text(definitions_, left) +
                                      " and " + kind_text(definitions_, right));
  };
  const auto both_fit = [&](TypeId wanted) {
    return !pool_.cannot_fit(left, wanted) && !pool_.cannot_fit(right, wanted);
  };
  const auto want_numbers = [&](std::string_view verb) {
    if (!both_fit(kNumber)) fail(verb);
    return kNumber;
  };
  switch (link.op) {
    case BinaryOp::kAdd: {
      const TypeId sum = add(left, right);
      if (sum == kNever && left != kNever && right != kNever) fail("add");
      return sum == kNever ? kAny : sum;
    }
    case BinaryOp::kSubtract:
      if (!both_fit(kNumber) && !both_fit(kDatetime)) fail("subtract");
      return kNumber;
    case BinaryOp::kMultiply:
      return want_numbers("multiply");
    case BinaryOp::kDivide:
    case BinaryOp::kRemainder:
      return want_numbers("divide");
    case BinaryOp::kEqual:
    case BinaryOp::kNotEqual:
      return kBool;
    default:
      if (!both_fit(kNumber) && !both_fit(kString) && !both_fit(kDatetime)) fail("compare");
      return kBool;
  }
}

// Two literals side by side are a question about the language.
void Walker::warn_if_never_equal(const ast::BinaryExpr::Link& link, const ast::Expr& left_expr, TypeId left,
                                 TypeId right) {
  if (link.op != BinaryOp::kEqual && link.op != BinaryOp::kNotEqual) return;
  const auto is_literal = [](const ast::Expr& expr) {
    return expr.kind != ExprKind::kName && expr.kind != ExprKind::kPostfix;
  };
  if (is_literal(left_expr) && is_literal(*link.operand)) return;
  const bool asks_for_nil =
      pool_.alternatives(left).first == Kind::kNil || pool_.alternatives(right).first == Kind::kNil;
  if (asks_for_nil || !pool_.cannot_fit(left, right) || !pool_.cannot_fit(right, left)) return;
  findings_.warning(link.op_span, kind_text(definitions_, left) + " and " + kind_text(definitions_, right) +
                                      " are never equal");
}

// The type of a sum; kNever where it can have none.
TypeId Walker::add(TypeId left, TypeId right) {
  const TypeId a = pool_.without_nil(left);
  const TypeId b = pool_.without_nil(right);
  TypeId sum = kNever;
  const auto may_be = [&](TypeId wanted) {
    return !pool_.cannot_fit(a, wanted) && !pool_.cannot_fit(b, wanted);
  };
  if (left == kNil || right == kNil) return kNever;
  if (may_be(kNumber)) sum = pool_.join(sum, kNumber);
  if (may_be(kString)) sum = pool_.join(sum, kString);
  if (!may_be(pool_.array_of(kAny))) return sum;
  const auto element = [&](TypeId type) {
    return pool_.kind(type) == Kind::kArray ? pool_.node(type).inner : kAny;
  };
  return pool_.join(sum, pool_.array_of(pool_.join(element(a), element(b))));
}

TypeId Walker::walk_logical(const ast::LogicalExpr& chain) {
  TypeId type = kNever;
  for (const ast::ExprPtr& operand : chain.operands) {
    const TypeId next = visit(*operand);
    type = pool_.join(pool_.without_nil(type), next);
  }
  return chain.op == ast::LogicalOp::kCoalesce ? type : kBool;
}

}  // namespace relay::analysis
