#include "dump.h"

#include <charconv>

namespace relay {

namespace {

using ast::as;
using ast::ExprKind;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

std::string list(const std::vector<std::string>& parts) { return "(" + joined(parts) + ")"; }

std::string number(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string type(const ast::TypeExpr& t) {
  std::vector<std::string> parts;
  for (const ast::TypeExpr& part : t.parts) parts.push_back(type(part));
  switch (t.kind) {
    case ast::TypeKind::kNamed:
      return t.name;
    case ast::TypeKind::kList:
      return "[" + parts[0] + "]";
    case ast::TypeKind::kMap:
      return "{" + parts[0] + ":" + parts[1] + "}";
    case ast::TypeKind::kOptional:
      return parts[0] + "?";
    case ast::TypeKind::kFn:
      return "fn(" + joined(parts) + ")" + (t.result ? "->" + type(*t.result) : "");
  }
  return {};
}

std::string params(const std::vector<ast::Param>& all) {
  std::vector<std::string> parts;
  for (const ast::Param& p : all) parts.push_back(p.name.text + (p.type ? ":" + type(*p.type) : ""));
  return list(parts);
}

std::string signature(const std::vector<ast::Param>& all, const ast::TypePtr& result) {
  return params(all) + (result ? "->" + type(*result) : "");
}

std::string block(const ast::Block& b) {
  std::vector<std::string> parts;
  for (const ast::ExprPtr& item : b.items) parts.push_back(dump(*item));
  return "{" + joined(parts) + "}";
}

std::string function_text(const ast::Function& f) {
  const std::string name = f.name.text.empty() ? "" : f.name.text + " ";
  return name + signature(f.params, f.return_type) + " " + block(f.body);
}

std::vector<std::string> all(const std::vector<ast::ExprPtr>& exprs) {
  std::vector<std::string> parts;
  for (const ast::ExprPtr& expr : exprs) parts.push_back(dump(*expr));
  return parts;
}

std::string entries(const std::vector<ast::Entry>& all_entries) {
  std::vector<std::string> parts;
  for (const ast::Entry& e : all_entries) parts.push_back(quoted(e.key.text) + ":" + dump(*e.value));
  return joined(parts);
}

std::string field(const ast::Field& f) {
  return f.name.text + ":" + type(*f.type) + (f.default_value ? "=" + dump(*f.default_value) : "");
}

const char* spelling(ast::BinaryOp op) {
  static constexpr const char* kNames[] = {"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="};
  return kNames[static_cast<int>(op)];
}

std::string binary(const ast::BinaryExpr& e) {
  std::string out = dump(*e.first);
  for (const auto& link : e.links) out = "(" + std::string(spelling(link.op)) + " " + out + " " + dump(*link.operand) + ")";
  return out;
}

std::string logical(const ast::LogicalExpr& e) {
  static constexpr const char* kNames[] = {"&&", "||", "??"};
  return "(" + std::string(kNames[static_cast<int>(e.op)]) + " " + joined(all(e.operands)) + ")";
}

std::string postfix(const ast::PostfixExpr& e) {
  using LinkKind = ast::PostfixExpr::LinkKind;
  std::string out = dump(*e.base);
  for (const auto& link : e.links) {
    const std::string args = link.args.empty() ? "" : " " + joined(all(link.args));
    switch (link.kind) {
      case LinkKind::kField:
        out = "(. " + out + " " + link.name.text + ")";
        break;
      case LinkKind::kMethod:
        out = "(." + link.name.text + " " + out + args + ")";
        break;
      case LinkKind::kCall:
        out = "(call " + out + args + ")";
        break;
      case LinkKind::kIndex:
        out = "(index " + out + args + ")";
        break;
    }
  }
  return out;
}

std::string text(const ast::TextExpr& e) {
  std::vector<std::string> parts = {"text"};
  for (const auto& part : e.parts) {
    parts.push_back(quoted(part.text));
    if (part.expr) parts.push_back(dump(*part.expr));
  }
  return list(parts);
}

std::string choice(const ast::IfExpr& e) {
  std::vector<std::string> parts = {"if"};
  for (const auto& branch : e.branches) {
    parts.push_back(dump(*branch.condition));
    parts.push_back(block(branch.body));
  }
  if (e.otherwise) parts.push_back("else " + block(*e.otherwise));
  return list(parts);
}

std::string loop(const ast::ForExpr& e) {
  const std::string key = e.key ? e.key->text + ", " : "";
  return "(for " + key + e.name.text + " " + dump(*e.subject) + " " + block(e.body) + ")";
}

std::string attempt(const ast::TryExpr& e) {
  return "(try " + block(e.body) + " catch " + (e.name ? e.name->text + " " : "") + block(e.handler) + ")";
}

std::string dispatch(const ast::DispatchExpr& e) {
  std::vector<std::string> parts = {"dispatch", dump(*e.subject)};
  for (const auto& one : e.cases) parts.push_back((one.literal ? dump(*one.literal) : "default") + "=>" + dump(*one.value));
  return list(parts);
}

std::string send(const ast::SendExpr& e) {
  const std::string within = e.within ? " within " + dump(*e.within) : "";
  return "(send " + dump(*e.target) + " " + e.method.text + " " + dump(*e.args) + within + ")";
}

std::string server(const ast::ServerDef& e) {
  std::vector<std::string> parts = {"server", e.name.text};
  if (e.protocol) parts.push_back("implements " + e.protocol->text);
  for (const ast::Field& f : e.state) parts.push_back(field(f));
  for (const auto& method : e.methods) {
    const bool receive = method.kind == ast::ServerDef::MethodKind::kReceive;
    parts.push_back(list({receive ? "receive" : "fn", function_text(method.function)}));
  }
  return list(parts);
}

std::string definition(const ast::Expr& e) {
  std::vector<std::string> parts;
  if (e.kind == ExprKind::kServerDef) return server(as<ast::ServerDef>(e));
  if (e.kind == ExprKind::kConfigDef) return "(config " + entries(as<ast::ConfigDef>(e).entries) + ")";
  if (e.kind == ExprKind::kTestDef) {
    const ast::Function& body = as<ast::TestDef>(e).function;
    return list({"test", quoted(body.name.text), block(body.body)});
  }
  if (e.kind == ExprKind::kTemplateDef) {
    const auto& def = as<ast::TemplateDef>(e);
    return list({"template", quoted(def.path.text), def.from.text, params(def.params)});
  }
  if (e.kind == ExprKind::kStructDef) {
    const auto& def = as<ast::StructDef>(e);
    parts = {"struct", def.name.text};
    for (const ast::Field& f : def.fields) parts.push_back(field(f));
    return list(parts);
  }
  const auto& def = as<ast::ProtocolDef>(e);
  parts = {"protocol", def.name.text};
  for (const auto& method : def.methods) parts.push_back(method.name.text + signature(method.params, method.return_type));
  return list(parts);
}

}  // namespace

std::string dump(const ast::Expr& e) {
  switch (e.kind) {
    case ExprKind::kInvalid:
      return "<invalid>";
    case ExprKind::kNil:
      return "nil";
    case ExprKind::kBool:
      return as<ast::BoolExpr>(e).value ? "true" : "false";
    case ExprKind::kNumber:
      return number(as<ast::NumberExpr>(e).value);
    case ExprKind::kString:
      return quoted(as<ast::StringExpr>(e).value);
    case ExprKind::kDatetime:
      return "@" + std::to_string(as<ast::DatetimeExpr>(e).nanoseconds);
    case ExprKind::kText:
      return text(as<ast::TextExpr>(e));
    case ExprKind::kName:
      return as<ast::NameExpr>(e).name;
    case ExprKind::kState:
      return "<state>";
    case ExprKind::kArray:
      return "[" + joined(all(as<ast::ArrayExpr>(e).items)) + "]";
    case ExprKind::kObject:
      return "(object" + (as<ast::ObjectExpr>(e).entries.empty() ? "" : " " + entries(as<ast::ObjectExpr>(e).entries)) + ")";
    case ExprKind::kConstruct:
      return "(new " + as<ast::ConstructExpr>(e).name.text + " " + entries(as<ast::ConstructExpr>(e).entries) + ")";
    case ExprKind::kBlock:
      return "(block " + block(as<ast::BlockExpr>(e).block) + ")";
    case ExprKind::kFn:
      return "(fn " + function_text(as<ast::FnExpr>(e).function) + ")";
    case ExprKind::kUnary:
      return std::string(as<ast::UnaryExpr>(e).op == ast::UnaryOp::kNot ? "(! " : "(neg ") +
             dump(*as<ast::UnaryExpr>(e).operand) + ")";
    case ExprKind::kBinary:
      return binary(as<ast::BinaryExpr>(e));
    case ExprKind::kLogical:
      return logical(as<ast::LogicalExpr>(e));
    case ExprKind::kPostfix:
      return postfix(as<ast::PostfixExpr>(e));
    case ExprKind::kSet:
      return "(set " + as<ast::SetExpr>(e).name.text + " " + dump(*as<ast::SetExpr>(e).value) + ")";
    case ExprKind::kReturn:
      return as<ast::ReturnExpr>(e).value ? "(return " + dump(*as<ast::ReturnExpr>(e).value) + ")" : "(return)";
    case ExprKind::kThrow:
      return "(throw " + dump(*as<ast::ThrowExpr>(e).value) + ")";
    case ExprKind::kBreak:
      return "(break)";
    case ExprKind::kContinue:
      return "(continue)";
    case ExprKind::kIf:
      return choice(as<ast::IfExpr>(e));
    case ExprKind::kFor:
      return loop(as<ast::ForExpr>(e));
    case ExprKind::kWhile:
      return "(while " + dump(*as<ast::WhileExpr>(e).condition) + " " + block(as<ast::WhileExpr>(e).body) + ")";
    case ExprKind::kTry:
      return attempt(as<ast::TryExpr>(e));
    case ExprKind::kDispatch:
      return dispatch(as<ast::DispatchExpr>(e));
    case ExprKind::kSend:
      return send(as<ast::SendExpr>(e));
    default:
      return definition(e);
  }
}

std::string dump(const ast::Module& module) { return joined(all(module.items)); }

}  // namespace relay
