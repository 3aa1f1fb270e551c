#include "embed/utf8_text.h"

#include "base/utf8.h"
#include "value/string.h"

namespace relay::embed {

std::string_view valid_utf8(std::string_view text, std::string& scratch) {
  if (string::is_valid_utf8(text)) return text;
  scratch.clear();
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = decode_utf8(text, at);
    append_utf8(scratch, step.code_point);
    at += step.size;
  }
  return scratch;
}

}  // namespace relay::embed
