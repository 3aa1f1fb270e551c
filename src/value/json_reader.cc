#include "value/json_reader.h"

#include "value/json_cursor.h"

namespace relay {

Result<Value> read_json(std::string_view text, const JsonOptions& options) {
  JsonCursor cursor(text, options);
  Value value;
  if (!cursor.read(value) || !cursor.finish()) return cursor.error();
  return value;
}

}  // namespace relay
