#include "http/request_head.h"

#include "http/chars.h"

namespace relay::http {

void RequestHead::clear() {
  auto kept = std::move(fields);
  kept.clear();
  *this = RequestHead();
  fields = std::move(kept);
}

const HeadField* find_field(const RequestHead& head, std::string_view text, std::string_view name) {
  for (const HeadField& field : head.fields) {
    if (equals_ignoring_case(field.name.in(text), name)) return &field;
  }
  return nullptr;
}

}  // namespace relay::http
