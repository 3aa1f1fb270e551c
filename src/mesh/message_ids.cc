#include "mesh/message_ids.h"

#include "mesh/json_out.h"

namespace relay::mesh {

std::string MessageIds::next() {
  std::string id;
  append_base36(id, ++count_);
  id += '-';
  append_base36(id, random_.next());
  return id;
}

}  // namespace relay::mesh
