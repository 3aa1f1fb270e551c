#include "format/build_lines.h"
#include "format/build_list.h"
#include "format/printer.h"

namespace relay::format {

using ast::as;
using ast::ExprKind;

Doc Builder::definition(const ast::Expr& def) {
  switch (def.kind) {
    case ExprKind::kStructDef: return struct_def(as<ast::StructDef>(def));
    case ExprKind::kProtocolDef: return protocol_def(as<ast::ProtocolDef>(def));
    case ExprKind::kServerDef: return server_def(as<ast::ServerDef>(def));
    case ExprKind::kTestDef: return test_def(as<ast::TestDef>(def));
    case ExprKind::kTemplateDef: return template_def(as<ast::TemplateDef>(def));
    default: break;
  }
  const Doc word = take_spaced();
  return docs_.concat({word, entries(as<ast::ConfigDef>(def).entries, " ").doc});
}

// name: type = value
Doc Builder::field(const ast::Field& field) {
  Parts parts{take()};
  parts.push_back(take_spaced());
  parts.push_back(type(*field.type));
  if (field.default_value) {
    parts.push_back(docs_.blank());
    parts.push_back(take());
    parts.push_back(value_behind(*field.default_value).doc);
  }
  return docs_.concat(parts);
}

Doc Builder::struct_def(const ast::StructDef& def) {
  Parts parts{take_spaced()};
  parts.push_back(take_spaced());
  auto one = def.fields.begin();
  parts.push_back(list({" ", Opened::kAsWritten, Commas::kBetween}, [&] { return field(*one++); }).doc);
  return docs_.concat(parts);
}

Doc Builder::protocol_def(const ast::ProtocolDef& def) {
  Parts parts{take_spaced()};
  parts.push_back(take_spaced());
  auto method = def.methods.begin();
  const auto build = [&] {
    const Doc name = take();
    const Doc doc = docs_.concat({name, signature(method->params, method->return_type)});
    ++method;
    return doc;
  };
  parts.push_back(list({" ", Opened::kAsWritten, Commas::kNone}, build).doc);
  return docs_.concat(parts);
}

Doc Builder::server_def(const ast::ServerDef& def) {
  Parts parts{take_spaced()};
  parts.push_back(take_spaced());
  if (def.protocol) {
    parts.push_back(take_spaced());
    parts.push_back(take_spaced());
  }
  const bool is_one = def.methods.size() + (def.state.empty() ? 0 : 1) <= 1;
  const bool may_be_flat = is_one && !walk_.spans_lines({walk_.now().span.begin, def.span.end});
  const auto add_members = [&](Lines& lines) {
    std::size_t fields = 0;
    std::size_t methods = 0;
    while (!walk_.is(Kind::kRightBrace)) {
      add_line(
          lines, [&] { return server_member(def, fields, methods); },
          [&](Doc doc) { return takes_one_line(doc, kIndentWidth) ? Space::kAsWritten : Space::kAround; });
    }
  };
  parts.push_back(docs_.group(braces(may_be_flat ? Shape::kMayBeFlat : Shape::kBroken, add_members)));
  return docs_.concat(parts);
}

Doc Builder::server_member(const ast::ServerDef& def, std::size_t& fields, std::size_t& methods) {
  if (walk_.is_word("state")) {
    const Doc word = take_spaced();
    const Value state = list({" ", Opened::kAsWritten, Commas::kBetween}, [&] { return field(def.state[fields++]); });
    return docs_.concat({word, state.doc});
  }
  Parts parts;
  if (!walk_.is(Kind::kFn)) parts.push_back(take_spaced());
  parts.push_back(function(def.methods[methods++].function).doc);
  return docs_.concat(parts);
}

Doc Builder::template_def(const ast::TemplateDef& def) {
  Parts parts{take_spaced()};
  parts.push_back(take_spaced());
  parts.push_back(take_spaced());
  parts.push_back(take());
  parts.push_back(params(def.params));
  return docs_.concat(parts);
}

Doc Builder::test_def(const ast::TestDef& def) {
  Parts parts{take_spaced()};
  parts.push_back(take_spaced());
  parts.push_back(docs_.group(block(def.function.body)));
  return docs_.concat(parts);
}

}  // namespace relay::format
