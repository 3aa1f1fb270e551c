#include "node/node_config.h"

#include <algorithm>
#include <cctype>

namespace relay::node {
namespace {

constexpr std::size_t kMaxNodeIdBytes = 64;

bool may_stand_in_a_node_id(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
}

}  // namespace

Result<void> check_node_id(std::string_view id) {
  const bool has_length = !id.empty() && id.size() <= kMaxNodeIdBytes;
  if (!has_length || !std::all_of(id.begin(), id.end(), may_stand_in_a_node_id)) {
    return Error{Errc::kParse, "a node id is 1 to 64 letters, digits, `_`, `.` or `-`"};
  }
  if (id == "rpc") return Error{Errc::kParse, "`rpc` is reserved and cannot be a node id"};
  return {};
}

std::string random_node_id(RandomSource& random) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::uint64_t bits = 0;
  random.fill({&bits, 1});
  std::string id;
  for (int i = 0; i < 16; ++i, bits >>= 4) id += kHex[bits & 15];
  return id;
}

}  // namespace relay::node
