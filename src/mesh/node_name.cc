#include "mesh/node_name.h"

#include <algorithm>

#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

}  // namespace

bool is_node_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNodeNameBytes && text != "rpc" && std::ranges::all_of(text, is_name_char);
}

}  // namespace relay::mesh
