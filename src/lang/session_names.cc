#include "lang/session_names.h"

namespace relay {

const ast::ProtocolDef* find_protocol(const ast::Module& module, std::string_view name) {
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind != ast::ExprKind::kProtocolDef) continue;
    if (ast::as<ast::ProtocolDef>(*item).name.text == name) return &ast::as<ast::ProtocolDef>(*item);
  }
  return nullptr;
}

}  // namespace relay
