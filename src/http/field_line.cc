#include "http/field_line.h"

#include "http/chars.h"

namespace relay::http {

Refusal parse_field_line(std::string_view line, FieldLine& field) {
  std::size_t colon = 0;
  while (colon < line.size() && kTokenChars[static_cast<unsigned char>(line[colon])]) ++colon;
  if (colon == 0 || colon == line.size() || line[colon] != ':') {
    return {400, "a header line is not \"Name: value\""};
  }
  field.name = line.substr(0, colon);
  field.value = trim_blanks(line.substr(colon + 1));
  return {};
}

}  // namespace relay::http
