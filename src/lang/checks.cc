#include "lang/checks.h"

#include <algorithm>

#include "lang/check_body.h"
#include "lang/check_definitions.h"
#include "lang/reporter.h"
#include "lang/type_names.h"

namespace relay {

void check(const ast::Module& module, std::vector<Diagnostic>& diagnostics, LastValue last_value,
           const SessionNames* session) {
  std::vector<Diagnostic> found;
  Reporter reporter(module.file, found);
  const TypeNames types(module, session);
  BodyChecker bodies(reporter, types);
  DefinitionChecker definitions(module, session, reporter, bodies);
  for (const ast::ExprPtr& item : module.items) {
    if (definitions.check(*item)) continue;
    const bool is_shown = last_value == LastValue::kShown && item == module.items.back();
    is_shown ? bodies.check_shown_item(*item) : bodies.check_item(*item);
  }
  std::stable_sort(found.begin(), found.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.place.span.begin < b.place.span.begin;
  });
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

}  // namespace relay
