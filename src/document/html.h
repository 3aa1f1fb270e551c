#pragma once

#include <string>

#include "document/outline.h"

namespace relay::document {

// The outline as one HTML page that needs no other file. Texts of the program are escaped; the page forbids itself scripts
// and anything from elsewhere.
[[nodiscard]] std::string to_html(const Outline& outline);

}  // namespace relay::document
