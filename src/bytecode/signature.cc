#include "bytecode/signature.h"

namespace relay::bytecode {

std::string expected_count(std::size_t fewest, std::size_t most) {
  if (most == kMany) return "at least " + expected_count(fewest, fewest);
  std::string text = std::to_string(fewest);
  if (most != fewest) text += " to " + std::to_string(most);
  return text + (most == 1 ? " argument" : " arguments");
}

}  // namespace relay::bytecode
