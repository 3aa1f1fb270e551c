#pragma once

#include "lang/ast.h"
#include "lang/check_body.h"
#include "lang/reporter.h"
#include "lang/session_names.h"

namespace relay {

// Checks the definitions of a program: duplicates, protocols and those who implement them, templates, config,
// tests.
class DefinitionChecker {
 public:
  // `session`: what earlier inputs have defined; null: the module stands alone.
  DefinitionChecker(const ast::Module& module, const SessionNames* session, Reporter& reporter, BodyChecker& bodies);

  // Checks `item` if it is a definition other than a function; false when it is none.
  bool check(const ast::Expr& item);

 private:
  void check_name(const ast::Word& name, std::string_view what, std::unordered_map<std::string, Span>& seen);
  void check_fields(const std::vector<ast::Field>& fields, std::string_view what);
  void check_struct(const ast::StructDef& def);
  void check_protocol(const ast::ProtocolDef& def);
  void check_server(const ast::ServerDef& def);
  void check_methods(const ast::ServerDef& def);
  void check_implements(const ast::ServerDef& def);
  void check_implemented(const ast::ServerDef& def, const ast::ProtocolDef::Method& wanted);
  void check_template(const ast::TemplateDef& def);
  void check_config(const ast::ConfigDef& def);
  void check_test(const ast::TestDef& def);

  [[nodiscard]] const ast::ProtocolDef* protocol(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> protocol_names() const;

  const ast::Module& module_;
  const SessionNames* const session_;
  Reporter& reporter_;
  BodyChecker& bodies_;
  std::unordered_map<std::string, Span> structs_;
  std::unordered_map<std::string, Span> protocols_;
  std::unordered_map<std::string, Span> servers_;
  std::unordered_map<std::string, Span> tests_;
};

}  // namespace relay
