#pragma once

#include <string>

#include "document/outline.h"

namespace relay::document {

// The outline as Markdown (CommonMark). Texts of the program show what they say and can neither format the page nor put
// HTML into it.
[[nodiscard]] std::string to_markdown(const Outline& outline);
// The text of one doc comment in the same way, without a line break at its end.
[[nodiscard]] std::string doc_to_markdown(const std::string& doc);

}  // namespace relay::document
