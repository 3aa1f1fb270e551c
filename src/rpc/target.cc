#include "rpc/target.h"

namespace relay::rpc {

bool split_target(std::string_view name, Target& target) {
  const std::size_t last = name.rfind('.');
  if (last == std::string_view::npos || last == 0) return false;
  const std::size_t before = name.rfind('.', last - 1);
  const std::size_t server = before == std::string_view::npos ? 0 : before + 1;
  target.node = before == std::string_view::npos ? std::string_view() : name.substr(0, before);
  target.server = name.substr(server, last - server);
  target.method = name.substr(last + 1);
  return before != 0 && !target.server.empty() && !target.method.empty();
}

}  // namespace relay::rpc
