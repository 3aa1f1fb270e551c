#include "client/pretty.h"

#include "base/plain_text.h"
#include "value/json_reader.h"
#include "value/layout.h"

namespace relay::client {
namespace {

constexpr std::size_t kDeepestJson = 1024;

}  // namespace

std::string pretty_json(std::string_view json, std::size_t columns) {
  auto value = read_json(json, {.max_depth = kDeepestJson});
  return value ? laid_out(*value, columns) : plain_text(json);
}

}  // namespace relay::client
