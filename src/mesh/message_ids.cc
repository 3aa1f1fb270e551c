#include "mesh/message_ids.h"

#include <charconv>

namespace relay::mesh {
namespace {

void append_base36(std::string& out, std::uint64_t number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, 36);
  out.append(digits, end.ptr);
}

}  // namespace

MessageIds::MessageIds(std::uint64_t inc) {
  append_base36(prefix_, inc);
  prefix_ += '-';
}

std::string MessageIds::next() {
  std::string id = prefix_;
  append_base36(id, ++count_);
  return id;
}

}  // namespace relay::mesh
