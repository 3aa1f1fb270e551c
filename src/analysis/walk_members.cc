#include "analysis/describe.h"
#include "analysis/literal.h"
#include "analysis/walker.h"

// What stands behind a dot or in brackets behind a value. nil has no fields and no methods, so a value that
// may be nil is judged by what else it may be.

namespace relay::analysis {

using ast::as;
using ast::ExprKind;

namespace {

std::string quoted(std::string_view name) {
  return "'" + std::string(name) + "'";
}

}  // namespace

TypeId Walker::field_of_struct(std::uint32_t structure, std::string_view name, Span span) {
  const StructInfo& info = definitions_.structs[structure];
  if (const Slot* field = info.fields.find(name)) {
    refer(field->symbol, span);
    return field->type;
  }
  findings_.error(span, "struct " + info.node->name.text + " has no field " + quoted(name),
                  findings_.nearest(name, [&] { return info.fields.names(); }));
  return kAny;
}

TypeId Walker::field_of_object(TypeId object, std::string_view name) {
  if (const TypePool::Fields* fields = pool_.fields_of(object)) {
    for (const auto& [field, type] : *fields) {
      if (field == name) return type;
    }
  }
  return pool_.optional_of(pool_.node(object).inner);
}

TypeId Walker::read_field(TypeId of, const ast::Word& name) {
  if (pool_.says_nothing(of) || name.text.empty()) return kAny;
  const TypeNode node = pool_.node(of == kNil ? kNil : pool_.without_nil(of));
  switch (node.kind) {
    case Kind::kObject:
      return field_of_object(pool_.without_nil(of), name.text);
    case Kind::kState:
    case Kind::kAny:
    case Kind::kNever:
      return kAny;
    case Kind::kStruct:
      return field_of_struct(node.definition, name.text, name.span);
    case Kind::kArray:
    case Kind::kString:
      if (name.text == "length") return kNumber;
      break;
    default:
      break;
  }
  const BuiltinType* method = find_method(method_owner(node.kind), name.text);
  findings_.error(name.span, "cannot read field " + quoted(name.text) + " of " + kind_text(definitions_, of),
                  method != nullptr ? "`." + name.text + "(...)` calls the method" : "");
  return kAny;
}

TypeId Walker::call_method(TypeId of, const ast::PostfixExpr::Link& link) {
  const TypeId receiver = of == kNil ? kNil : pool_.without_nil(of);
  const TypeNode node = pool_.node(receiver);
  const BuiltinType* method = find_method(method_owner(node.kind), link.name.text);
  if (method == nullptr) {
    const std::vector<TypeId> types = walk_arguments(link.args);
    if (node.kind == Kind::kObject || pool_.says_nothing(receiver))
      return kAny;  // a function may be held in a field
    const Slot* field = node.kind == Kind::kStruct
                            ? definitions_.structs[node.definition].fields.find(link.name.text)
                            : nullptr;
    if (field != nullptr && !pool_.cannot_fit(field->type, pool_.function(kUnknown))) {
      refer(field->symbol, link.name.span);
      return kAny;
    }
    fail_no_method(receiver, link);
    return kAny;
  }
  if (is_last_walk()) observations_.methods.push_back({link.name.span, method, receiver});
  const std::vector<TypeId> types = walk_arguments_of(*method, receiver, link.args);
  const std::string subject =
      "method '" + std::string(method->signature->name) + "' of " + std::string(method_owner(node.kind));
  const TypeId result = method_result(*method, receiver, link, types);
  if (!check_count(subject, method->signature->fewest, method->signature->most, types.size(), link.name.span))
    return result;
  check_arguments(*method, subject, link.args, types);
  return node.kind == Kind::kStruct ? call_struct_method(receiver, link, types, result) : result;
}

TypeId Walker::method_result(const BuiltinType& method, TypeId receiver, const ast::PostfixExpr::Link& link,
                             std::span<const TypeId> types) {
  const bool maps = link.name.text == "map" && !types.empty();
  if (!maps) return method.result(definitions_, receiver, types);
  const TypeId mapped = result_of_callback(types[0]);
  return pool_.kind(receiver) == Kind::kArray ? pool_.array_of(mapped) : pool_.object_of(mapped);
}

// `get`, `set` and `merge` name fields.
TypeId Walker::call_struct_method(TypeId of, const ast::PostfixExpr::Link& link,
                                  std::span<const TypeId> types, TypeId result) {
  const std::uint32_t structure = pool_.node(of).definition;
  const StructInfo& info = definitions_.structs[structure];
  const std::string& method = link.name.text;
  const ast::Expr* first = link.args.empty() ? nullptr : link.args[0].get();
  if (method == "merge" && first != nullptr && first->kind == ExprKind::kObject && is_last_walk()) {
    const auto& entries = as<ast::ObjectExpr>(*first).entries;
    const std::vector<TypeId> types_of_entries = types_of(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) check_entry(info, entries[i], types_of_entries[i]);
  }
  const std::string* name = first == nullptr ? nullptr : literal_text(*first);
  if (name == nullptr || (method != "get" && method != "set")) return result;
  const TypeId type = field_of_struct(structure, *name, name_span(*module_.file, *first));
  if (method == "get") return type;
  check_fits(*link.args[1], types[1], type, "field " + quoted(*name) + " of struct " + info.node->name.text);
  return result;
}

void Walker::fail_no_method(TypeId of, const ast::PostfixExpr::Link& link) {
  if (!findings_.speaks()) return;
  const TypeNode node = pool_.node(of);
  const std::string& name = link.name.text;
  std::string hint;
  if (node.kind == Kind::kServer && node.definition != kUnknown) {
    const std::string& server = definitions_.servers[node.definition].node->name.text;
    hint = "`send " + server + " " + name + " {...}` sends it a message";
  } else if (node.kind == Kind::kStruct &&
             definitions_.structs[node.definition].fields.find(name) != nullptr) {
    hint = "it is a field: `." + name + "` reads it";
  } else {
    hint = findings_.nearest(name, [&] {
      std::vector<std::string> names;
      for (const BuiltinType& known : methods_of(method_owner(node.kind)))
        names.emplace_back(known.signature->name);
      return names;
    });
  }
  findings_.error(link.name.span,
                  "method " + quoted(name) + " not supported for " + kind_text(definitions_, of), hint);
}

TypeId Walker::index_into(TypeId of, TypeId index, Span index_span, Span span) {
  if (pool_.says_nothing(of)) return kAny;
  const TypeNode node = pool_.node(of == kNil ? kNil : pool_.without_nil(of));
  const auto want = [&](std::string_view place, TypeId wanted) {
    if (!pool_.cannot_fit(index, wanted)) return;
    findings_.error(index_span, std::string(place) + " must be " + kind_text(definitions_, wanted) +
                                    ", got " + kind_text(definitions_, index));
  };
  switch (node.kind) {
    case Kind::kArray:
      want("array index", kNumber);
      return node.inner;
    case Kind::kString:
      want("string index", kNumber);
      return kString;
    case Kind::kObject:
      want("object key", kString);
      return pool_.optional_of(node.inner);
    case Kind::kStruct:
      want("struct field", kString);
      return kAny;
    case Kind::kAny:
    case Kind::kNever:
      return kAny;
    default:
      findings_.error(span, "cannot index " + kind_text(definitions_, of));
      return kAny;
  }
}

}  // namespace relay::analysis
