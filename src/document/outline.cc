#include "document/outline.h"

#include <utility>

#include "document/doc_text.h"

namespace relay::document {

namespace {

using ast::as;
using ast::ExprKind;

// Longer defaults are not shown.
constexpr std::size_t kMostDefaultBytes = 60;

std::string type_text(const ast::TypeExpr& type) {
  std::string parts;
  for (const ast::TypeExpr& part : type.parts) {
    const char* between = type.kind == ast::TypeKind::kMap ? ": " : ", ";
    parts += (parts.empty() ? "" : between) + type_text(part);
  }
  switch (type.kind) {
    case ast::TypeKind::kNamed: return type.name;
    case ast::TypeKind::kList: return "[" + parts + "]";
    case ast::TypeKind::kMap: return "{" + parts + "}";
    case ast::TypeKind::kOptional: return "optional(" + parts + ")";
    case ast::TypeKind::kFn: break;
  }
  const bool is_bare = parts.empty() && !type.result;
  return "fn" + (is_bare ? "" : "(" + parts + ")") + (type.result ? " -> " + type_text(*type.result) : "");
}

std::string annotated(const ast::Word& name, const ast::TypePtr& type) {
  return name.text + (type ? ": " + type_text(*type) : "");
}

std::string signature(const ast::Word& name, const std::vector<ast::Param>& params, const ast::TypePtr& result) {
  std::string list;
  for (const ast::Param& param : params) list += (list.empty() ? "" : ", ") + annotated(param.name, param.type);
  return name.text + "(" + list + ")" + (result ? " -> " + type_text(*result) : "");
}

std::string on_one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return text;
}

class OutlineBuilder {
 public:
  explicit OutlineBuilder(const ast::Module& module) : module_(module) {}

  Outline run() {
    Section servers{"Servers", "server", "State", {}};
    Section functions{"Functions", "fn", {}, {}};
    Section structs{"Structs", "struct", "Fields", {}};
    Section protocols{"Protocols", "protocol", {}, {}};
    for (const ast::ExprPtr& item : module_.items) {
      if (item->kind == ExprKind::kServerDef) servers.entries.push_back(server(as<ast::ServerDef>(*item)));
      if (item->kind == ExprKind::kStructDef) structs.entries.push_back(record(as<ast::StructDef>(*item)));
      if (item->kind == ExprKind::kProtocolDef) protocols.entries.push_back(protocol(as<ast::ProtocolDef>(*item)));
      if (item->kind != ExprKind::kFn) continue;
      const ast::Function& fn = as<ast::FnExpr>(*item).function;
      if (!fn.name.text.empty()) functions.entries.push_back(function(fn));
    }
    Outline outline;
    const std::string& name = module_.file->name();
    outline.title = on_one_line(without_controls(name.substr(name.rfind('/') + 1)));
    for (Section* section : {&servers, &functions, &structs, &protocols}) {
      if (!section->entries.empty()) outline.sections.push_back(std::move(*section));
    }
    return outline;
  }

 private:
  static Entry function(const ast::Function& fn) {
    return {fn.name.text, signature(fn.name, fn.params, fn.return_type), fn.doc, {}, {}, {}};
  }

  Entry server(const ast::ServerDef& def) const {
    Entry entry{def.name.text, def.name.text, def.doc, def.protocol ? def.protocol->text : "", fields(def.state), {}};
    for (const ast::ServerDef::Method& method : def.methods) {
      if (method.kind == ast::ServerDef::MethodKind::kReceive) entry.methods.push_back(function(method.function));
    }
    return entry;
  }

  Entry record(const ast::StructDef& def) const {
    return {def.name.text, def.name.text, def.doc, {}, fields(def.fields), {}};
  }

  static Entry protocol(const ast::ProtocolDef& def) {
    Entry entry{def.name.text, def.name.text, def.doc, {}, {}, {}};
    for (const ast::ProtocolDef::Method& method : def.methods) {
      const std::string text = signature(method.name, method.params, method.return_type);
      entry.methods.push_back({method.name.text, text, method.doc, {}, {}, {}});
    }
    return entry;
  }

  std::vector<Entry> fields(const std::vector<ast::Field>& all) const {
    std::vector<Entry> entries;
    for (const ast::Field& field : all) {
      entries.push_back({field.name.text, annotated(field.name, field.type) + default_of(field), field.doc, {}, {}, {}});
    }
    return entries;
  }

  std::string default_of(const ast::Field& field) const {
    if (!field.default_value) return {};
    const std::string text = without_controls(module_.file->text(field.default_value->span));
    if (text.size() > kMostDefaultBytes || text.find('\n') != std::string::npos) return " = ...";
    return field.default_value->parenthesised ? " = (" + text + ")" : " = " + text;
  }

  const ast::Module& module_;
};

}  // namespace

Outline outline_of(const ast::Module& module) { return OutlineBuilder(module).run(); }

}  // namespace relay::document
